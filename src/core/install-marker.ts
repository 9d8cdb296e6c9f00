// How we know our own: a marker in a field of the object itself. Never by its name, never by a saved note.

/** `[cueline-setup widget]`, or with the version of what cannot be read back: `[cueline-setup flow v2]`. */
const shape = /\[cueline-setup ([a-z-]{1,20})(?: v\d{1,6})?\]/g

function markerOf(key: string, version?: number): string {
  return `[cueline-setup ${key}${version === undefined ? '' : ` v${version}`}]`
}

/** The text that goes into the object's field: words for whoever reads it, then the marker. */
export function markedNote(words: string, key: string, version?: number): string {
  return `${words} ${markerOf(key, version)}`
}

/** Which of our things this is; null: not ours, or with two markers, which nobody of us writes. */
export function markedKey(note: string): string | null {
  const found = [...note.matchAll(shape)]
  return found.length === 1 ? (found[0]?.[1] ?? null) : null
}

/**
 * An integration is created with nothing but a name and a type, so until its configuration is written its marker stands in
 * its name: that is how a creation whose answer was lost is found again.
 */
export function birthName(name: string, key: string): string {
  return `${name} ${markerOf(key)}`
}
