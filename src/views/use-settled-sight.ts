// Makes ready what the agent looks at; while they type, once they have stopped.
import { onScopeDispose, watch } from 'vue'

/** A little less than from a letter to Enter: what Enter plays is then under way. */
const stoppedAfterMs = 100

/** `query`: what is typed; empty while nothing is searched for. */
export function useSettledSight(query: () => string, prepare: (key: string) => unknown) {
  const seen = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const settle = () => {
    for (const key of seen) prepare(key)
    seen.clear()
  }
  // What is found anew comes into sight after the query has changed: what came before is out of it.
  watch(query, () => seen.clear(), { flush: 'sync' })
  onScopeDispose(() => clearTimeout(timer))
  return {
    see(key: string): void {
      if (query() === '') return void prepare(key)
      seen.add(key)
      clearTimeout(timer)
      timer = setTimeout(settle, stoppedAfterMs)
    },
  }
}
