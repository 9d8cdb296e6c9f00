// The call as the next playback may see it: a customer whom the carrier itself still has aside is not on hold.
import type { Interaction } from '../core/conversation'
import type { Clock } from '../core/ports'

/** The carrier says its last word before the customer is back. */
const wayBackMs = 3_000

export function createAside(clock: Clock, looksHeld: boolean, interaction: () => Interaction | null) {
  let endedAtMs = -Infinity

  return {
    /** A playback of ours is over. */
    ended: () => void (endedAtMs = clock.now()),
    interaction(): Interaction | null {
      const now = interaction()
      const onTheWayBack = looksHeld && clock.now() - endedAtMs < wayBackMs
      return onTheWayBack && now?.callState === 'held' ? { ...now, callState: 'connected' } : now
    },
  }
}
