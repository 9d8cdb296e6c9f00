// The browser's storage as ports: for the tab, and beyond it; where it is refused, notes in the frame's own name.
import type { KeptStorage, TabStorage } from '../core/ports'

/**
 * A browser that blocks third-party data refuses sessionStorage to an embedded frame.
 * For nonces, markers and the place in the panel; with PKCE also the verifier, which is worth nothing without its code.
 */
export const tabStorage: TabStorage = {
  read: (key) =>
    withStorage(
      () => sessionStorage.getItem(key),
      () => nameNotes.read()[key] ?? null,
    ),
  write: (key, value) =>
    put(
      () => sessionStorage.setItem(key, value),
      () => {
        nameNotes.write(key, value)
        return true
      },
    ),
  remove(key) {
    withStorage(
      () => sessionStorage.removeItem(key),
      () => nameNotes.remove(key),
    )
  },
}

/** `write` is true only where the value will still be there after the panel was closed. */
export const keptStorage: KeptStorage = {
  entries(prefix) {
    return withStorage(
      // Records lie there too: what is not asked for is not read.
      () =>
        Object.keys(localStorage)
          .filter((key) => key.startsWith(prefix))
          .map((key) => [key, localStorage.getItem(key) ?? '']),
      () => Object.entries(nameNotes.read()).filter(([key]) => key.startsWith(prefix)),
    )
  },
  write: (key, value) =>
    put(
      () => localStorage.setItem(key, value),
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

const prefix = 'cueline:'

/**
 * Notes that stay with the frame through reloads and through the login. Other origins cannot read them while the app is
 * in the frame; the login's own pages can. Never for a token.
 */
const nameNotes = {
  read(): Record<string, string> {
    if (!window.name.startsWith(prefix)) return {}
    return Object.fromEntries(new URLSearchParams(window.name.slice(prefix.length)))
  },
  write(key: string, value: string): void {
    save({ ...nameNotes.read(), [key]: value })
  },
  remove(key: string): void {
    const notes = nameNotes.read()
    if (key in notes) save(Object.fromEntries(Object.entries(notes).filter(([other]) => other !== key)))
  },
}

function save(notes: Record<string, string>): void {
  window.name = Object.keys(notes).length === 0 ? '' : prefix + new URLSearchParams(notes).toString()
}

/**
 * Storage can throw, in a frame above all. Only then is the frame's name used: where storage works, a name that a
 * foreign opener gave to the window must count for nothing.
 */
function withStorage<T>(act: () => T, refused: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof DOMException) return refused()
    throw error
  }
}

/** A full storage keeps nothing: reads still go to it, so a note beside it would never be found. */
function put(set: () => void, refused: () => boolean): boolean {
  try {
    set()
    return true
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return error.name === 'QuotaExceededError' ? false : refused()
  }
}
