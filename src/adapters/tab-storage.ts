// A few notes that last as long as the tab: sessionStorage, and the frame's own name where storage is refused.
import type { TabStorage } from '../core/ports'
import { nameNotes, withStorage } from './name-notes'

/**
 * A browser that blocks third-party data refuses sessionStorage to an embedded frame.
 * For nonces, markers and the place in the panel: nothing secret goes through here.
 */
export const tabStorage: TabStorage = {
  read: (key) =>
    withStorage(
      () => sessionStorage.getItem(key),
      () => nameNotes.read()[key] ?? null,
    ),
  write(key, value) {
    withStorage(
      () => sessionStorage.setItem(key, value),
      () => nameNotes.write(key, value),
    )
    return true
  },
  remove(key) {
    withStorage(
      () => sessionStorage.removeItem(key),
      () => nameNotes.remove(key),
    )
  },
}
