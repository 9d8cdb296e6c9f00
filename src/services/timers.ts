// Timers that belong to something with an id, so that all of them go when it does.
import type { Clock } from '../core/ports'

export function createTimers(clock: Clock) {
  const running = new Map<string, (() => void)[]>()

  function cancel(id: string): void {
    for (const undo of running.get(id) ?? []) undo()
    running.delete(id)
  }

  return {
    add(id: string, afterMs: number, run: () => void): void {
      running.set(id, [...(running.get(id) ?? []), clock.after(afterMs, run)])
    },
    cancel,
    cancelAll(): void {
      for (const id of [...running.keys()]) cancel(id)
    },
  }
}
