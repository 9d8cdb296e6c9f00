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

/** Playing ones first, pinned ones next, the others as they come: what is worth a request after a gap or a reload. */
export function knownCallsOf(rows: readonly TeamRow[], limit: number): readonly KnownCall[] {
  const worth = ({ badge, pinned }: TeamRow) => (badge.state === 'playing' ? 2 : 0) + (pinned ? 1 : 0)
  const onCall = rows.filter(({ badge }) => badge.conversationId !== null)
  const first = onCall.filter((row) => worth(row) > 0).sort((a, b) => worth(b) - worth(a))
  const others = first.length < limit ? onCall.filter((row) => worth(row) === 0) : []
  return [...first, ...others]
    .slice(0, limit)
    .map(({ userId, badge }) => [userId, badge.conversationId ?? ''])
}
