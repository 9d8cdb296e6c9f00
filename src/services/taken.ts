// Which attributes participants of late have, as seen and as written: so that a call gets no more of them than it may.
const participantLimit = 20

export function createTaken() {
  const names = new Map<string, ReadonlySet<string>>()

  return {
    of: (participantId: string): ReadonlySet<string> => names.get(participantId) ?? new Set(),
    add(participantId: string, more: readonly string[]): void {
      const all = new Set([...(names.get(participantId) ?? []), ...more])
      names.delete(participantId)
      names.set(participantId, all)
      shorten(names, participantLimit)
    },
  }
}

/** Forgets what was added first. */
export function shorten(map: Map<string, unknown>, limit: number): void {
  const [oldest] = map.keys()
  if (map.size > limit && oldest !== undefined) map.delete(oldest)
}
