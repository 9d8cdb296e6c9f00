// Makes ready what the agent looks at; while they type, once they have stopped.
import { onScopeDispose, watch } from 'vue'

/** A little less than from a letter to Enter: what Enter plays is then under way. */
const stoppedAfterMs = 100

/** `query`: what is typed; empty while nothing is searched for. `isDrawn`: is its row still there? */
export function useSettledSight(
  query: () => string,
  isDrawn: (key: string) => boolean,
  prepare: (key: string) => unknown,
): { see(key: string): void } {
  const seen = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const settle = () => {
    for (const key of seen) if (isDrawn(key)) prepare(key)
    seen.clear()
  }
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(settle, stoppedAfterMs)
  }
  watch(query, wait)
  onScopeDispose(() => clearTimeout(timer))
  return {
    see(key) {
      if (query() === '') return void prepare(key)
      seen.add(key)
      wait()
    },
  }
}
