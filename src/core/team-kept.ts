// What the team view finds again: the choice and the pins of this browser, and after a reload the calls it had seen.
import * as v from 'valibot'
import type { KnownCall } from './known-calls'
import type { Circle } from './team'

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
