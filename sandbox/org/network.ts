// The wires between clients and the platform: up, or cut for a while, and who must be told when they are cut.
import type { Clock } from './clock'

/** No answer came: the connection broke. As with `fetch`, a TypeError. */
export class NetworkLoss extends TypeError {
  constructor() {
    super('network')
  }
}

export interface Network {
  isDown(): boolean
  /** Until when; null while it is up. `Infinity`: until told otherwise. */
  downUntilMs(): number | null
  /** Runs `cut` once if the network goes before the returned undo is called. */
  use(cut: () => void): () => void
  goDown(forMs: number | null): void
  comeBack(): void
}

export function createNetwork(clock: Clock): Network {
  let untilMs = -Infinity
  const users = new Set<() => void>()
  const isDown = (): boolean => clock.now() < untilMs

  return {
    isDown,
    downUntilMs: () => (isDown() ? untilMs : null),
    use(cut) {
      const user = (): void => cut()
      users.add(user)
      return () => void users.delete(user)
    },
    goDown(forMs) {
      untilMs = forMs === null ? Infinity : clock.now() + forMs
      const cutOff = [...users]
      users.clear()
      for (const cut of cutOff) cut()
    },
    comeBack: () => void (untilMs = -Infinity),
  }
}
