// Storage that outlives the tab: localStorage; where it is refused, the frame's name, which outlives at least a reload.
import type { KeptStorage } from '../core/ports'
import { nameNotes, withStorage } from './name-notes'

/** `write` is true only where the value will still be there after the panel was closed. */
export const keptStorage: KeptStorage = {
  entries(prefix) {
    const all = withStorage(
      () => ({ ...localStorage }) as Record<string, string>,
      () => nameNotes.read(),
    )
    return Object.entries(all).filter(([key]) => key.startsWith(prefix))
  },
  write: (key, value) =>
    withStorage(
      () => {
        localStorage.setItem(key, value)
        return true
      },
      () => {
        nameNotes.write(key, value)
        return false
      },
    ),
  remove(key) {
    withStorage(
      () => localStorage.removeItem(key),
      () => nameNotes.remove(key),
    )
  },
}
