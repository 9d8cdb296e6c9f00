// One value that one service writes and many may read: the form in which services show their state.

export interface Snapshot<T> {
  readonly value: T
  /** Calls `listener` after each change; returns its undo. */
  subscribe(listener: (value: T) => void): () => void
}

export interface WritableSnapshot<T> extends Snapshot<T> {
  /** One assignment, then one notice to all. Setting the same value tells nobody. */
  set(value: T): void
  patch(change: Partial<T>): void
}

export function createSnapshot<T extends object>(initial: T): WritableSnapshot<T> {
  const listeners = new Set<(value: T) => void>()
  let current = initial
  const set = (value: T): void => {
    if (value === current) return
    current = value
    for (const listener of [...listeners]) listener(value)
  }
  return {
    get value() {
      return current
    },
    set,
    patch: (change) => set({ ...current, ...change }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
