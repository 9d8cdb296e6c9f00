// Keeps what agents set for themselves, per user, and survives a storage that keeps nothing.
import { readPreferences, type Preferences } from '../core/preferences'
import type { KeptStorage } from '../core/ports'
import { createSnapshot } from './snapshot'

export interface PreferencesState extends Preferences {
  /** False where the browser keeps nothing beyond this panel: the agent is told. */
  readonly kept: boolean
}

const keyOf = (userId: string) => `cueline.preferences.${userId}`
/** How the panel looked last on this browser: it looks so before it is known who is signed in. */
const lastKey = 'cueline.preferences'

export function createPreferences(storage: KeptStorage) {
  const snapshot = createSnapshot<PreferencesState>({ ...read(lastKey), pins: null, recent: [], kept: true })
  let owner: string | null = null

  function read(key: string): Preferences {
    return readPreferences(storage.entries(key).find(([name]) => name === key)?.[1] ?? null)
  }

  function write(): void {
    const { kept: _, ...preferences } = snapshot.value
    const text = JSON.stringify(preferences)
    storage.write(lastKey, text)
    if (owner !== null) snapshot.patch({ kept: storage.write(keyOf(owner), text) })
  }

  return {
    snapshot,
    /** Somebody signed in: theirs hold from now on. */
    begin(userId: string): void {
      owner = userId
      snapshot.patch(read(keyOf(userId)))
    },
    change(change: Partial<Preferences>): void {
      // Another panel of this desktop may have changed something else since.
      if (owner !== null && snapshot.value.kept) snapshot.patch(read(keyOf(owner)))
      snapshot.patch(change)
      write()
    },
  }
}
