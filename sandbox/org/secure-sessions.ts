// Secure IVR sessions: the customer's leg leaves for a flow that plays a prompt, and comes back.
import type { Models } from 'purecloud-platform-client-v2'
import { customerOf, deafness, isOver } from './call-facts'
import type { Calls, LiveCall } from './calls'
import type { Clock } from './clock'
import { createFlowEvents, type FlowEnd } from './flow-events'
import type { SandboxConversation } from './media-contract'
import { monitorOf } from './monitoring'
import { type FlowProgress, planOf, progressAttribute, progressText, promptFlow } from './prompt-flow'
import type { PlayTroubles } from './play-troubles'
import type { Random } from './random'
import type { Settings } from './settings'
import { badRequest, notFound, Refusal } from './refusal'
import { enterSecurePart, flowParticipant } from './secure-part'
import type { Sounds } from './sounds'

/** From the request until the flow runs, and from its last word until the customer is back. */
const wayInMs = 250
const wayOutMs = 100

type SessionModel = Models.SecureSession & { id: string; state: 'PENDING' | 'COMPLETED' | 'FAILED' }

interface Session {
  model: SessionModel
  call: LiveCall
  playbackId: string
  flow: {
    legId: string
    startedAtMs: number
    look: Settings['secureLook']
    comeBack: ReturnType<typeof enterSecurePart>
  } | null
  isSounding: boolean
  undo: () => void
}

export interface SecureSessions {
  /** Refuses what the platform refuses: an unknown flow, a monitored call, a customer who is elsewhere. */
  create(call: LiveCall, participantId: string, wish: Models.CreateSecureSession): SessionModel
  of(call: LiveCall, participantId: string): SessionModel[]
  callChanged(call: LiveCall): void
  reset(): void
}

interface SecureSessionsParts {
  clock: Clock
  random: Random
  origin: string
  calls: Calls
  sounds: Sounds
  flowAttributes(): boolean
  secureLook(): Settings['secureLook']
  /** What waits to go wrong in a call. */
  failure(interactionId: string): PlayTroubles['failure']
  publish(topic: string, eventBody: unknown): void
  /** A published secure flow of the organisation. */
  findFlow(id: string): { id: string; name: string } | undefined
}

