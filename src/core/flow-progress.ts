// What a prompt flow says of its progress: participant attributes, flow events, and the state of its session.
import { withinTolerance } from './asset'
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

/** What the platform says of the flow itself, not of the prompt in it. */
export type FlowWord =
  { readonly word: 'started' | 'pending' | 'returned' } | { readonly word: 'broke'; readonly why: string }

export function readSessionState(state: string): FlowWord {
  if (state === 'COMPLETED') return { word: 'returned' }
  return state === 'FAILED' ? { word: 'broke', why: 'the secure session failed' } : { word: 'pending' }
}

/**
 * A flow that returned may have played the prompt or not: it returns after an error as well. Only one that ran as long
 * as the prompt is can have played it.
 */
export function judgeReturn(ranMs: number, durationMs: number): Pick<CarrierEvent, 'state' | 'error'> {
  if (withinTolerance(ranMs, durationMs)) return { state: 'completed', error: null }
  return {
    state: 'error',
    error: `the flow returned after ${Math.round(ranMs)} of ${Math.round(durationMs)} ms`,
  }
}

export function flowTopics(conversationId: string): readonly string[] {
  const topic = `v2.detail.events.conversation.${conversationId}.flow`
  return [`${topic}.start`, `${topic}.end`]
}

/** `transferType` RETURN_TO_AGENT: the flow gave the customer back. Whatever else ended it broke it. */
export function readFlowEvent(topic: string, body: unknown): FlowWord | null {
  if (topic.endsWith('.flow.start')) return { word: 'started' }
  if (!topic.endsWith('.flow.end') || typeof body !== 'object' || body === null) return null
  const { transferType, exitReason } = body as Record<string, unknown>
  if (transferType === 'RETURN_TO_AGENT') return { word: 'returned' }
  return {
    word: 'broke',
    why: `the flow ended: ${typeof exitReason === 'string' ? exitReason : 'no reason given'}`,
  }
}
