// A team over fake ports: a directory of any size, channels that refuse what the test says, sockets that open at once.
import type { Activity } from '../../../src/core/agent'
import { encodeNote, type BadgeNote } from '../../../src/core/badge-note'
import type { Conversation } from '../../../src/core/conversation'
import { answered, refused, type Answer } from '../../../src/core/errors'
import { callsTopic, pingFrame } from '../../../src/core/notification'
import type { Channels, RefusedTopic } from '../../../src/core/ports'
import type { Directory, Person } from '../../../src/core/team-ports'
import type { Circle, TeamRow } from '../../../src/core/team'
import type { SessionState } from '../../../src/services/session'
import { createSnapshot } from '../../../src/services/snapshot'
import { createTeam } from '../../../src/services/team'
import { createTestKept, createTestStorage } from '../../support/browser-ports'
import { agentLeg, participant } from '../../support/factories'
import { pongFrame } from '../../support/frames'
import { createTestChance, createTestClock, createTestSockets, settled } from '../../support/ports'

export const team: Circle = { kind: 'team', id: 'team-1', name: 'North' }
export const queue: Circle = { kind: 'queue', id: 'queue-1', name: 'Claims' }

export const userIdOf = (index: number): string => `user-${index}`

export function callOf(userId: string, note: BadgeNote | null, of: object = {}): Conversation {
  const attributes: Record<string, string> = note === null ? {} : { 'cueline.badge': encodeNote(note) }
  const leg = agentLeg({ id: `leg-${userId}`, userId, attributes, ...of })
  return { id: `call-${userId}`, participants: [participant(), leg] }
}

export function noteAt(atMs: number, of: Partial<BadgeNote> = {}): BadgeNote {
  const plays = { playbackId: 'p1', state: 'playing', promptKey: 'welcome', language: 'en' } as const
  return { ...plays, startedAtMs: atMs, durationMs: 30_000, atMs, ...of }
}

/** What outlives a reload. */
export function createTeamBrowser() {
  return { clock: createTestClock(1_000_000), kept: createTestKept(), storage: createTestStorage() }
}

export function setUp(size: number, browser = createTeamBrowser()) {
  const sockets = createTestSockets()
  const { clock, kept, storage } = browser
  let made = 0
  const subscribed: { channelId: string; topics: readonly string[] }[] = []
  const facts = {
    circles: [team, queue] as readonly Circle[],
    refusesTopic: (_topic: string): string | null => null,
    activityOf: (_userId: string): Activity | null => ({ busy: false, sinceMs: null }),
    calls: new Map<string, Conversation>(),
    members: (): Promise<Answer<readonly string[]>> =>
      Promise.resolve(answered(Array.from({ length: size }, (_, index) => userIdOf(index)))),
    people: (userIds: readonly string[]): Promise<Answer<readonly Person[]>> =>
      Promise.resolve(
        answered(
          userIds.map((userId) => ({
            userId,
            name: `Agent ${userId}`,
            pictureUrl: null,
            activity: facts.activityOf(userId),
          })),
        ),
      ),
  }
  const asked = { people: [] as number[], calls: [] as string[], refusedTokens: 0 }
  const channels: Channels = {
    createChannel() {
      made += 1
      return Promise.resolve(answered({ id: `channel-${made}`, connectUri: `wss://x.example/${made}` }))
    },
    subscribe(channelId, topics) {
      subscribed.push({ channelId, topics })
      const refusals = topics.flatMap((topic): RefusedTopic[] => {
        const reason = facts.refusesTopic(topic)
        return reason === null ? [] : [{ topic, reason }]
      })
      return Promise.resolve(answered(refusals))
    },
  }
  const directory: Directory = {
    fetchCircles: () => Promise.resolve({ circles: facts.circles, refusals: [] }),
    fetchMembers: () => facts.members(),
    fetchPeople(userIds) {
      asked.people.push(userIds.length)
      return facts.people(userIds)
    },
    readActivity: (body) => body as Activity,
  }
  const session = createSnapshot<SessionState>({ status: 'starting' })
  const service = createTeam({
    clock,
    kept,
    storage,
    chance: createTestChance(),
    channels,
    directory,
    openSocket: sockets.openSocket,
    conversations: {
      fetchCall(id) {
        asked.calls.push(id)
        const call = facts.calls.get(id)
        return Promise.resolve(call ? answered(call) : refused({ kind: 'forbidden', message: 'not yours' }))
      },
      readCall: (body) => body as Conversation,
    },
    session: { snapshot: session, refused: () => void (asked.refusedTokens += 1) },
  })
  const changes: TeamRow[] = []
  service.onRow((row) => changes.push(row))
  /** Opens all sockets that wait, as a platform that is there does. */
  const connect = async () => {
    await settled()
    for (const socket of sockets.all.filter(({ isOpen, closed }) => !isOpen && !closed)) {
      socket.isOpen = true
      socket.listener.open()
    }
    for (let turn = 0; turn < 40; turn += 1) await settled()
  }
  return {
    service,
    facts,
    asked,
    clock,
    sockets,
    subscribed,
    changes,
    connect,
    async start() {
      session.set({
        status: 'signed-in',
        identity: { userId: userIdOf(0), name: 'Ada', scopes: null },
        renewalDue: false,
      })
      await connect()
      await clock.advance(250)
    },
    /** A frame of this topic, on the socket that carries it. */
    say(topic: string, body: unknown) {
      sockets.all
        .find(({ isOpen }) => isOpen)
        ?.listener.message(JSON.stringify({ topicName: topic, version: '2', eventBody: body }))
    },
    tell: (call: Conversation, userId: string) =>
      sockets.all
        .find(({ isOpen }) => isOpen)
        ?.listener.message(JSON.stringify({ topicName: callsTopic(userId), version: '2', eventBody: call })),
    breakAll() {
      for (const socket of sockets.all.filter(({ isOpen }) => isOpen)) {
        socket.isOpen = false
        socket.listener.closed()
      }
    },
    /** Time goes by on connections that live: the platform answers their pings. */
    async idle(ms: number) {
      for (let left = ms; left > 0; left -= 1_000) {
        await clock.advance(Math.min(1_000, left))
        for (const socket of sockets.all.filter(({ isOpen }) => isOpen))
          for (const text of socket.sent.splice(0)) if (text === pingFrame) socket.listener.message(pongFrame)
        await settled()
      }
    },
    badge: (userId: string) => service.row(userId)?.badge,
    state: () => service.snapshot.value,
    permitted: () =>
      [...new Set(subscribed.map(({ channelId }) => channelId))].map(
        (channelId) =>
          new Set(
            subscribed
              .filter((one) => one.channelId === channelId)
              .flatMap(({ topics }) => topics)
              .filter((topic) => facts.refusesTopic(topic) === null),
          ).size,
      ),
  }
}
