// The live call: which interaction the panel is about, kept true by notifications and by reading again after a gap.
import { toInteraction, type Conversation, type Interaction } from '../core/conversation'
import type { Refusal } from '../core/errors'
import { callsTopic } from '../core/notification'
import type { Bus, CallFeed, Chance, Clock, Conversations, Locks } from '../core/ports'
import { decideRetry } from '../core/retry'
import type { Channel } from './channel'
import { createSnapshot } from './snapshot'

export interface LiveState {
  readonly status: 'loading' | 'ready' | 'no-call' | 'refused'
  readonly interaction: Interaction | null
  /** The same, with all its participants, for carriers that work on legs. */
  readonly conversation: Conversation | null
  readonly refusal: Refusal | null
}

export interface LivePorts {
  readonly conversations: Conversations
  readonly channel: Pick<Channel, 'wire'>
  readonly clock: Clock
  readonly chance: Chance
  readonly bus: Pick<Bus, 'post'>
  readonly locks: Pick<Locks, 'tryHold'>
  /** Reading found the call broken before any frame said so: when it broke was not seen. */
  missedBreak(): void
}

/** What was asked ahead is an old truth after this time. */
const aheadMs = 5_000

const lockName = 'cueline.reading'
/** Among panels only: the calls of this user as one of them has read them. */
const readTopic = (userId: string) => `cueline.read.${userId}`
/** By then what one panel has read has reached all; whose call was not among it reads for itself, spread over as long again. */
const togetherMs = 4_000

/** `conversationId` fixes the interaction (a widget's frame); null follows whatever call the agent has. */
export function createLive(ports: LivePorts, conversationId: string | null) {
  const { conversations, channel, clock, chance, bus, locks } = ports
  const snapshot = createSnapshot<LiveState>({
    status: 'loading',
    interaction: null,
    conversation: null,
    refusal: null,
  })
  let undoRetry: (() => void) | null = null
  let readings = 0
  /** Asked for while it was still unknown who is signed in. */
  let ahead: { readonly answer: ReturnType<typeof fetchCalls>; readonly atMs: number } | null = null
  let userId = ''

  /** Another panel may be reading for this one. */
  let awaits = false

  /** A frame is the newest truth, whatever a read that is still under way will answer. */
  const undo = [
    channel.wire.onTopic((topic, body) => {
      if (userId === '') return
      // What another panel has read is older than a frame that came since.
      if (topic === callsTopic(userId) || (topic === readTopic(userId) && awaits)) hear(body)
    }),
    channel.wire.onConnected((byAnother) => {
      if (userId) void (byAnother ? readTogether() : read(1))
    }),
  ]

  const fetchCalls = () =>
    conversationId === null ? conversations.fetchMyCalls() : conversations.fetchCall(conversationId)

  function hear(body: unknown): void {
    const call = conversations.readCall(body)
    if (call === null) return
    const current = snapshot.value.interaction
    const wanted =
      conversationId ?? (current !== null && current.callState !== 'ended' ? current.id : call.id)
    if (call.id !== wanted) return
    readings += 1
    if (!awaits) return accept(call)
    awaits = false
    undoRetry?.()
    acceptFirstLive([call])
  }

  /** After a gap of all panels: one of them reads the agent's calls and tells the others, as if the platform had. */
  async function readTogether(): Promise<void> {
    awaits = true
    undoRetry?.()
    undoRetry = clock.after(togetherMs * (1 + chance.number()), () => void read(1))
    const release = await locks.tryHold(lockName)
    if (release === null) return
    const answer = await conversations.fetchMyCallBodies()
    for (const body of answer.ok ? answer.value : []) {
      bus.post({ kind: 'topic', topic: readTopic(userId), body })
      if (awaits) hear(body)
    }
    release()
  }

  async function read(attempt: number): Promise<void> {
    readings += 1
    const mine = readings
    awaits = false
    undoRetry?.()
    const asked = ahead && clock.now() - ahead.atMs < aheadMs ? ahead.answer : fetchCalls()
    ahead = null
    const answer = await asked
    if (mine !== readings) return
    if (answer.ok) {
      const calls = Array.isArray(answer.value)
        ? (answer.value as readonly Conversation[])
        : [answer.value as Conversation]
      return acceptFirstLive(calls)
    }
    const again = decideRetry(answer.refusal, 'read', attempt, chance.number())
    if (again.again) undoRetry = clock.after(again.afterMs, () => void read(attempt + 1))
    if (snapshot.value.status !== 'ready') snapshot.patch({ status: 'refused', refusal: answer.refusal })
  }

  function acceptFirstLive(calls: readonly Conversation[]): void {
    const live = calls.find((call) => toInteraction(call, userId).callState !== 'ended') ?? calls[0]
    const before = snapshot.value.interaction
    const wasConnected = before?.callState === 'connected' && before.id === live?.id
    if (live && wasConnected && toInteraction(live, userId).callState !== 'connected') ports.missedBreak()
    if (live) accept(live)
    else snapshot.set({ status: 'no-call', interaction: null, conversation: null, refusal: null })
  }

  function accept(call: Conversation): void {
    snapshot.set({
      status: 'ready',
      interaction: toInteraction(call, userId),
      conversation: call,
      refusal: null,
    })
  }

  const feed: CallFeed = {
    conversation: () => snapshot.value.conversation,
    onConversation: (listener) =>
      snapshot.subscribe(({ conversation }) => conversation !== null && listener(conversation)),
  }

  return {
    snapshot,
    feed,
    /** As soon as there is a token: nothing is shown of it before `begin` says whose it is. */
    readAhead(): void {
      ahead = { answer: fetchCalls(), atMs: clock.now() }
    },
    /**
     * The first read does not wait for the channel: whichever is first, the later one replaces it. `isLate`: another panel has the
     * channel. Its frames were not heard until now, and no new connection will have this panel read again: what was asked ahead is old.
     */
    begin(ofUserId: string, isLate = false): Promise<void> {
      userId = ofUserId
      if (isLate) ahead = null
      return read(1)
    },
    read: () => read(1),
    dispose() {
      // A read that is still under way must not begin anything any more.
      readings += 1
      undoRetry?.()
      for (const off of undo) off()
    },
  }
}
