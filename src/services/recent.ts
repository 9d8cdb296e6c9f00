// Notes which prompts the agent played last: each one that was sent, whatever became of it.
import { withRecent, type Preferences } from '../core/preferences'
import type { Playback } from '../core/playback'
import type { Snapshot } from './snapshot'

export interface RecentKept {
  readonly snapshot: Snapshot<Pick<Preferences, 'recent'>>
  change(change: Pick<Preferences, 'recent'>): void
}

/** Returns its undo. */
export function noteRecent(
  playback: Snapshot<{ readonly current: Playback | null }>,
  preferences: RecentKept,
): () => void {
  let noted: string | null = null
  return playback.subscribe(({ current }) => {
    if (current === null || current.times.requestedAtMs === null || current.id === noted) return
    // Not in the way of the request: the first word about it comes soon enough.
    if (current.state === 'requested') return
    noted = current.id
    preferences.change({ recent: withRecent(preferences.snapshot.value.recent, current.promptKey) })
  })
}
