// Whose turn it is in an interaction: one panel of a browser at a time, as long as one of its playbacks is open there.
import type { Locks } from '../core/ports'

interface Turn {
  readonly playbackIds: Set<string>
  /** Resolves to the release, or to null where another panel has the turn. */
  readonly lock: Promise<(() => void) | null>
}

export function createTurns(locks: Locks) {
  const turns = new Map<string, Turn>()

  function end(interactionId: string, { lock }: Turn): void {
    turns.delete(interactionId)
    void lock.then((release) => release?.())
  }

  return {
    /** False where another panel has it. Whoever has it may take it for a further playback. */
    async take(interactionId: string, playbackId: string): Promise<boolean> {
      const turn = turns.get(interactionId) ?? {
        playbackIds: new Set<string>(),
        lock: locks.tryHold(`cueline.playback.${interactionId}`),
      }
      turn.playbackIds.add(playbackId)
      turns.set(interactionId, turn)
      const granted = (await turn.lock) !== null
      if (!granted && turns.get(interactionId) === turn) turns.delete(interactionId)
      return granted
    },
    /** The playback is over, or can no longer be heard of. */
    leave(playbackId: string): void {
      for (const [interactionId, turn] of [...turns]) {
        if (turn.playbackIds.delete(playbackId) && turn.playbackIds.size === 0) end(interactionId, turn)
      }
    },
    dispose(): void {
      for (const [interactionId, turn] of [...turns]) end(interactionId, turn)
    },
  }
}
