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
  judgeReturn,
  readFlowEvent,
  readSessionState,
  type FlowWord,
} from '../../core/flow-progress'
import type {
  CallFeed,
  CarrierEvent,
  Clock,
  Platform,
  PlaybackBackend,
  StartRequest,
  Wire,
} from '../../core/ports'

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
  readonly durationMs: number
  /** When the flow was taken to have begun: its own word, else the platform's acceptance; null after a reload. */
  beganAtMs: number | null
  sessionId: string | null
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

  function hearFlow(of: Running, said: FlowWord): void {
    const { playbackId, beganAtMs, durationMs } = of
    if (said.word === 'started') {
      of.beganAtMs = clock.now()
      tell({ playbackId, state: 'buffering', error: null })
    } else if (said.word === 'broke') tell({ playbackId, state: 'error', error: said.why })
    else if (said.word === 'returned' && beganAtMs !== null)
      tell({ playbackId, ...judgeReturn(clock.now() - beganAtMs, durationMs) })
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
    if (session?.success) hearFlow(of, readSessionState(session.output.state))
    if (running === of) pollLater(of)
  }

  const undo = [
    calls.onConversation(readAttributes),
    wire.onTopic((topic, body) => {
      if (running === null || !flowTopics(running.interactionId).includes(topic)) return
      const said = readFlowEvent(topic, body)
      if (said !== null) hearFlow(running, said)
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
    async start({ playbackId, interactionId, participantId, promptKey, language, asset }) {
      forget()
      const mine = newRunning({ playbackId, interactionId, participantId, asset }, clock.now())
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
    adopt(request) {
      forget()
      running = newRunning(request, null)
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

function newRunning(
  request: Pick<StartRequest, 'playbackId' | 'interactionId' | 'participantId' | 'asset'>,
  beganAtMs: number | null,
): Running {
  const { playbackId, interactionId, participantId, asset } = request
  const { durationMs } = asset
  return { playbackId, interactionId, participantId, durationMs, beganAtMs, sessionId: null, undoPoll: null }
}
