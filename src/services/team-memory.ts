// What the team view keeps: choice and pins in this browser, the calls it saw in this tab.
import type { KeptStorage, TabStorage } from '../core/ports'
import type { KnownCall } from '../core/known-calls'
import { readKnownCalls, readTeamKept } from '../core/team-kept'
import type { Circle } from '../core/team'

export interface TeamMemoryPorts {
  readonly kept: KeptStorage
  readonly storage: TabStorage
}

const keptKey = 'cueline.team'
/** So many are read again after a reload: it must not use up the requests that a playback needs. */
export const knownLimit = 40
const callsKey = 'cueline.team.calls'

export function createTeamMemory({ kept, storage }: TeamMemoryPorts) {
  const [, text = null] = kept.entries(keptKey).find(([key]) => key === keptKey) ?? []
  const found = readTeamKept(text)
  const pins = new Set(found.pins)
  let circle = found.circle
  let written = storage.read(callsKey)
  const before = readKnownCalls(written)

  function save(): void {
    kept.write(keptKey, JSON.stringify({ circle, pins: [...pins].slice(0, 200) }))
  }

  return {
    circle: () => circle,
    choose({ kind, id, name }: Circle): void {
      circle = { kind, id, name }
      save()
    },
    isPinned: (userId: string): boolean => pins.has(userId),
    pin(userId: string, pinned: boolean): void {
      if (pinned) pins.add(userId)
      else pins.delete(userId)
      save()
    },
    /** As they were when this tab was last looked at. */
    callsBefore: (): readonly KnownCall[] => before,
    keepCalls(calls: readonly KnownCall[]): void {
      const next = JSON.stringify(calls)
      if (next === written) return
      written = next
      storage.write(callsKey, next)
    },
  }
}
