// What the platform tells of a flow's start and end, to those who may follow it.
import type { Models } from 'purecloud-platform-client-v2'
import { customerOf } from './call-facts'
import type { LiveCall } from './calls'
import type { Clock } from './clock'
import { promptFlow } from './prompt-flow'

/** How a flow was left: back to the agent, by its own hanging up, or because the caller was gone. */
export type FlowEnd = 'TRANSFER' | 'FLOW_DISCONNECT' | 'DISCONNECT'

type Started = Models.FlowStartDetailEventTopicFlowStartEvent
type Ended = Models.FlowEndDetailEventTopicFlowEndEvent

export interface FlowEvents {
  started(call: LiveCall, participantId: string, sessionId: string): void
  ended(call: LiveCall, participantId: string, sessionId: string, exit: FlowEnd, lengthMs: number): void
}

interface FlowEventsParts {
  clock: Clock
  publish(topic: string, eventBody: unknown): void
}

export function createFlowEvents({ clock, publish }: FlowEventsParts): FlowEvents {
  const common = ({ conversation }: LiveCall, participantId: string, sessionId: string): Started => {
    const { direction, ani, dnis } = customerOf(conversation)
    return {
      eventTime: clock.now(),
      conversationId: conversation.id,
      participantId,
      sessionId,
      mediaType: 'VOICE',
      provider: 'Edge',
      direction: direction?.toUpperCase(),
      ani,
      dnis,
      flowType: promptFlow.type,
      flowId: promptFlow.id,
      flowVersion: '1.0',
    }
  }
  return {
    started(call, participantId, sessionId) {
      publish(flowTopic(call.conversation.id, 'start'), common(call, participantId, sessionId))
    },
    ended(call, participantId, sessionId, exit, lengthMs) {
      const event: Ended = {
        ...common(call, participantId, sessionId),
        connectedDurationMs: lengthMs,
        disconnectType: disconnectTypes[exit],
        exitReason: exit,
        ...(exit === 'TRANSFER' ? { transferType: 'RETURN_TO_AGENT' } : {}),
      }
      publish(flowTopic(call.conversation.id, 'end'), event)
    },
  }
}

const disconnectTypes: Record<FlowEnd, string> = {
  TRANSFER: 'TRANSFER',
  FLOW_DISCONNECT: 'CLIENT',
  DISCONNECT: 'PEER',
}

const flowTopic = (conversationId: string, moment: 'start' | 'end'): string =>
  `v2.detail.events.conversation.${conversationId}.flow.${moment}`
