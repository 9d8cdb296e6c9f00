// What a client says on its notification socket, read without trust.
import type { MediaSubscribeFrame } from './media-contract'
import { isJsonObject, parseJson } from './messages'

export type ClientFrame =
  | { kind: 'ping' }
  | { kind: 'media-subscribe'; interactionId: MediaSubscribeFrame['filters']['interactionId'] }
  | { kind: 'refused'; action: string; error: string }
  | { kind: 'unknown' }

export function readFrame(text: string): ClientFrame {
  const frame = parseJson(text)
  if (!isJsonObject(frame)) return { kind: 'unknown' }
  if (frame.message === 'ping') return { kind: 'ping' }
  if (typeof frame.action !== 'string') return { kind: 'unknown' }
  return readAction(frame.action, frame.eventTypes, frame.filters)
}

function readAction(action: string, eventTypes: unknown, filters: unknown): ClientFrame {
  const refused = (error: string): ClientFrame => ({ kind: 'refused', action, error })
  if (action !== 'subscribe') return refused(`The action "${action}" is not known; "subscribe" is.`)
  if (!Array.isArray(eventTypes) || !eventTypes.every((type) => type === 'media.playback.state')) {
    return refused('"eventTypes" must be ["media.playback.state"].')
  }
  const interactionId = isJsonObject(filters) ? filters.interactionId : undefined
  if (eventTypes.length === 0 || typeof interactionId !== 'string' || interactionId === '') {
    return refused('"filters" must name an "interactionId".')
  }
  return { kind: 'media-subscribe', interactionId }
}
