// Frames of the notification channel: text -> a typed event, or "unknown" with the reason. Never throws.
import * as v from 'valibot'

export type ChannelEvent =
  | { readonly type: 'heartbeat' }
  | { readonly type: 'pong' }
  | { readonly type: 'closing' }
  | { readonly type: 'dropped'; readonly reason: 'no-longer-subscribed' | 'token-revoked' }
  | { readonly type: 'topic'; readonly topic: string; readonly body: unknown }
  | {
      readonly type: 'media'
      readonly state: 'buffering' | 'playing' | 'completed' | 'error'
      readonly url: string
      readonly error: string | null
    }
  | { readonly type: 'subscribe-refused'; readonly reason: string }
  | { readonly type: 'unknown'; readonly reason: string }

const platformFrame = v.object({ topicName: v.string(), eventBody: v.optional(v.unknown()) })
/** The tutorial's event: `{ type, state, url, error? }`. */
const mediaFrame = v.object({
  type: v.literal('media.playback.state'),
  state: v.picklist(['buffering', 'playing', 'completed', 'error']),
  url: v.string(),
  error: v.nullish(v.string()),
})
const refusalFrame = v.object({ type: v.literal('error'), error: v.string() })
const metadataBody = v.object({ message: v.string() })

export function readFrame(text: string): ChannelEvent {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // Expected of a hostile or broken peer: counted by the caller, nothing more.
    return { type: 'unknown', reason: 'not JSON' }
  }
  if (v.is(mediaFrame, json))
    return { type: 'media', state: json.state, url: json.url, error: json.error ?? null }
  if (v.is(refusalFrame, json)) return { type: 'subscribe-refused', reason: json.error }
  if (!v.is(platformFrame, json)) return { type: 'unknown', reason: 'no topic' }
  return readTopic(json.topicName, json.eventBody)
}

function readTopic(topic: string, body: unknown): ChannelEvent {
  if (topic === 'channel.metadata') {
    if (!v.is(metadataBody, body)) return { type: 'unknown', reason: 'metadata without a message' }
    return body.message === 'pong' ? { type: 'pong' } : { type: 'heartbeat' }
  }
  if (topic === 'v2.system.socket_closing') return { type: 'closing' }
  if (topic.startsWith('v2.system.no_longer_subscribed'))
    return { type: 'dropped', reason: 'no-longer-subscribed' }
  if (topic.startsWith('v2.system.token_revoked')) return { type: 'dropped', reason: 'token-revoked' }
  return body === null || body === undefined
    ? { type: 'unknown', reason: `empty ${topic}` }
    : { type: 'topic', topic, body }
}

export function callsTopic(userId: string): string {
  return `v2.users.${userId}.conversations.calls`
}

export const pingFrame = JSON.stringify({ message: 'ping' })

/** The tutorial's subscribe frame; goes over the channel's own socket. */
export function mediaSubscribeFrame(interactionId: string): string {
  return JSON.stringify({
    action: 'subscribe',
    eventTypes: ['media.playback.state'],
    filters: { interactionId },
  })
}
