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
  /** Moves time on by `ms`, running what is due in order; promises settle between two timers and after the last. */
  advance(ms: number): Promise<void>
  /** How many runs are waiting for their time. */
  pending(): number
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
    let next: Timer | undefined
    for (const timer of timers) {
      if (timer.dueMs > untilMs || (next && !isBefore(timer, next))) continue
      next = timer
    }
    return next
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
    pending: () => timers.size,
  }
}

const isBefore = (a: Timer, b: Timer): boolean =>
  a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order)

// Taken once: a test that replaces the timers of its app must not replace this one.
const nextTurn = globalThis.setImmediate

/** Lets every chain of already resolved promises run out, however long: the next turn comes after all of them. */
const settled = (): Promise<void> => new Promise((done) => nextTurn(done))
