// Where the agent was in the panel: what a reload and a way through the login bring back.
import * as v from 'valibot'
import { audioFormats } from './catalogue'
import { failureCodes } from './errors'
import { playbackStates, type Playback } from './playback'
import { queueLimit, type Queue } from './queue'

export interface Place {
  readonly interactionId: string | null
  readonly playback: Playback | null
  readonly played: readonly string[]
  readonly queue: Queue
  readonly query: string
  /** A prompt whose request met an ended sign-in: nothing was played, so it goes again once signed in. */
  readonly again: { readonly promptKey: string; readonly clickedAtMs: number } | null
}

const ms = v.nullable(v.number())
const failure = v.nullable(v.object({ code: v.picklist(failureCodes), detail: v.nullable(v.string()) }))
const legState = v.nullable(
  v.object({ held: v.boolean(), muted: v.boolean(), recording: v.picklist(['none', 'active', 'paused']) }),
)
const playback = v.object({
  id: v.string(),
  interactionId: v.string(),
  promptKey: v.string(),
  title: v.string(),
  state: v.picklist(playbackStates),
  times: v.object({
    clickedAtMs: v.number(),
    requestedAtMs: ms,
    acceptedAtMs: ms,
    startedAtMs: ms,
    endedAtMs: ms,
  }),
  asset: v.nullable(
    v.object({
      url: v.string(),
      format: v.picklist(audioFormats),
      codec: v.string(),
      durationMs: v.number(),
      sizeBytes: v.number(),
      sha256: v.nullable(v.string()),
    }),
  ),
  choice: v.nullable(
    v.object({
      promptVersion: v.string(),
      language: v.string(),
      tier: v.string(),
      reason: v.nullable(v.string()),
      words: v.nullable(v.string()),
      participantId: v.string(),
      atStart: legState,
      queueId: v.optional(v.nullable(v.string()), null),
      callStartedAtMs: v.optional(ms, null),
    }),
  ),
  carrierId: v.nullable(v.string()),
  failure,
  playedMs: ms,
  interruptedBy: v.nullable(v.picklist(['hang-up', 'hold', 'transfer'])),
  attempts: v.number(),
  resendAtMs: ms,
  sawGap: v.boolean(),
  repeats: v.boolean(),
})
const queued = v.object({ id: v.string(), promptKey: v.string(), title: v.string() })
const place = v.object({
  interactionId: v.nullable(v.string()),
  playback: v.nullable(playback),
  played: v.array(v.string()),
  queue: v.object({ waiting: v.pipe(v.array(queued), v.maxLength(queueLimit)), held: v.boolean() }),
  query: v.string(),
  again: v.nullable(v.object({ promptKey: v.string(), clickedAtMs: v.number() })),
})

/** Null for whatever is not a place of ours: storage is shared with all that runs on this origin. */
export function readPlace(text: string | null): Place | null {
  if (text === null) return null
  try {
    const parsed = v.safeParse(place, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    // Cut off or foreign: as if nothing had been kept.
    return null
  }
}
