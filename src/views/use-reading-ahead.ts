// Reads a large catalogue into the search while nothing else is to do, so that the first letter finds it read.
import { onScopeDispose, watch } from 'vue'

/** `readOn` reads one portion and is false once all is read; it begins anew when `what` changes. */
export function useReadingAhead(what: () => unknown, readOn: () => boolean): void {
  let cancel = () => {}
  const step = (deadline?: IdleDeadline) => {
    do if (!readOn()) return
    while ((deadline?.timeRemaining() ?? 0) > 5)
    cancel = whenIdle(step)
  }
  watch(
    what,
    () => {
      cancel()
      cancel = whenIdle(step)
    },
    { immediate: true },
  )
  onScopeDispose(() => cancel())
}

/** Safari has no word for it: there it is the next turn. */
function whenIdle(run: (deadline?: IdleDeadline) => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(run, { timeout: 200 })
    return () => cancelIdleCallback(id)
  }
  const id = setTimeout(run, 16)
  return () => clearTimeout(id)
}
