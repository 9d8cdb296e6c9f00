// What panels of one desktop say to each other: one login, one channel. Parsed like any message from outside.
import * as v from 'valibot'

/** Held by the panel that has the connection for all. */
export const channelLock = 'cueline.channel'

const identity = v.object({
  userId: v.string(),
  name: v.string(),
  organizationId: v.optional(v.nullable(v.string())),
  scopes: v.nullable(v.array(v.string())),
})
const grant = v.object({ token: v.string(), expiresAtMs: v.nullable(v.number()), identity })
const refusedTopics = v.array(v.object({ topic: v.string(), reason: v.string() }))
const channelState = v.object({
  /** Never `closed`: who closes hands over, and says nothing. */
  status: v.picklist(['connecting', 'live', 'lost']),
  refusedTopics,
  unknownFrames: v.number(),
  problem: v.nullable(v.string()),
})
const mediaEvent = v.object({
  state: v.picklist(['buffering', 'playing', 'completed', 'error', 'subscribe-refused']),
  url: v.nullable(v.string()),
  error: v.nullable(v.string()),
  late: v.optional(v.boolean()),
})
/** `hears`: its call is connected, so the file may be heard there now. */
const openPlay = v.object({ interactionId: v.string(), url: v.string(), hears: v.boolean() })
const frameLimit = 4_000

const message = v.variant('kind', [
  /** A new panel asks: who is signed in, how is the channel? */
  v.object({ kind: v.literal('who') }),
  v.object({ kind: v.literal('signed-in'), grant }),
  /** The one who speaks holds the channel from now on. */
  v.object({ kind: v.literal('leads') }),
  v.object({ kind: v.literal('status'), state: channelState }),
  v.object({ kind: v.literal('connected') }),
  v.object({ kind: v.literal('topic'), topic: v.string(), body: v.unknown() }),
  /** `to`: the one `send` that it answers; null: for everybody. */
  v.object({ kind: v.literal('media'), event: mediaEvent, to: v.nullable(v.string()) }),
  /** To the leader: send this frame, add these topics. Answered with the same id. */
  v.object({ kind: v.literal('send'), id: v.string(), text: v.pipe(v.string(), v.maxLength(frameLimit)) }),
  v.object({ kind: v.literal('sent'), id: v.string(), ok: v.boolean() }),
  v.object({
    kind: v.literal('add'),
    id: v.string(),
    topics: v.pipe(v.array(v.string()), v.maxLength(1_000)),
  }),
  v.object({ kind: v.literal('added'), id: v.string(), refused: refusedTopics }),
  /** What a panel has under way: an event that names only a file could be about it. */
  v.object({ kind: v.literal('plays'), panel: v.string(), plays: v.array(openPlay) }),
  /** To the panel that has the turn in this interaction: a click waits for it. */
  v.object({ kind: v.literal('turn-wanted'), interactionId: v.string(), id: v.string() }),
  /** The answer where something of that panel is under way there. */
  v.object({ kind: v.literal('turn-kept'), id: v.string() }),
])

export type PanelMessage = v.InferOutput<typeof message>
export type OpenPlay = v.InferOutput<typeof openPlay>
export type SharedGrant = v.InferOutput<typeof grant>

export function readPanelMessage(foreign: unknown): PanelMessage | null {
  const parsed = v.safeParse(message, foreign)
  return parsed.success ? parsed.output : null
}
