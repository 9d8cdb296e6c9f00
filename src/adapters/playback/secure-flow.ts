// Backend "secure-flow": a secure IVR session on the customer's leg plays an Architect prompt. Uses only operations of
// the official SDK: POST/GET …/participants/{participantId}/secureivrsessions, and what the flow says of itself.
import * as v from 'valibot'
import type { Conversation } from '../../core/conversation'
import { answered, refused } from '../../core/errors'
import {
  flowAttribute,
  flowInvocation,
  flowTopics,
  readFlowAttribute,
  readFlowEvent,
  readSessionState,
} from '../../core/flow-progress'
import type { CallFeed, CarrierEvent, Clock, Platform, PlaybackBackend, Wire } from '../../core/ports'

const sessionBody = v.object({ id: v.string(), state: v.string() })
const path = '/api/v2/conversations/{conversationId}/participants/{participantId}/secureivrsessions'

export interface SecureFlowSettings {
  readonly flowId: string
  /** How often the session is asked when neither attributes nor flow events say anything. */
  readonly pollEveryMs: number
}

interface Running {
  readonly playbackId: string
  readonly interactionId: string
  readonly participantId: string
  sessionId: string | null
  heard: boolean
  undoPoll: (() => void) | null
}

export function createSecureFlow(
  ports: { platform: Platform; wire: Wire; calls: CallFeed; clock: Clock },
  settings: SecureFlowSettings,
): PlaybackBackend {
  const { platform, wire, calls, clock } = ports
  const listeners = new Set<(event: CarrierEvent) => void>()
  let running: Running | null = null

  function tell(event: Pick<CarrierEvent, 'playbackId' | 'state' | 'error'>): void {
    if (running === null || running.playbackId !== event.playbackId) return
    const { interactionId } = running
    if (event.state !== 'buffering') running.heard = true
    if (event.state === 'completed' || event.state === 'error') forget()
    for (const listener of [...listeners]) listener({ ...event, interactionId, url: null, carrierId: null })
  }

  function forget(): void {
    running?.undoPoll?.()
    running = null
  }

  function readAttributes({ id, participants }: Conversation): void {
    if (running === null || id !== running.interactionId) return
    for (const participant of participants) {
      const name = Object.keys(participant.attributes).find((key) => key.toLowerCase() === flowAttribute)
      const progress = readFlowAttribute(name === undefined ? null : (participant.attributes[name] ?? null))
      if (progress !== null) tell(progress)
    }
  }

  /** The last resort: asked only while the flow has said nothing itself. */
  function pollLater(of: Running): void {
    of.undoPoll = clock.after(settings.pollEveryMs, () => void poll(of))
  }

  async function poll(of: Running): Promise<void> {
    if (running !== of) return
    const { interactionId: conversationId, participantId, sessionId } = of
    const answer = await platform.request({
      method: 'GET',
      path: sessionId === null ? path : `${path}/{secureSessionId}`,
      pathParams: {
        conversationId,
        participantId,
        ...(sessionId === null ? {} : { secureSessionId: sessionId }),
      },
    })
    if (running !== of) return
    const session = answer.ok ? v.safeParse(sessionBody, answer.value.body) : null
    const progress = session?.success ? readSessionState(session.output.state) : null
    if (progress !== null) tell({ playbackId: of.playbackId, ...progress })
    else pollLater(of)
  }

  const undo = [
    calls.onConversation(readAttributes),
    wire.onTopic((topic, body) => {
      if (running === null || !flowTopics(running.interactionId).includes(topic)) return
      const progress = readFlowEvent(topic, body)
      if (progress !== null) tell({ playbackId: running.playbackId, ...progress })
    }),
  ]

  return {
    name: 'secure-flow',
    capabilities: {
      stop: false,
      medium: 'prompt',
      looksHeld: true,
      refusesMonitored: true,
      agentHears: 'no',
      recorded: 'no',
    },
    /** Flow events are a help, not a need: where they are refused, attributes and polling tell. */
    async watch(interactionId) {
      await wire.addTopics(flowTopics(interactionId))
      return answered(undefined)
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start({ playbackId, interactionId, participantId, promptKey, language }) {
      forget()
      const mine: Running = {
        playbackId,
        interactionId,
        participantId,
        sessionId: null,
        heard: false,
        undoPoll: null,
      }
      running = mine
      const userData = flowInvocation(promptKey, language, playbackId)
      const answer = await platform.request({
        method: 'POST',
        path,
        pathParams: { conversationId: interactionId, participantId },
        body: { flowId: settings.flowId, userData, disconnect: false },
      })
      if (!answer.ok) {
        const monitored = /more than one external participant/i.test(answer.refusal.message)
        if (!answer.refusal.mayHaveArrived) forget()
        return monitored ? refused({ ...answer.refusal, kind: 'monitored' }) : answer
      }
      const session = v.safeParse(sessionBody, answer.value.body)
      if (session.success) mine.sessionId = session.output.id
      if (running === mine && session.success) pollLater(mine)
      return answered({ carrierId: null })
    },
    adopt({ playbackId, interactionId, participantId }) {
      forget()
      running = { playbackId, interactionId, participantId, sessionId: null, heard: false, undoPoll: null }
      const conversation = calls.conversation()
      if (conversation !== null) readAttributes(conversation)
    },
    dispose() {
      forget()
      for (const off of undo) off()
      listeners.clear()
    },
  }
}
