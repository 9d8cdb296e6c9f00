// What is typed before the search's code is there: it is asked for at once, and what Enter wants waits for the results.
import { watch } from 'vue'
import { useLateParts } from '../stores/mirror'

/** An Enter that is older than this is done no more: by now it would surprise. As long as a click waits for the connection. */
const patienceMs = 5_000

/** `isAwaited`: something is typed and its results are not there. `call`: what is asked for in one call is not done in the next. */
export function useLateSearch(
  query: () => string,
  isAwaited: () => boolean,
  call: () => string | undefined,
): { whenFound(act: () => void): void } {
  const late = useLateParts()
  let wish: { readonly act: () => void; readonly atMs: number } | null = null
  const ask = () => {
    if (isAwaited()) late.ask()
  }
  const forget = () => (wish = null)
  // At once: Enter may come before anything is drawn.
  watch([query, call], forget, { flush: 'sync' })
  watch(late.failures, forget, { flush: 'sync' })
  watch(query, ask, { immediate: true })
  watch(
    isAwaited,
    () => {
      const wished = wish
      forget()
      if (wished && Date.now() - wished.atMs < patienceMs) wished.act()
    },
    { flush: 'post' },
  )
  return {
    /** The newest wish counts. It is dropped where something else is typed, or the code does not arrive. */
    whenFound(act) {
      if (!isAwaited()) return act()
      wish = { act, atMs: Date.now() }
      ask()
    },
  }
}
