// The note that a playing panel leaves in the call for the colleagues: one participant attribute, always short.
import { shortFormKey } from './evidence-short'
import { isOutcome, type Playback } from './playback'

/** Stands on the agent's own participant: so it says by its place whose it is, and nobody else writes there. */
export const badgeAttribute = 'cueline.badge'

export type NoteState =
  'playing' | 'completed' | 'stopped' | 'interrupted' | 'failed' | 'rejected' | 'unknown'

export interface BadgeNote {
  /** The first letters and digits of the playback's id, as in the name of its record's attribute. */
  readonly playbackId: string
  readonly state: NoteState
  readonly promptKey: string
  readonly language: string
  /** Epoch ms of the playing panel's clock. */
  readonly startedAtMs: number | null
  readonly durationMs: number | null
  /** When it was written. Of two notes of one agent the one with the later time is the truth. */
  readonly atMs: number
}

/** Null while there is nothing to tell: nobody was asked to play yet, or the customer does not hear it yet. */
export function noteOf({ id, state, promptKey, times, choice, asset }: Playback, atMs: number) {
  if (times.requestedAtMs === null || (state !== 'playing' && !isOutcome(state))) return null
  return {
    playbackId: shortFormKey(id).slice(8),
    state: state as NoteState,
    promptKey,
    language: choice?.language ?? '',
    startedAtMs: times.startedAtMs,
    durationMs: asset?.durationMs ?? null,
    atMs,
  }
}

/**
 * `v1|playback|state|startedAtMs|durationMs|atMs|language|prompt`: under 256 characters whatever is in it: texts
 * are cut, and what is no plain character is a space.
 */
export function encodeNote(note: BadgeNote): string {
  const texts = [note.language, note.promptKey].map((text) =>
    text.replace(/[|\p{C}\u{10000}-\u{10ffff}]/gu, ' ').slice(0, 64),
  )
  const times = [note.startedAtMs, note.durationMs, note.atMs].map((ms) =>
    ms === null ? '' : Math.round(ms),
  )
  return ['v1', note.playbackId, note.state, ...times, ...texts].join('|')
}
