// What the team view finds again: the choice and the pins of this browser, and after a reload the calls it had seen.
import * as v from 'valibot'
import type { Circle, TeamRow } from './team'

const keptSchema = v.object({
  circle: v.nullable(
    v.object({ kind: v.picklist(['team', 'queue', 'group']), id: v.string(), name: v.string() }),
  ),
  pins: v.pipe(v.array(v.string()), v.maxLength(200)),
})
const callsSchema = v.array(v.tuple([v.string(), v.string()]))

export interface TeamKept {
  readonly circle: Circle | null
  readonly pins: readonly string[]
}

/** An agent and the call that they were seen in. */
export type KnownCall = readonly [userId: string, conversationId: string]

/** As if nothing had been kept, where it is not ours. */
export function readTeamKept(text: string | null): TeamKept {
  const parsed = v.safeParse(keptSchema, parse(text))
  return parsed.success ? parsed.output : { circle: null, pins: [] }
}

export function readKnownCalls(text: string | null): readonly KnownCall[] {
  const parsed = v.safeParse(callsSchema, parse(text))
  return parsed.success ? parsed.output : []
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    // Cut off or foreign: as if nothing had been kept.
    return null
  }
}

/** So many are read again after a reload: it must not use up the requests that a playback needs. */
const knownLimit = 40

/** Playing ones first, pinned ones next: what is worth a request after a reload. */
export function knownCallsOf(rows: readonly TeamRow[]): readonly KnownCall[] {
  const worth = ({ badge, pinned }: TeamRow) => (badge.state === 'playing' ? 2 : 0) + (pinned ? 1 : 0)
  return rows
    .filter(({ badge }) => badge.conversationId !== null)
    .sort((a, b) => worth(b) - worth(a) || (b.badge.sinceMs ?? 0) - (a.badge.sinceMs ?? 0))
    .slice(0, knownLimit)
    .map(({ userId, badge }) => [userId, badge.conversationId ?? ''])
}
