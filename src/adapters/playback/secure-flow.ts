// Backend "secure-flow": a secure IVR session on the customer's leg plays an Architect prompt. What became of it the flow
// says by participant attributes, else the platform by flow events, else the session when it is asked.
import { isSameBut, type Conversation } from '../../core/conversation'
import { answered, refused } from '../../core/errors'
import {
  flowAttribute,
  flowInvocation,
  flowTopics,
  judgeReturn,
  judgeSession,
  nextPollMs,
  readFlowAttribute,
  readFlowEvent,
  withoutWord,
  type FlowEvent,
  type FlowSessions,
} from '../../core/flow-progress'
import type { CallFeed, CarrierEvent, Clock, PlaybackBackend, StartRequest, Wire } from '../../core/ports'

export interface SecureFlowSettings {
  readonly flowId: string
  /** How often the session is asked when neither attributes nor flow events say anything. */
  readonly pollEveryMs: number
}

interface Running {
  readonly playbackId: string
  readonly interactionId: string
  readonly participantId: string
  readonly userData: string
  readonly durationMs: number
  readonly requestedAtMs: number
  sessionId: string | null
  pendingFromMs: number | null
  pendingUntilMs: number | null
  /** What it said last by attributes. */
  spoke: CarrierEvent['state'] | null
  /** The flow's participant, once its start was heard. */
  legId: string | null
  undoPoll: (() => void) | null
}

/** A session that says nothing for so long after its prompt should have ended will not say anything any more. */
const forgetAfterMs = 120_000
/** The flow says its last word before the customer is back: until then the platform takes no second session. */
const wayBackMs = 3_000
const askAgainMs = 400
/** How far the platform's clock may be behind ours. */
const clockSkewMs = 2_000

