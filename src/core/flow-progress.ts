// What a prompt flow says of its progress: participant attributes, flow events, and the state of its session.
import { ranToItsEnd } from './asset'
import type { Participant } from './conversation'
import type { Answer } from './errors'
import type { CarrierEvent } from './ports'

type Progress = Pick<CarrierEvent, 'playbackId' | 'state' | 'error'>
type Verdict = Pick<CarrierEvent, 'state' | 'error'>

/** The attribute that the flow writes on the customer's participant: `v1|playbackId|state|reason`. */
export const flowAttribute = 'cueline.flow'

/** What the flow is told: `v1|promptKey|language|playbackId`. No secrets: it can be seen in Architect. */
export function flowInvocation(promptKey: string, language: string, playbackId: string): string {
  return ['v1', promptKey, language, playbackId].join('|')
}

/** Null for anything that is not of this form: the attribute can be written by others. */
export function readFlowAttribute(value: string | null): Progress | null {
  const [version, playbackId, state, reason] = value?.split('|') ?? []
  if (version !== 'v1' || !playbackId) return null
  if (state === 'playing' || state === 'completed') return { playbackId, state, error: null }
  return state === 'failed' ? { playbackId, state: 'error', error: reason || 'the flow failed' } : null
}

export function withoutWord(participant: Participant): Participant {
  const others = Object.entries(participant.attributes).filter(
    ([name]) => name.toLowerCase() !== flowAttribute,
  )
  return { ...participant, attributes: Object.fromEntries(others) }
}

export function flowTopics(conversationId: string): readonly string[] {
  const topic = `v2.detail.events.conversation.${conversationId}.flow`
  return [`${topic}.start`, `${topic}.end`]
}

/** What the platform says of a flow itself, not of the prompt in it. */
export interface FlowEvent {
  readonly word: 'started' | 'returned' | 'broke'
  /** The flow's own participant: the same at start and end. */
  readonly legId: string | null
  readonly flowId: string | null
  /** By the platform's clock. */
  readonly atMs: number | null
  readonly ranMs: number | null
  readonly why: string
}

/** `transferType` RETURN_TO_AGENT: the flow gave the customer back. Whatever else ended it broke it. */
export function readFlowEvent(topic: string, body: unknown): FlowEvent | null {
  if (typeof body !== 'object' || body === null) return null
  const fields = body as Record<string, unknown>
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null)
  const number = (name: string) => (typeof fields[name] === 'number' ? fields[name] : null)
  const facts = {
    legId: text('participantId'),
    flowId: text('flowId'),
    atMs: number('eventTime'),
    ranMs: number('connectedDurationMs'),
    why: `the flow ended: ${text('exitReason') ?? 'no reason given'}`,
  }
  if (topic.endsWith('.flow.start')) return { word: 'started', ...facts }
  if (!topic.endsWith('.flow.end')) return null
  return { word: fields.transferType === 'RETURN_TO_AGENT' ? 'returned' : 'broke', ...facts }
}

/**
 * A flow that returned may have played the prompt or not: it returns after an error as well. Only one that ran as long
 * as the prompt is can have played it.
 */
export function judgeReturn(ranMs: number, durationMs: number): Verdict {
  if (ranToItsEnd(ranMs, durationMs)) return { state: 'completed', error: null }
  return { state: 'error', error: `the flow returned at ${Math.floor((100 * ranMs) / durationMs)} %` }
}

export interface FlowSession {
  readonly id: string
  /** The platform's word: PENDING, COMPLETED or FAILED. */
  readonly state: string
}

/** Of whom, and what the flow was told: by that a session is found whose id was lost with an answer. */
export interface SessionOf {
  readonly interactionId: string
  readonly participantId: string
  readonly userData: string
  readonly sessionId: string | null
}

export interface FlowSessions {
  /** Null: taken, but the answer does not name the session. */
  start(of: SessionOf): Promise<Answer<FlowSession | null>>
  /** Null: it could not be asked, or there is none (yet). */
  ask(of: SessionOf): Promise<FlowSession | null>
}

/** When a session was known to be under way: the flow cannot have run for less, nor for more than until now. */
export interface SessionSpan {
  readonly requestedAtMs: number
  readonly pendingFromMs: number | null
  readonly pendingUntilMs: number | null
  readonly durationMs: number
}

/** Null: it is still under way, or how long the flow ran was not seen closely enough to say. */
export function judgeSession(state: string, span: SessionSpan, nowMs: number): Verdict | null {
  if (state === 'FAILED') return { state: 'error', error: 'the secure session failed' }
  if (state !== 'COMPLETED') return null
  const { requestedAtMs, pendingFromMs, pendingUntilMs, durationMs } = span
  if (!ranToItsEnd(nowMs - requestedAtMs, durationMs)) return judgeReturn(nowMs - requestedAtMs, durationMs)
  if (pendingFromMs === null || pendingUntilMs === null) return null
  const ranMs = pendingUntilMs - pendingFromMs
  return ranToItsEnd(ranMs, durationMs) ? judgeReturn(ranMs, durationMs) : null
}

/** The session is asked every now and then, and once more when the prompt's length has passed: that is what proves it. */
export function nextPollMs(span: SessionSpan, pollEveryMs: number, nowMs: number): number {
  const { pendingFromMs, durationMs } = span
  const provesInMs = pendingFromMs === null ? Infinity : pendingFromMs + durationMs - nowMs
  return provesInMs > 0 ? Math.min(pollEveryMs, provesInMs) : pollEveryMs
}
