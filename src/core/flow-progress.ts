// What a prompt flow says of its progress: participant attributes, flow events, and the state of its session.
import type { CarrierEvent } from './ports'

type Progress = Pick<CarrierEvent, 'playbackId' | 'state' | 'error'>

/** The attribute that the flow writes on the customer's participant: `v1|playbackId|state|reason`. */
export const flowAttribute = 'cueline.flow'

/** What the flow is told: `v1|promptKey|language|playbackId`. No secrets: it can be seen in Architect. */
export function flowInvocation(promptKey: string, language: string, playbackId: string): string {
  return ['v1', promptKey, language, playbackId].join('|')
}

/** Null for anything that is not of this form: the attribute can be written by others. */
export function readFlowAttribute(value: string | null): Progress | null {
  const [version, playbackId, state, reason = null] = value?.split('|') ?? []
  if (version !== 'v1' || !playbackId) return null
  if (state === 'playing' || state === 'completed') return { playbackId, state, error: null }
  return state === 'failed' ? { playbackId, state: 'error', error: reason ?? 'the flow failed' } : null
}

/** A secure session: PENDING says nothing new; COMPLETED is the platform's word that the flow came to its end. */
export function readSessionState(state: string): Pick<CarrierEvent, 'state' | 'error'> | null {
  if (state === 'COMPLETED') return { state: 'completed', error: null }
  return state === 'FAILED' ? { state: 'error', error: 'the secure session failed' } : null
}

export function flowTopics(conversationId: string): readonly string[] {
  const topic = `v2.detail.events.conversation.${conversationId}.flow`
  return [`${topic}.start`, `${topic}.end`]
}

/** `transferType` RETURN_TO_AGENT is the good end of a prompt flow; whatever else ended it is a failure with its words. */
export function readFlowEvent(topic: string, body: unknown): Pick<CarrierEvent, 'state' | 'error'> | null {
  if (topic.endsWith('.flow.start')) return { state: 'buffering', error: null }
  if (!topic.endsWith('.flow.end') || typeof body !== 'object' || body === null) return null
  const { transferType, exitReason } = body as Record<string, unknown>
  if (transferType === 'RETURN_TO_AGENT') return { state: 'completed', error: null }
  return {
    state: 'error',
    error: `the flow ended: ${typeof exitReason === 'string' ? exitReason : 'no reason given'}`,
  }
}
