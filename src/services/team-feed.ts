// The live connections of the team view: channels of their own, so that nothing of the team reaches other panels.
import { answered } from '../core/errors'
import { callsTopic } from '../core/notification'
import type { Chance, Channels, Clock, OpenSocket } from '../core/ports'
import { activityTopic, blindSpots, packMembers, queueTopic, type TopicVerdicts } from '../core/team-topics'
import { createChannel, type Channel } from './channel'

export interface TeamFeedPorts {
  readonly channels: Channels
  readonly openSocket: OpenSocket
  readonly clock: Clock
  readonly chance: Chance
}

export interface TeamFeedListener {
  frame(topic: string, body: unknown): void
  /** Before the connection of these agents is called live, each time anew: rights may have changed. */
  judged(verdicts: TopicVerdicts): void
  /** Live, or not since now. After `live` words may have been missed. */
  live(userIds: readonly string[], problem: string | null, isLive: boolean): void
  tokenRevoked(): void
}

/** Opens as many channels as the topics need; returns their end. */
export function openTeamFeed(
  ports: TeamFeedPorts,
  userIds: readonly string[],
  queueIds: readonly string[],
  listener: TeamFeedListener,
): () => void {
  const ends = packMembers(userIds, queueIds.length).map((pack, index) =>
    follow(ports, pack, index === 0 ? queueIds : [], listener),
  )
  return () => ends.forEach((end) => end())
}

function follow(
  ports: TeamFeedPorts,
  userIds: readonly string[],
  queueIds: readonly string[],
  listener: TeamFeedListener,
): () => void {
  const channel: Channel = createChannel(
    {
      ...ports,
      channels: fallingBack(ports.channels, userIds, queueIds, (verdicts) => listener.judged(verdicts)),
      hurry: () => false,
      onTokenRevoked: () => listener.tokenRevoked(),
    },
    () => userIds.map(callsTopic),
  )
  let last = channel.snapshot.value.status
  const undo = [
    channel.wire.onTopic((topic, body) => listener.frame(topic, body)),
    channel.wire.onConnected(() => listener.live(userIds, null, true)),
    channel.snapshot.subscribe(({ status, problem }) => {
      if (status === 'lost' && last !== 'lost') listener.live(userIds, problem, false)
      last = status
    }),
  ]
  channel.connect()
  return () => {
    undo.forEach((off) => off())
    channel.close()
  }
}

/**
 * Subscribes to what is left where calls are refused, before the connection counts as live: so a new connection never
 * stands on fewer topics than the one before, and a permission that came or went is seen with the next connection.
 */
function fallingBack(
  channels: Channels,
  userIds: readonly string[],
  queueIds: readonly string[],
  judged: (verdicts: TopicVerdicts) => void,
): Channels {
  return {
    createChannel: () => channels.createChannel(),
    async subscribe(channelId, topics) {
      const calls = await channels.subscribe(channelId, topics)
      if (!calls.ok) return calls
      const blind = blindSpots(userIds, calls.value)
      if (blind.length === 0) {
        judged({ userIds, queueIds: [], refusedCalls: [], refusedFallbacks: [] })
        return answered([])
      }
      const instead = [...queueIds.map(queueTopic), ...blind.map(activityTopic)]
      const fallbacks = await channels.subscribe(channelId, instead)
      if (!fallbacks.ok) return fallbacks
      judged({ userIds, queueIds, refusedCalls: calls.value, refusedFallbacks: fallbacks.value })
      return answered([])
    },
  }
}
