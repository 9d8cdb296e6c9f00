// Makes ready what the agent looks at; while they type, once they have stopped: first what Enter would play, then the others.
import { onScopeDispose, watch } from 'vue'

/** More than from a letter to the next, less than from the last one to Enter as a rule: what Enter plays is then under way. */
const pausedAfterMs = 180
/** Somebody who stops to think looks at the rows. */
const stoppedAfterMs = 300

/**
 * `query`: what is typed; empty while nothing is searched for. `first`: the key of what Enter would play. `isDrawn`: is its row
 * still there?
 */
export function useSettledSight(
  query: () => string,
  first: () => string | null,
  isDrawn: (key: string) => boolean,
  prepare: (key: string) => unknown,
): { see(key: string): void } {
  const seen = new Set<string>()
  let pause: ReturnType<typeof setTimeout> | undefined
  let stop: ReturnType<typeof setTimeout> | undefined
  const prepareFirst = () => {
    const key = first()
    if (key === null || !isDrawn(key)) return
    seen.delete(key)
    prepare(key)
  }
  const prepareAll = () => {
    for (const key of seen) if (isDrawn(key)) prepare(key)
    seen.clear()
  }
  const leave = () => {
    clearTimeout(pause)
    clearTimeout(stop)
  }
  const wait = () => {
    leave()
    pause = setTimeout(prepareFirst, pausedAfterMs)
    stop = setTimeout(prepareAll, stoppedAfterMs)
  }
  watch(query, wait)
  onScopeDispose(leave)
  return {
    see(key) {
      if (query() === '') return void prepare(key)
      seen.add(key)
      wait()
    },
  }
}
