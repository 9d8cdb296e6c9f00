// The note that a panel leaves in a call for its colleagues, as docs/architecture.md describes it; written here by itself.
import type { FloorOutcome, FloorPlay } from './floor-plan'

/** Stands on the agent's own participant. */
export const badgeAttribute = 'cueline.badge'

export interface FloorPlayback extends FloorPlay {
  /** Twelve letters and digits. */
  id: string
  state: 'playing' | FloorOutcome
  startedAtMs: number
  endedAtMs: number | null
}

/** `v1|playback|state|startedAtMs|durationMs|atMs|language|prompt` */
export function writeFloorBadge(play: FloorPlayback): string {
  const { id, state, startedAtMs, durationMs, endedAtMs, language, promptKey } = play
  const times = [startedAtMs, durationMs, endedAtMs ?? startedAtMs].map((ms) => String(Math.round(ms)))
  return ['v1', id, state, ...times, language, promptKey].join('|')
}
