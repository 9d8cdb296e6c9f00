// One frame of a notification socket, held against the model of its topic.
import { clientFrame, eventFrame, mediaFrames, noticesBeyond } from './beyond-the-sdk'
import { readJson, type Judgement } from './sdk-exchange'
import type { JsonSchema } from './json-schema'
import { complaintsOf, schemaOfType } from './sdk-schemas'

/** Which model the platform's list of topics gives to each. */
const models: readonly (readonly [topic: RegExp, eventBody: JsonSchema])[] = [
  [
    /^v2\.users\.[^.]+\.conversations\.calls$/,
    schemaOfType('Models.ConversationCallEventTopicCallConversation'),
  ],
  [
    /^v2\.routing\.queues\.[^.]+\.conversations\.calls$/,
    schemaOfType('Models.QueueConversationCallEventTopicCallConversation'),
  ],
  [
    /^v2\.detail\.events\.conversation\.[^.]+\.flow\.start$/,
    schemaOfType('Models.FlowStartDetailEventTopicFlowStartEvent'),
  ],
  [
    /^v2\.detail\.events\.conversation\.[^.]+\.flow\.end$/,
    schemaOfType('Models.FlowEndDetailEventTopicFlowEndEvent'),
  ],
  [/^v2\.users\.[^.]+\.presence$/, schemaOfType('Models.PresenceEventUserPresence')],
  [/^v2\.users\.[^.]+\.routingStatus$/, schemaOfType('Models.UserRoutingStatusUserRoutingStatus')],
  [/^v2\.users\.[^.]+\.activity$/, schemaOfType('Models.UserActivity')],
  ...noticesBeyond,
]

/** From the platform to the app. */
export function complaintsAboutFrame(text: string): Judgement {
  const { topicName, type, eventBody } = fieldsOf(text)
  if (typeof type === 'string') {
    const what = `frame ${type}`
    const schema = mediaFrames[type]
    if (!schema) return { what, complaints: [`${what}: no such frame is known`] }
    return { what, complaints: readJson(what, text, (frame) => complaintsOf(schema, frame)) }
  }
  const topic = String(topicName)
  const what = `event ${topic.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|streaming-\w+/g, '*')}`
  const schema = models.find(([pattern]) => pattern.test(topic))?.[1]
  if (!schema) return { what, complaints: [`${what}: no such topic is known`] }
  return {
    what,
    complaints: [
      ...readJson(`${what} frame`, text, (frame) => complaintsOf(eventFrame, frame)),
      ...readJson(what, JSON.stringify(eventBody ?? null), (body) => complaintsOf(schema, body)),
    ],
  }
}

/** From the app to the platform. */
export function complaintsAboutClientFrame(text: string): Judgement {
  const what = 'frame of the app'
  return { what, complaints: readJson(what, text, (frame) => complaintsOf(clientFrame, frame)) }
}

/** Nothing where the text is no JSON object: its complaint comes from there being no topic. */
function fieldsOf(text: string): Record<string, unknown> {
  try {
    const frame: unknown = JSON.parse(text)
    return typeof frame === 'object' && frame !== null ? { ...frame } : {}
  } catch (error) {
    return { topicName: String(error) }
  }
}
