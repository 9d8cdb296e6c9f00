// Calls: from the platform's CallConversation (or a notification's body) to core types.
import * as v from 'valibot'
import { readSupportedCodecs } from '../../core/codec'
import type { Conversation, Participant } from '../../core/conversation'
import { answered, refused, type Answer } from '../../core/errors'
import type { Conversations, Platform } from '../../core/ports'

const optionalText = v.nullish(v.string())
const flag = v.optional(v.nullable(v.boolean()))
const reference = v.nullish(v.object({ id: optionalText }))

/** The fields of `CallMediaParticipant` that matter, and the tutorial's `mediaCapabilities`. Everything may be absent. */
const participantBody = v.object({
  id: v.string(),
  name: optionalText,
  address: optionalText,
  disconnectType: optionalText,
  purpose: optionalText,
  state: optionalText,
  held: flag,
  confined: flag,
  muted: flag,
  recordingState: optionalText,
  direction: optionalText,
  user: reference,
  queue: reference,
  attributes: v.nullish(v.record(v.string(), v.unknown())),
  connectedTime: optionalText,
  endTime: optionalText,
  wrapupRequired: flag,
  monitoredParticipantId: optionalText,
  coachedParticipantId: optionalText,
  bargedParticipantId: optionalText,
  mediaCapabilities: v.nullish(v.object({ audio: v.nullish(v.object({ supportedCodecs: v.unknown() })) })),
})
const myCallsBody = v.object({ entities: v.optional(v.array(v.unknown()), []) })
const conversationBody = v.object({ id: v.string(), participants: v.array(v.unknown()) })

export function createConversations(platform: Platform): Conversations {
  async function fetchMyCallBodies(): Promise<Answer<readonly unknown[]>> {
    const answer = await platform.request({ method: 'GET', path: '/api/v2/conversations/calls' })
    if (!answer.ok) return answer
    const listing = v.safeParse(myCallsBody, answer.value.body)
    if (!listing.success)
      return refused({ kind: 'malformed', message: 'the platform sent no readable list of calls' })
    return answered(listing.output.entities)
  }

  return {
    async fetchCall(conversationId) {
      const path = '/api/v2/conversations/calls/{conversationId}'
      const answer = await platform.request({ method: 'GET', path, pathParams: { conversationId } })
      if (!answer.ok) return answer
      const call = readCall(answer.value.body)
      return call
        ? answered(call)
        : refused({ kind: 'malformed', message: 'the platform sent no readable call' })
    },
    async fetchMyCalls() {
      const bodies = await fetchMyCallBodies()
      if (!bodies.ok) return bodies
      return answered(bodies.value.map(readCall).filter((call) => call !== null))
    },
    fetchMyCallBodies,
    async writeAttributes(conversationId, participantId, attributes) {
      const path = '/api/v2/conversations/{conversationId}/participants/{participantId}/attributes'
      const pathParams = { conversationId, participantId }
      const answer = await platform.request({ method: 'PATCH', path, pathParams, body: { attributes } })
      return answer.ok ? answered(undefined) : answer
    },
    readCall,
  }
}

/** A participant that cannot be read is left out; a body that is no call is null. */
function readCall(body: unknown): Conversation | null {
  const parsed = v.safeParse(conversationBody, body)
  if (!parsed.success) return null
  const participants = parsed.output.participants.flatMap((entry) => {
    const participant = v.safeParse(participantBody, entry)
    return participant.success ? [toParticipant(participant.output)] : []
  })
  return { id: parsed.output.id, participants }
}

function toParticipant(body: v.InferOutput<typeof participantBody>): Participant {
  return {
    id: body.id,
    purpose: body.purpose ?? 'unknown',
    state: body.state ?? 'none',
    held: body.held === true,
    confined: body.confined === true,
    muted: body.muted === true,
    recording:
      body.recordingState === 'active' || body.recordingState === 'paused' ? body.recordingState : 'none',
    direction: body.direction === 'inbound' || body.direction === 'outbound' ? body.direction : null,
    userId: body.user?.id ?? null,
    queueId: body.queue?.id ?? null,
    name: body.name ?? null,
    address: body.address ?? null,
    disconnectType: body.disconnectType ?? null,
    attributes: textsOf(body.attributes ?? {}),
    supportedCodecs: readSupportedCodecs(body.mediaCapabilities?.audio?.supportedCodecs),
    connectedAtMs: timeOf(body.connectedTime),
    endedAtMs: timeOf(body.endTime),
    wrapupRequired: body.wrapupRequired === true,
    listensTo: body.monitoredParticipantId ?? body.coachedParticipantId ?? body.bargedParticipantId ?? null,
  }
}

function textsOf(attributes: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(attributes).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(entries)
}

function timeOf(text: string | null | undefined): number | null {
  const time = text ? Date.parse(text) : NaN
  return Number.isNaN(time) ? null : time
}
