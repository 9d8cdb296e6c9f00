// Notes in the frame's own name: they stay with the frame through reloads and through the login, where storage is refused.

const prefix = 'cueline:'

/** Other origins cannot read it while the app is in the frame. Never for anything secret. */
export const nameNotes = {
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
export function withStorage<T>(act: () => T, refused: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof DOMException) return refused()
    throw error
  }
}
