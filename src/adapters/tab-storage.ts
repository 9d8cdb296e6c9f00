// A few notes that last as long as the tab: sessionStorage, and the frame's own name where storage is refused.
import type { TabStorage } from '../core/ports'

const namePrefix = 'cueline:'

/**
 * A browser that blocks third-party data refuses sessionStorage to an embedded frame. `window.name` stays with the
 * frame through the way to the login and back, and other origins cannot read it while the app is in the frame.
 * It is for nonces and markers only: nothing secret goes through here.
 */
export const tabStorage: TabStorage = {
  read(key) {
    return attempt(() => sessionStorage.getItem(key)) ?? readNames()[key] ?? null
  },
  write(key, value) {
    const stored = attempt(() => {
      sessionStorage.setItem(key, value)
      return true
    })
    if (stored === null) writeNames({ ...readNames(), [key]: value })
    return true
  },
  remove(key) {
    attempt(() => sessionStorage.removeItem(key))
    const names = readNames()
    if (!(key in names)) return
    const rest = Object.entries(names).filter(([other]) => other !== key)
    writeNames(Object.fromEntries(rest))
  },
}

function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    // Refused or full: the caller goes on with the frame's name.
    if (error instanceof DOMException) return null
    throw error
  }
}

function readNames(): Record<string, string> {
  if (!window.name.startsWith(namePrefix)) return {}
  return Object.fromEntries(new URLSearchParams(window.name.slice(namePrefix.length)))
}

function writeNames(names: Record<string, string>): void {
  window.name = Object.keys(names).length === 0 ? '' : namePrefix + new URLSearchParams(names).toString()
}
