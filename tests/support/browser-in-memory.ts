// Locks and the bus of one browser, shared by all its panels, in memory.
import type { PanelMessage } from '../../src/core/panels'
import type { Bus, Locks } from '../../src/core/ports'

export interface SharedBrowser {
  /** Names that are held. */
  readonly locks: Set<string>
  readonly waiting: Map<string, (() => void)[]>
  readonly ears: Set<(message: PanelMessage, from: object) => void>
}

export function createSharedBrowser(): SharedBrowser {
  return { locks: new Set(), waiting: new Map(), ears: new Set() }
}

export function locksOf({ locks, waiting }: SharedBrowser): Locks {
  function release(name: string): void {
    locks.delete(name)
    const next = waiting.get(name)?.shift()
    if (next) next()
  }
  return {
    tryHold(name) {
      if (locks.has(name)) return Promise.resolve(null)
      locks.add(name)
      return Promise.resolve(() => release(name))
    },
    whenHeld(name, held) {
      let isHeld = false
      const take = () => {
        isHeld = true
        locks.add(name)
        queueMicrotask(held)
      }
      if (locks.has(name)) waiting.set(name, [...(waiting.get(name) ?? []), take])
      else take()
      return () => {
        if (isHeld) release(name)
        isHeld = false
        waiting.set(
          name,
          (waiting.get(name) ?? []).filter((other) => other !== take),
        )
      }
    },
    isHeld: (name) => Promise.resolve(locks.has(name)),
  }
}

/** A panel does not hear itself; what it says is heard a turn later, as a copy. */
export function busOf({ ears }: SharedBrowser, isShared = true): Bus & { close(): void } {
  const self = {}
  let closed = false
  const listeners = new Set<(message: PanelMessage) => void>()
  const ear = (message: PanelMessage, from: object) => {
    if (from !== self) for (const listener of [...listeners]) listener(message)
  }
  if (isShared) ears.add(ear)
  return {
    isShared,
    post(message) {
      if (closed || !isShared) return
      const copy = structuredClone(message)
      queueMicrotask(() => [...ears].forEach((hear) => hear(copy, self)))
    },
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** What it said before is still heard. */
    close() {
      closed = true
      ears.delete(ear)
    },
  }
}