export function createSecureSessions(parts: SecureSessionsParts): SecureSessions {
  const { clock, random, calls, sounds } = parts
  const sessions = new WeakMap<LiveCall, { participantId: string; session: Session }[]>()
  const running = new Set<Session>()
  const events = createFlowEvents(parts)

  const time = (): string => new Date(clock.now()).toISOString()
  const later = (session: Session, delayMs: number, run: (session: Session) => void): void => {
    session.undo = clock.after(delayMs, () => run(session))
  }
  const tell = ({ call, playbackId }: Session, progress: FlowProgress, reason?: string): void => {
    if (!parts.flowAttributes()) return
    const text = progressText(playbackId, progress, reason)
    calls.mergeAttributes(call.conversation.id, idOf(call.conversation), { [progressAttribute]: text })
  }
  const silence = (session: Session, reason: string): void => {
    if (!session.isSounding) return
    session.isSounding = false
    sounds.ended(session.model.id, reason)
  }

  const begin = (session: Session): void => {
    const { call, model } = session
    const { conversation } = call
    const leg = flowParticipant(random.id(), promptFlow.name, conversation, time())
    const startedAtMs = clock.now()
    const legId = leg.id ?? ''
    const look = parts.secureLook()
    // Whoever was on hold before hears nothing of the flow; whoever only looks so afterwards does.
    const deaf = deafness(conversation)
    calls.update(call, () => {
      session.flow = { legId, startedAtMs, look, comeBack: enterSecurePart(conversation, leg, look) }
    })
    events.started(call, legId, model.id)
    const plan = planOf(model.userData ?? '')
    session.playbackId = plan.playbackId
    if ('failure' in plan) return fail(session, plan.failure)
    if (deaf) return fail(session, deaf)
    tell(session, 'playing')
    session.isSounding = true
    const { durationMs, path } = plan.recording
    sounds.started(
      {
        id: model.id,
        interactionId: call.conversation.id,
        url: `${parts.origin}${path}`,
        volume: 1,
        backend: 'secure-flow',
        heardBy: ['customer'],
        isRecorded: false,
      },
      durationMs,
    )
    const trouble = parts.failure(call.conversation.id)
    if (trouble === null) later(session, durationMs, complete)
    else later(session, Math.min(trouble.afterMs, durationMs), () => fail(session, trouble.error))
  }
  const complete = (session: Session): void => {
    silence(session, 'completed')
    tell(session, 'completed')
    later(session, wayOutMs, () => goBack(session, 'COMPLETED'))
  }
  /** The flow meets what it cannot do, says so, and returns the customer all the same. */
  const fail = (session: Session, reason: string): void => {
    session.undo()
    silence(session, reason)
    tell(session, 'failed', reason)
    later(session, wayOutMs, () => goBack(session, 'FAILED'))
  }
  const goBack = (session: Session, state: 'COMPLETED' | 'FAILED'): void => {
    const { call, model } = session
    const hangsUp = model.disconnect === true && state === 'COMPLETED'
    finish(session, state, hangsUp ? 'FLOW_DISCONNECT' : 'TRANSFER')
    if (hangsUp)
      calls.changeParticipant(call.conversation.id, idOf(call.conversation), { disconnected: true })
  }
  const finish = (session: Session, state: 'COMPLETED' | 'FAILED', exit: FlowEnd): void => {
    const { call, flow, model } = session
    running.delete(session)
    session.undo()
    model.state = state
    if (!flow) return
    calls.update(call, (conversation) => flow.comeBack(conversation, time()))
    events.ended(call, flow.legId, model.id, exit, clock.now() - flow.startedAtMs)
  }
  const runningIn = (call: LiveCall): Session | undefined =>
    [...running].find((session) => session.call === call)

  return {
    create(call, participantId, { flowId, userData, sourceParticipantId, disconnect }) {
      const flow = parts.findFlow(flowId)
      if (!flow) throw notFound('flow', flowId)
      requireReady(call.conversation, participantId)
      if (runningIn(call)) {
        throw new Refusal(409, 'conflict', 'A secure session is already in progress in the conversation.')
      }
      const id = random.id()
      const model: SessionModel = {
        id,
        flow: { id: flow.id, name: flow.name, selfUri: `/api/v2/flows/${flow.id}` },
        userData,
        state: 'PENDING',
        sourceParticipantId,
        disconnect: disconnect ?? false,
        selfUri: `${sessionsUri(call.conversation.id, participantId)}/${id}`,
      }
      const session: Session = {
        model,
        call,
        playbackId: '',
        flow: null,
        isSounding: false,
        undo: () => undefined,
      }
      sessions.set(call, [...(sessions.get(call) ?? []), { participantId, session }])
      running.add(session)
      later(session, wayInMs, begin)
      return { ...model }
    },
    of: (call, participantId) =>
      (sessions.get(call) ?? [])
        .filter((entry) => entry.participantId === participantId)
        .map(({ session }) => ({ ...session.model })),
    callChanged(call) {
      const session = runningIn(call)
      if (!session) return
      if (isOver(call.conversation)) {
        silence(session, 'participant_disconnected')
        finish(session, 'FAILED', 'DISCONNECT')
      } else if (session.isSounding && session.flow?.look === 'as before' && deafness(call.conversation)) {
        fail(session, 'participant_held')
      }
    },
    reset() {
      for (const session of running) {
        session.undo()
        silence(session, 'sandbox_reset')
      }
      running.clear()
    },
  }
}

const sessionsUri = (conversationId: string, participantId: string): string =>
  `/api/v2/conversations/${conversationId}/participants/${participantId}/secureivrsessions`

const idOf = (conversation: SandboxConversation): string => customerOf(conversation).id ?? ''

function requireReady(conversation: SandboxConversation, participantId: string): void {
  const customer = customerOf(conversation)
  if (customer.id !== participantId) {
    throw badRequest('A secure session is possible only for the external participant of the conversation.')
  }
  if (customer.state !== 'connected') throw badRequest('The participant is not connected.')
  const isExternal = ({ purpose, state }: { purpose?: string; state?: string }): boolean =>
    purpose === 'external' && state !== 'disconnected'
  if (monitorOf(conversation) || conversation.participants.some(isExternal)) {
    const message = 'More than one external participant is connected to the conversation'
    throw new Refusal(409, 'conflict', message)
  }
}
