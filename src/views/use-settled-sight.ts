// Makes ready what the agent looks at. While they type, only what Enter would play: the rest once they have stopped.
import { onScopeDispose, watch } from 'vue'

const stoppedAfterMs = 150

export function useSettledSight(
  /** What is typed; empty while nothing is searched for. */
  query: () => string,
  first: () => string | null,
  prepare: (key: string) => unknown,
): { see(key: string): void } {
  const seen = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const settle = () => {
    for (const key of seen) prepare(key)
    seen.clear()
  }
  watch([query, first], ([text, key]) => {
    clearTimeout(timer)
    if (text === '') return settle()
    if (key !== null) prepare(key)
    timer = setTimeout(settle, stoppedAfterMs)
  })
  // What is found anew comes into sight after the query has changed: what came before is out of it.
  watch(query, () => seen.clear(), { flush: 'sync' })
  onScopeDispose(() => clearTimeout(timer))
  return {
    see(key) {
      if (query() === '') return void prepare(key)
      seen.add(key)
      clearTimeout(timer)
      timer = setTimeout(settle, stoppedAfterMs)
    },
  }
}
