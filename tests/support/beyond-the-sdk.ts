// Everything on the wire between the app and the platform that the SDK's types do not say, by name. All else must be in
// the types: a field, a path or a frame that stands neither there nor here fails the test that met it.
import type { JsonSchema } from './json-schema'

const text: JsonSchema = { type: 'string' }
const exactly = (properties: Record<string, JsonSchema>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

/** The tutorial's Media API: its one operation. */
const playRequest = exactly({
  interactionId: text,
  media: {
    ...listOf(
      exactly({
        url: text,
        type: { const: 'audio' },
        playbackOptions: exactly({ volume: { type: 'number', minimum: 0, maximum: 1 } }),
      }),
    ),
    minItems: 1,
    maxItems: 1,
  },
})

export interface OperationBeyond {
  readonly body: JsonSchema
  readonly answer: JsonSchema
}

export const operationsBeyond: Readonly<Record<string, OperationBeyond>> = {
  'POST /api/v2/media/play': {
    body: playRequest,
    answer: exactly({ status: { enum: ['queued', 'processed'] } }),
  },
}

/** The tutorial's field of the customer's participant: in answers, and in the events of the user's and queue's calls. */
const mediaCapabilities: JsonSchema = exactly({
  audio: exactly({ supportedCodecs: { anyOf: [text, listOf(text)] } }),
})

/** The types call the cells of a data table's row objects; they are what the table's own schema says, which is plain. */
const row: JsonSchema = {
  type: 'object',
  required: ['key'],
  additionalProperties: { type: ['string', 'number', 'boolean'] },
}

/** Fields that a model has besides its own, or that are not what it says. */
export const fieldsBeyond: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  CallMediaParticipant: { mediaCapabilities },
  ConversationCallEventTopicCallMediaParticipant: { mediaCapabilities },
  QueueConversationCallEventTopicCallMediaParticipant: { mediaCapabilities },
  DataTableRowEntityListing: { entities: listOf(row) },
}

/** Answers that are not what the signature says. */
export const answersBeyond: Readonly<Record<string, JsonSchema>> = {
  'GET /api/v2/flows/datatables/{datatableId}/rows/{rowId}': row,
  'PUT /api/v2/flows/datatables/{datatableId}/rows/{rowId}': row,
  'POST /api/v2/flows/datatables/{datatableId}/rows': row,
}

/** One model serves answers and requests, and requires of both what only the platform knows. */
export const leftToThePlatform: Readonly<Record<string, readonly string[]>> = {
  'POST /api/v2/conversations/calls/{conversationId}/participants': ['startTime'],
}

const message = exactly({ message: text })

/** System topics have no model: each says one sentence. */
export const noticesBeyond: readonly (readonly [topic: RegExp, eventBody: JsonSchema])[] = [
  [/^channel\.metadata$/, message],
  [/^v2\.system\.(socket_closing$|no_longer_subscribed\.|token_revoked\.)/, message],
]

/** The frame around every event. */
export const eventFrame: JsonSchema = exactly(
  { topicName: text, version: { const: '2' }, eventBody: {}, metadata: exactly({ CorrelationId: text }) },
  ['version', 'metadata'],
)

/** The tutorial's frames from the platform, by `type`. */
export const mediaFrames: Readonly<Record<string, JsonSchema>> = {
  'media.playback.state': exactly(
    {
      type: text,
      state: { enum: ['buffering', 'playing', 'completed', 'error'] },
      url: text,
      error: text,
    },
    ['error'],
  ),
  error: exactly({ type: text, action: text, error: text }),
}

/** What the app may say on its socket: the platform's ping, and the tutorial's subscription. */
export const clientFrame: JsonSchema = {
  anyOf: [
    exactly({ message: { const: 'ping' } }),
    exactly({
      action: { const: 'subscribe' },
      eventTypes: { const: ['media.playback.state'] },
      filters: exactly({ interactionId: text }),
    }),
  ],
}
