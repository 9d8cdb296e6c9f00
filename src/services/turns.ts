// Whose turn it is in an interaction: one panel of a browser at a time, as long as one of its playbacks is open there.
import type { Locks } from '../core/ports'

interface Turn {
  readonly playbackIds: Set<string>
  readonly granted: Promise<boolean>
  /** Null until the lock is there. */
  release: (() => void) | null
}

export function createTurns(locks: Locks) {
  const turns = new Map<string, Turn>()

  function begin(interactionId: string): Turn {
    const wanted = locks.tryHold(`cueline.playback.${interactionId}`)
    const turn: Turn = {
      playbackIds: new Set(),
      release: null,
      granted: wanted.then((release) => {
        // Given up while the lock was on its way.
        if (turns.get(interactionId) !== turn) release?.()
        else if (release === null) turns.delete(interactionId)
        else turn.release = release
        return release !== null
      }),
    }
    turns.set(interactionId, turn)
    return turn
  }

  function end(interactionId: string, turn: Turn): void {
    turns.delete(interactionId)
    turn.release?.()
  }

  return {
    /** False where another panel has it. Whoever has it may take it for a further playback. */
    take(interactionId: string, playbackId: string): Promise<boolean> {
      const turn = turns.get(interactionId) ?? begin(interactionId)
      turn.playbackIds.add(playbackId)
      return turn.granted
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
