// Rows of the team view as tests need them: a note, a badge, a row, each with what matters set.
import type { Badge, BadgeState } from '../../src/core/badge'
import type { BadgeNote } from '../../src/core/badge-note'
import type { TeamRow } from '../../src/core/team'

export const note: BadgeNote = {
  playbackId: 'p1',
  state: 'playing',
  promptKey: 'terms-of-sale',
  language: 'de',
  startedAtMs: 10_000,
  durationMs: 12_000,
  atMs: 10_010,
}

export const badge = (state: BadgeState, of: Partial<Badge> = {}): Badge => ({
  state,
  sinceMs: null,
  note: null,
  conversationId: null,
  because: null,
  sight: 'calls',
  ...of,
})

export const row = (userId: string, state: BadgeState, of: Partial<TeamRow> = {}): TeamRow => ({
  userId,
  name: `Agent ${userId}`,
  pictureUrl: null,
  badge: badge(state),
  staleSinceMs: null,
  pinned: false,
  ...of,
})
