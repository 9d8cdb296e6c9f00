// The live call on in-memory ground: the test answers its reads, speaks for the platform and for the other panels.
import type { Conversation } from '../../../src/core/conversation'
import { answered, type Answer } from '../../../src/core/errors'
import type { PanelMessage } from '../../../src/core/panels'
import { createLive } from '../../../src/services/live'
import { createTestLocks } from '../../support/browser-ports'
import { agentLeg, conversation, myUserId, participant } from '../../support/factories'
import { createTestChance, createTestClock } from '../../support/ports'

const myTopic = `v2.users.${myUserId}.conversations.calls`
/** Among panels: what one of them has read. */
export const readTopic = `cueline.read.${myUserId}`
export const ended = (id: string) =>
  conversation({
    id,
    participants: [participant({ state: 'disconnected' }), agentLeg({ state: 'disconnected' })],
  })

export function setUp(conversationId: string | null = 'call-1') {
  const clock = createTestClock()
  const reads: string[] = []
  const topicListeners = new Set<(topic: string, body: unknown) => void>()
  const connectedListeners = new Set<(byAnother?: boolean) => void>()
  const fake = {
    nextCall: (): Promise<Answer<Conversation>> => Promise.resolve(answered(conversation())),
    nextCalls: (): Promise<Answer<readonly Conversation[]>> => Promise.resolve(answered([conversation()])),
  }
  const missed: string[] = []
  const told: PanelMessage[] = []
  const locks = createTestLocks()
  const live = createLive(
    {
      bus: { post: (message) => void told.push(message) },
      locks,
      missedBreak: () => void missed.push('break'),
      clock,
      chance: createTestChance(),
      conversations: {
        fetchCall(id) {
          reads.push(id)
          return fake.nextCall()
        },
        fetchMyCalls() {
          reads.push('mine')
          return fake.nextCalls()
        },
        fetchMyCallBodies() {
          reads.push('bodies')
          return fake.nextCalls()
        },
        writeAttributes: () => Promise.resolve(answered(undefined)),
        // The adapter's reading is tested with the adapter: here a frame's body is a conversation, or null.
        readCall: (body) => body as Conversation | null,
      },
      channel: {
        wire: {
          sendAndConfirm: () => Promise.resolve(true),
          addTopics: () => Promise.resolve([]),
          onTopic(listener) {
            topicListeners.add(listener)
            return () => topicListeners.delete(listener)
          },
          onMedia: () => () => undefined,
          onConnected(listener) {
            connectedListeners.add(listener)
            return () => connectedListeners.delete(listener)
          },
        },
      },
    },
    conversationId,
  )
  return {
    clock,
    reads,
    fake,
    live,
    missed,
    state: () => live.snapshot.value,
    frame: (body: Conversation | null, topic = myTopic) =>
      topicListeners.forEach((listener) => listener(topic, body)),
    told,
    locks,
    connected: (byAnother?: boolean) => connectedListeners.forEach((listener) => listener(byAnother)),
    listeners: () => topicListeners.size + connectedListeners.size,
  }
}
