// Makes ready what the agent looks at; while they type, once they have stopped: first what Enter would play, then the others.
import { onScopeDispose, watch } from 'vue'

/** A little less than from a letter to Enter: what Enter plays is then under way. */
const pausedAfterMs = 100
/** More than from a letter to the next: the next one waits for no file of the one before. */
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