export function createSecureFlow(
  ports: { sessions: FlowSessions; wire: Wire; calls: CallFeed; clock: Clock },
  settings: SecureFlowSettings,
): PlaybackBackend {
  const { sessions, wire, calls, clock } = ports
  const listeners = new Set<(event: CarrierEvent) => void>()
  /** Oldest first. More than one where an earlier one is unknown and the agent went on. */
  const running = new Map<string, Running>()
  /** Participants of flows that are over: what is said of them again is old. */
  const pastLegs = new Set<string>()
  let endedAtMs = -Infinity
  let seen: Conversation | null = null
  /** The interaction whose flow events were asked for: the channel asks again by itself. */
  let followed: string | null = null

  function tell(of: Running, { state, error }: Pick<CarrierEvent, 'state' | 'error'>, late = false): void {
    const { playbackId, interactionId } = of
    if (running.get(playbackId) !== of) return
    if (state === 'completed' || state === 'error') {
      forget(of)
      endedAtMs = clock.now()
    }
    for (const listener of [...listeners])
      listener({ playbackId, interactionId, state, error, late, url: null, carrierId: null })
  }

  function forget(of: Running): void {
    of.undoPoll?.()
    if (of.legId !== null) pastLegs.add(of.legId)
    running.delete(of.playbackId)
  }

  function readAttributes(conversation: Conversation): void {
    const { id, participants } = conversation
    // A view in which more than the flow's word is new comes after one that was not seen.
    const late = seen !== null && !isSameBut(seen, conversation, withoutWord)
    seen = conversation
    for (const participant of participants) {
      const name = Object.keys(participant.attributes).find((key) => key.toLowerCase() === flowAttribute)
      const said = readFlowAttribute(name === undefined ? null : (participant.attributes[name] ?? null))
      const of = running.get(said?.playbackId ?? '')
      if (said === null || of === undefined || of.interactionId !== id) continue
      // It speaks for itself: it is asked only in case its end is not heard.
      if (said.state === 'playing' && of.spoke === null) pollAfter(of, of.durationMs)
      tell(of, said, late && of.spoke !== said.state)
      of.spoke = said.state
    }
  }

  /** By the flow's participant; where its start was not heard, the newest that it can be about. */
  function meant(event: FlowEvent, interactionId: string): Running | null {
    const { legId, flowId, word, atMs, ranMs } = event
    if (flowId !== null && flowId !== settings.flowId) return null
    const here = [...running.values()].filter((of) => of.interactionId === interactionId).reverse()
    const named = here.find((of) => legId !== null && of.legId === legId)
    if (named || (legId !== null && pastLegs.has(legId))) return named ?? null
    const began = word === 'started' ? atMs : atMs !== null && ranMs !== null ? atMs - ranMs : null
    return (
      here.find((of) => of.legId === null && (began ?? Infinity) >= of.requestedAtMs - clockSkewMs) ?? null
    )
  }

  function hearFlow(of: Running, event: FlowEvent): void {
    of.legId ??= event.legId
    if (event.word === 'started') tell(of, { state: 'buffering', error: null })
    else if (event.word === 'broke') tell(of, { state: 'error', error: event.why })
    else if (event.ranMs !== null) tell(of, judgeReturn(event.ranMs, of.durationMs))
  }

  function pollAfter(of: Running, afterMs: number): void {
    of.undoPoll?.()
    of.undoPoll = clock.after(afterMs, () => void poll(of))
  }

  function pollOn(of: Running): void {
    if (running.get(of.playbackId) !== of) return
    if (clock.now() - of.requestedAtMs > of.durationMs + forgetAfterMs) forget(of)
    else pollAfter(of, nextPollMs(of, settings.pollEveryMs, clock.now()))
  }

  async function poll(of: Running): Promise<void> {
    const askedAtMs = clock.now()
    const session = await sessions.ask(of)
    if (running.get(of.playbackId) !== of) return
    if (session !== null) {
      of.sessionId = session.id
      const verdict = judgeSession(session.state, of, clock.now())
      if (verdict !== null) return tell(of, verdict, true)
      // It is over, and nobody saw how long it took: there is nothing more to ask.
      if (session.state !== 'PENDING') return
      of.pendingFromMs ??= clock.now()
      of.pendingUntilMs = askedAtMs
      tell(of, { state: 'buffering', error: null })
    }
    pollOn(of)
  }

  function take(request: Omit<StartRequest, 'volume'>, requestedAtMs: number): Running {
    const { playbackId, interactionId, participantId, promptKey, language, asset } = request
    const earlier = running.get(playbackId)
    if (earlier) forget(earlier)
    const userData = flowInvocation(promptKey, language, playbackId)
    const unseen = { pendingFromMs: null, pendingUntilMs: null, legId: null, sessionId: null, undoPoll: null }
    const { durationMs } = asset
    const of = {
      playbackId,
      interactionId,
      participantId,
      userData,
      durationMs,
      requestedAtMs,
      spoke: null,
      ...unseen,
    }
    running.set(playbackId, of)
    return of
  }

  const undo = [
    calls.onConversation(readAttributes),
    wire.onTopic((topic, body) => {
      const interactionId = [...running.values()]
        .map((of) => of.interactionId)
        .find((id) => flowTopics(id).includes(topic))
      const event = interactionId === undefined ? null : readFlowEvent(topic, body)
      const of = event && meant(event, interactionId ?? '')
      if (of) hearFlow(of, event)
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
    watch(interactionId) {
      if (interactionId === followed) return answered(undefined)
      return wire.addTopics(flowTopics(interactionId)).then(() => {
        followed = interactionId
        return answered(undefined)
      })
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start(request) {
      const of = take(request, clock.now())
      const answer = await sessions.start(of)
      if (running.get(of.playbackId) === of) {
        if (answer.ok) {
          of.sessionId = answer.value?.id ?? null
          of.pendingFromMs ??= clock.now()
        }
        if (answer.ok) pollOn(of)
        else if (answer.refusal.mayHaveArrived) pollAfter(of, 0)
        else forget(of)
      }
      if (answer.ok) return answered({ carrierId: answer.value?.id ?? null })
      const onItsWay = answer.refusal.kind === 'conflict' && clock.now() - endedAtMs < wayBackMs
      return onItsWay
        ? refused({ ...answer.refusal, kind: 'rate-limited', retryAfterMs: askAgainMs })
        : answer
    },
    adopt(request) {
      const of = take(request, request.requestedAtMs)
      of.sessionId = request.carrierId
      const conversation = calls.conversation()
      if (conversation !== null) readAttributes(conversation)
      if (running.get(of.playbackId) === of) pollAfter(of, 0)
    },
    dispose() {
      for (const of of [...running.values()]) forget(of)
      for (const off of undo) off()
      listeners.clear()
    },
  }
}
