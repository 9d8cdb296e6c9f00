// Backend "announcement-leg": an extra leg, dialled into the call, plays the prompt to both sides and hangs up. Uses only
// operations of the official SDK: POST/PATCH /api/v2/conversations/calls/{id}/participants.
import * as v from 'valibot'
import { isSameBut, type Conversation, type Participant } from '../../core/conversation'
import { answered, refused } from '../../core/errors'
import { findLeg, isCustomerAway, isLegOver, legRanMs, readLeg, sameAddress, type Leg } from '../../core/leg'
import type { CallFeed, CarrierEvent, Clock, Platform, PlaybackBackend } from '../../core/ports'

interface Running extends Leg {
  readonly playbackId: string
  readonly interactionId: string
  readonly requestedAtMs: number
  readonly durationMs: number
  participantId: string | null
  seenConnectedAtMs: number | null
  last: string | null
  stopping: boolean
  /** The customer was seen on hold while it played: the leg goes on, but they do not hear it. */
  unheard: boolean
}

const path = '/api/v2/conversations/calls/{conversationId}/participants'
/** What the platform answers to a dialled participant; of it only who is new, and under which address. */
const added = v.object({
  participants: v.array(v.looseObject({ id: v.string(), address: v.nullish(v.string()) })),
})
/** A leg that was not seen this long after its prompt should have ended will not be seen any more. */
const forgetAfterMs = 300_000

/** `asset.url` is the address that reaches the flow with the prompt. */
export function createAnnouncementLeg(ports: {
  platform: Platform
  calls: CallFeed
  clock: Clock
}): PlaybackBackend {
  const { platform, calls, clock } = ports
  const listeners = new Set<(event: CarrierEvent) => void>()
  /** Oldest first. More than one where an earlier one is unknown and the agent went on. */
  const running = new Map<string, Running>()
  let seen: Conversation | null = null

  function readLegs(conversation: Conversation): void {
    // The newest first: what appears now is what was asked for last.
    for (const of of [...running.values()].reverse()) {
      const participant = legOf(of, conversation)
      if (conversation.id !== of.interactionId) continue
      // Before it speaks a hold may come and go; from then on each leaves its mark.
      const isSilent = of.seenConnectedAtMs === null && (participant?.connectedAtMs ?? null) === null
      of.unheard = isCustomerAway(conversation) || (!isSilent && of.unheard)
      if (participant !== null) follow(of, participant, conversation)
    }
    seen = conversation
  }

  function legOf(of: Running, { id, participants }: Conversation): Participant | null {
    if (id !== of.interactionId) return null
    if (of.participantId !== null) return participants.find((p) => p.id === of.participantId) ?? null
    const taken = new Set([...running.values()].map(({ participantId }) => participantId))
    return findLeg(
      participants.filter((p) => !taken.has(p.id)),
      of,
    )
  }

  function follow(of: Running, participant: Participant, conversation: Conversation): void {
    of.participantId = participant.id
    const isNews = participant.state !== of.last
    // That it still speaks is said again: after a gap the playback was unknown.
    if (!isNews && participant.state !== 'connected') return
    of.last = participant.state
    const now = clock.now()
    if (participant.state === 'connected') of.seenConnectedAtMs ??= now
    const ranMs = legRanMs(participant, of.seenConnectedAtMs, now)
    const { playbackId, interactionId, durationMs, stopping, unheard } = of
    const event = readLeg(participant, { ranMs, durationMs, stopping, unheard }, conversation)
    if (isLegOver(participant)) running.delete(playbackId)
    if (event === null) return
    const { id } = participant
    // Until it speaks nothing of it can be missed.
    const late =
      isNews &&
      event.state !== 'buffering' &&
      seen !== null &&
      !isSameBut(seen, conversation, (p) => (p.id === id ? null : p))
    for (const listener of [...listeners])
      listener({ ...event, playbackId, interactionId, late, deduced: true, url: null, carrierId: id })
  }

  function take(of: Omit<Running, 'seenConnectedAtMs' | 'last' | 'stopping' | 'unheard'>): Running {
    for (const { playbackId, requestedAtMs, durationMs } of [...running.values()])
      if (clock.now() - requestedAtMs > durationMs + forgetAfterMs) running.delete(playbackId)
    running.delete(of.playbackId)
    const taken = { ...of, seenConnectedAtMs: null, last: null, stopping: false, unheard: false }
    running.set(of.playbackId, taken)
    return taken
  }

  function participantsOf(interactionId: string): readonly Participant[] {
    const conversation = calls.conversation()
    return conversation?.id === interactionId ? conversation.participants : []
  }

  const undo = calls.onConversation(readLegs)

  return {
    name: 'announcement-leg',
    capabilities: {
      stop: true,
      medium: 'address',
      looksHeld: false,
      refusesMonitored: false,
      agentHears: 'yes',
      recorded: 'yes',
    },
    /** The legs are seen on the conversation itself: nothing more to subscribe to. */
    watch: () => answered(undefined),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start({ playbackId, interactionId, asset }) {
      const { url: address, durationMs } = asset
      const before = new Set(participantsOf(interactionId).map((p) => p.id))
      const at = { requestedAtMs: clock.now(), sinceMs: -Infinity }
      const of = take({ playbackId, interactionId, address, durationMs, before, participantId: null, ...at })
      const answer = await platform.request({
        method: 'POST',
        path,
        pathParams: { conversationId: interactionId },
        body: { participants: [{ address }] },
      })
      if (!answer.ok) {
        if (!answer.refusal.mayHaveArrived) running.delete(playbackId)
        return answer
      }
      const body = v.safeParse(added, answer.value.body)
      const fresh = body.success ? body.output.participants.filter((p) => !before.has(p.id)) : []
      const ours = fresh.filter((p) => p.address && sameAddress(p.address, address))
      of.participantId ??= ours.length === 1 ? (ours[0]?.id ?? null) : null
      return answered({ carrierId: of.participantId })
    },
    adopt({ playbackId, interactionId, asset, requestedAtMs, carrierId }) {
      const { url: address, durationMs } = asset
      const before = new Set<string>()
      const at = { requestedAtMs, sinceMs: requestedAtMs, participantId: carrierId }
      take({ playbackId, interactionId, address, durationMs, before, ...at })
      const conversation = calls.conversation()
      if (conversation !== null) readLegs(conversation)
    },
    /** Ends our leg and only ours. */
    async stop(playbackId) {
      const of = running.get(playbackId)
      if (!of || of.participantId === null)
        return refused({ kind: 'not-found', message: 'the announcement is not in the call' })
      of.stopping = true
      const answer = await platform.request({
        method: 'PATCH',
        path: `${path}/{participantId}`,
        pathParams: { conversationId: of.interactionId, participantId: of.participantId },
        body: { state: 'disconnected' },
      })
      if (!answer.ok) {
        of.stopping = answer.refusal.mayHaveArrived
        return answer
      }
      const ranMs = of.seenConnectedAtMs === null ? 0 : clock.now() - of.seenConnectedAtMs
      // By the clock it had ended by itself, and nobody has said so: the leg will tell.
      if (running.has(playbackId) && ranMs >= of.durationMs)
        return refused({ kind: 'not-found', message: 'the announcement was over already' })
      return answered(undefined)
    },
    dispose() {
      undo()
      running.clear()
      listeners.clear()
    },
  }
}
