// A clock that can be moved on: the organisation's in Node, and a page's own, so that hours pass in minutes on both sides alike.
import type { Clock } from '../sandbox/org/clock'

export interface FastClock extends Clock {
  /** Moves time on. What is due by then runs once, in the order of its time. */
  advance(ms: number): void
  /** How far it is ahead of the machine's. */
  aheadMs(): number
}

interface Timer {
  dueMs: number
  run(): void
  real: ReturnType<typeof setTimeout>
}

export function createFastClock(): FastClock {
  const timers = new Set<Timer>()
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const fire = (timer: Timer) => {
    if (timers.delete(timer)) timer.run()
  }
  return {
    now,
    after(delayMs, run) {
      const timer: Timer = { dueMs: now() + delayMs, run, real: setTimeout(() => fire(timer), delayMs) }
      timers.add(timer)
      return () => {
        clearTimeout(timer.real)
        timers.delete(timer)
      }
    },
    aheadMs: () => aheadMs,
    advance(ms) {
      aheadMs += ms
      const byTime = [...timers].sort((a, b) => a.dueMs - b.dueMs)
      for (const timer of byTime) {
        clearTimeout(timer.real)
        if (timer.dueMs <= now()) fire(timer)
        else timer.real = setTimeout(() => fire(timer), timer.dueMs - now())
      }
    },
  }
}

declare global {
  interface Window {
    fastClock: {
      /** Resolves when every ping that went out was answered: no panel may believe that its connection is silent. */
      advance(ms: number): Promise<void>
      timers(): number
    }
  }
}

/** Put into a page before its scripts: in place of its date and its timers. Stands alone, since it is sent as text. */
export function installFastClock(startAheadMs: number): void {
  interface PageTimer {
    dueMs: number
    everyMs: number | null
    run: () => void
    real: number
  }
  const timers = new Map<number, PageTimer>()
  const RealDate = Date
  const setReal = window.setTimeout.bind(window)
  const clearReal = window.clearTimeout.bind(window)
  let aheadMs = startAheadMs
  let serial = 1_000_000
  let unanswered = 0
  const now = () => RealDate.now() + aheadMs

  const arm = (id: number, timer: PageTimer): void => {
    timer.real = setReal(() => fire(id), Math.max(0, timer.dueMs - now()))
  }
  const fire = (id: number): void => {
    const timer = timers.get(id)
    if (timer === undefined) return
    if (timer.everyMs === null) timers.delete(id)
    else {
      timer.dueMs = now() + timer.everyMs
      arm(id, timer)
    }
    timer.run()
  }
  const start = (run: () => void, ms: number, everyMs: number | null): number => {
    serial += 1
    const timer = { dueMs: now() + ms, everyMs, run, real: 0 }
    timers.set(serial, timer)
    arm(serial, timer)
    return serial
  }
  const stop = (id?: number): void => {
    const timer = timers.get(id ?? 0)
    if (timer) clearReal(timer.real)
    timers.delete(id ?? 0)
  }
  const bound = (run: TimerHandler, given: unknown[]) => () => (run as (...args: unknown[]) => void)(...given)
  Object.assign(window, {
    setTimeout: (run: TimerHandler, ms = 0, ...given: unknown[]) => start(bound(run, given), ms, null),
    setInterval: (run: TimerHandler, ms = 0, ...given: unknown[]) => start(bound(run, given), ms, ms),
    clearTimeout: stop,
    clearInterval: stop,
    Date: new Proxy(RealDate, {
      construct: (target, given: number[]) =>
        new target(...((given.length === 0 ? [now()] : given) as [number])),
      get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
    }),
    WebSocket: class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        this.addEventListener('message', ({ data }) => {
          if (String(data).includes('"pong"')) unanswered -= 1
        })
        this.addEventListener('close', () => (unanswered = 0))
      }
      override send(text: string): void {
        if (text.includes('"ping"')) unanswered += 1
        super.send(text)
      }
    },
  })
  const turn = () => new Promise((resolve) => setReal(resolve, 1))
  window.fastClock = {
    timers: () => timers.size,
    async advance(ms) {
      aheadMs += ms
      const due = [...timers]
        .filter(([, { dueMs }]) => dueMs <= now())
        .sort(([, a], [, b]) => a.dueMs - b.dueMs)
      for (const [id, timer] of due) {
        clearReal(timer.real)
        fire(id)
      }
      for (const [id, timer] of timers) {
        clearReal(timer.real)
        arm(id, timer)
      }
      await turn()
      for (let tries = 0; unanswered > 0 && tries < 2_000; tries += 1) await turn()
    },
  }
}
