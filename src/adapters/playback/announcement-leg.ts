// Backend "announcement-leg": an extra leg, dialled into the call, plays the prompt to both sides and hangs up. Uses only
// operations of the official SDK: POST/PATCH /api/v2/conversations/calls/{id}/participants.
import type { Conversation } from '../../core/conversation'
import { answered, refused } from '../../core/errors'
import { findLeg, readLeg, type Leg } from '../../core/leg'
import type { CallFeed, CarrierEvent, Clock, Platform, PlaybackBackend } from '../../core/ports'

interface Running extends Leg {
  readonly playbackId: string
  readonly interactionId: string
  participantId: string | null
  connectedAtMs: number | null
  last: string | null
}

/** `asset.url` is the address that reaches the flow with the prompt. */
export function createAnnouncementLeg(ports: {
  platform: Platform
  calls: CallFeed
  clock: Clock
}): PlaybackBackend {
  const { platform, calls, clock } = ports
  const listeners = new Set<(event: CarrierEvent) => void>()
  let running: Running | null = null

  function readLegs(conversation: Conversation): void {
    const of = running
    if (of === null || conversation.id !== of.interactionId) return
    const participant = findLeg(conversation, of)
    if (participant === null || participant.state === of.last) return
    of.last = participant.state
    of.participantId = participant.id
    if (participant.state === 'connected') of.connectedAtMs ??= clock.now()
    const ranMs = of.connectedAtMs === null ? null : clock.now() - of.connectedAtMs
    const event = readLeg(participant, ranMs, of)
    if (event === null) return
    if (event.state === 'completed' || event.state === 'error') running = null
    const { playbackId, interactionId } = of
    for (const listener of [...listeners])
      listener({ ...event, playbackId, interactionId, url: null, carrierId: participant.id })
  }

  function take(
    playbackId: string,
    interactionId: string,
    address: string,
    durationMs: number,
    before: Iterable<string>,
  ): void {
    running = {
      playbackId,
      interactionId,
      address,
      durationMs,
      before: new Set(before),
      participantId: null,
      connectedAtMs: null,
      last: null,
    }
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
    watch: () => Promise.resolve(answered(undefined)),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start({ playbackId, interactionId, asset }) {
      const before = calls.conversation()?.participants.map((p) => p.id) ?? []
      take(playbackId, interactionId, asset.url, asset.durationMs, before)
      const answer = await platform.request({
        method: 'POST',
        path: '/api/v2/conversations/calls/{conversationId}/participants',
        pathParams: { conversationId: interactionId },
        body: { participants: [{ address: asset.url }] },
      })
      if (answer.ok) return answered({ carrierId: null })
      if (!answer.refusal.mayHaveArrived) running = null
      return answer
    },
    /** Legs that were there before the request ended long ago or began earlier: our own is the newest with its address. */
    adopt({ playbackId, interactionId, asset, requestedAtMs }) {
      const conversation = calls.conversation()
      const older =
        conversation?.participants.filter((p) => (p.connectedAtMs ?? requestedAtMs) < requestedAtMs) ?? []
      take(
        playbackId,
        interactionId,
        asset.url,
        asset.durationMs,
        older.map((p) => p.id),
      )
      if (conversation !== null) readLegs(conversation)
    },
    /** Ends our leg and only ours. */
    async stop(playbackId) {
      const of = running
      if (of === null || of.playbackId !== playbackId || of.participantId === null) {
        return refused({ kind: 'not-found', message: 'the announcement is not in the call' })
      }
      const answer = await platform.request({
        method: 'PATCH',
        path: '/api/v2/conversations/calls/{conversationId}/participants/{participantId}',
        pathParams: { conversationId: of.interactionId, participantId: of.participantId },
        body: { state: 'disconnected' },
      })
      if (!answer.ok) return answer
      running = null
      return answered(undefined)
    },
    dispose() {
      undo()
      listeners.clear()
    },
  }
}
