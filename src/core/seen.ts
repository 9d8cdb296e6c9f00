// A note of what was seen, read back from the storage: anything may lie there.
import * as v from 'valibot'
import { failureCodes } from './errors'
import type { Seen } from './observation'
import { playbackStates } from './playback'

/** JSON can write a number that is too large to be one. */
const finite = v.pipe(v.number(), v.minValue(-Number.MAX_VALUE), v.maxValue(Number.MAX_VALUE))
const label = v.nullable(v.string())
const ms = v.nullable(finite)
const observation = v.object({
  atMs: v.pipe(finite, v.minValue(0)),
  prompt: v.string(),
  language: label,
  format: label,
  codec: label,
  backend: v.string(),
  outcome: v.picklist(playbackStates),
  code: v.nullable(v.picklist(failureCodes)),
  sent: v.boolean(),
  started: v.boolean(),
  clickToRequest: ms,
  requestToAccepted: ms,
  acceptedToSound: ms,
  clickToSound: ms,
  played: ms,
})
const seen = v.object({
  id: v.string(),
  take: v.optional(observation),
  give: v.optional(observation),
  wait: v.optional(finite),
  roundTrips: v.optional(v.array(finite)),
})

export function readSeen(text: string): Seen | null {
  try {
    const parsed = v.safeParse(seen, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    // Not JSON: not ours.
    return null
  }
}
