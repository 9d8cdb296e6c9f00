// The organisation's time: real for people, virtual for tests that must not wait.
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Runs `run` once after `delayMs`; the returned function takes that back. */
  after(delayMs: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, running what is due in order; promises settle between two timers. */
  advance(ms: number): Promise<void>
}

interface Timer {
  dueMs: number
  order: number
  run: () => void
}

/** A clock that stands still until told otherwise. */
export function createVirtualClock(startMs = 0): VirtualClock {
  let nowMs = startMs
  let order = 0
  const timers = new Set<Timer>()

  const nextDue = (untilMs: number): Timer | undefined => {
    const due = [...timers].filter((timer) => timer.dueMs <= untilMs)
    return due.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0]
  }

  return {
    now: () => nowMs,
    after(delayMs, run) {
      const timer = { dueMs: nowMs + Math.max(0, delayMs), order: order++, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms) {
      const untilMs = nowMs + ms
      await settled()
      for (let timer = nextDue(untilMs); timer; timer = nextDue(untilMs)) {
        timers.delete(timer)
        nowMs = timer.dueMs
        timer.run()
        await settled()
      }
      nowMs = untilMs
    },
  }
}

/** Lets chains of already resolved promises run out; they hold no timers, so a bounded number of turns does. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}
