// Which topics show a team, how many channels they need, and what was refused: pure lists, no platform.
import type { Sight } from './badge'
import { callsTopic } from './notification'
import type { RefusedTopic } from './ports'
import type { Gap } from './team'

/** The platform's limit of topics on one channel. */
const topicsPerChannel = 1_000
/** Queues that are followed in place of refused agents: each takes a topic from the colleagues. */
export const queueLimit = 10

/** A queue's calls, with their participants and attributes. */
export const queueTopic = (queueId: string): string => `v2.routing.queues.${queueId}.conversations.calls`

/** Presence and routing status in one topic. */
export const activityTopic = (userId: string): string => `v2.users.${userId}.activity`

export type TeamTopic =
  | { readonly kind: 'calls' | 'activity'; readonly userId: string }
  | { readonly kind: 'queue'; readonly queueId: string }

const userTopic = /^v2\.users\.([^.]+)\.(conversations\.calls|activity)$/
const queuePattern = /^v2\.routing\.queues\.([^.]+)\.conversations\.calls$/

/** Null for topics that are nobody's here. */
export function readTeamTopic(topic: string): TeamTopic | null {
  const [, userId, what] = userTopic.exec(topic) ?? []
  if (userId !== undefined) return { kind: what === 'activity' ? 'activity' : 'calls', userId }
  const queueId = queuePattern.exec(topic)?.[1]
  return queueId === undefined ? null : { kind: 'queue', queueId }
}

/** One topic for each agent, whatever is refused (their calls, else their activity), and the queues' on top: so it always fits. */
export function packMembers(userIds: readonly string[], queues: number): readonly (readonly string[])[] {
  const size = topicsPerChannel - queues
  const packs = Array.from({ length: Math.ceil(userIds.length / size) }, (_, index) =>
    userIds.slice(index * size, (index + 1) * size),
  )
  return packs
}

/** What the platform said to the topics of one channel. */
export interface TopicVerdicts {
  readonly userIds: readonly string[]
  readonly queueIds: readonly string[]
  readonly refusedCalls: readonly RefusedTopic[]
  /** Of queues and activities: these were asked for only where calls were refused. */
  readonly refusedFallbacks: readonly RefusedTopic[]
}

/** The agents whose calls were refused. */
export function blindSpots(userIds: readonly string[], refused: readonly RefusedTopic[]): readonly string[] {
  const topics = new Set(refused.map(({ topic }) => topic))
  return userIds.filter((userId) => topics.has(callsTopic(userId)))
}

/** `inQueue`: the members are those of the queue that is followed, so its topic shows each of them. */
export function sightsOf(verdicts: TopicVerdicts, inQueue: boolean): ReadonlyMap<string, Sight> {
  const blind = new Set(blindSpots(verdicts.userIds, verdicts.refusedCalls))
  const refused = new Set(verdicts.refusedFallbacks.map(({ topic }) => topic))
  const hasQueue = inQueue && verdicts.queueIds.some((id) => !refused.has(queueTopic(id)))
  const sightOf = (userId: string): Sight => {
    if (!blind.has(userId)) return 'calls'
    if (hasQueue) return 'queue'
    return refused.has(activityTopic(userId)) ? 'none' : 'presence'
  }
  return new Map(verdicts.userIds.map((userId) => [userId, sightOf(userId)]))
}

/** What is missing over all channels: one gap for calls, one for the queues, one for presence. */
export function topicGaps(all: readonly TopicVerdicts[]): readonly Gap[] {
  const calls = all.flatMap(({ refusedCalls }) => refusedCalls)
  const fallbacks = all.flatMap(({ refusedFallbacks }) => refusedFallbacks)
  const isOf = (kind: TeamTopic['kind']) => (refused: RefusedTopic) =>
    readTeamTopic(refused.topic)?.kind === kind
  return [
    ...gapOf('calls', calls),
    ...gapOf('queue', fallbacks.filter(isOf('queue'))),
    ...gapOf('presence', fallbacks.filter(isOf('activity'))),
  ]
}

function gapOf(kind: Gap['kind'], refused: readonly RefusedTopic[]): readonly Gap[] {
  if (refused.length === 0) return []
  const reasons = [...new Set(refused.map(({ reason }) => reason))]
  const permissions = [...new Set(reasons.flatMap(permissionsIn))]
  return [{ kind, agents: refused.length, permissions, reason: reasons[0] ?? null }]
}

const permission = /^[\w-]+:[\w*-]+:[\w*-]+$/

/** The platform names permissions as `area:entity:action`, several with commas; anything else is a reason in words. */
function permissionsIn(reason: string): readonly string[] {
  return reason.split(/[,\s]+/).filter((word) => permission.test(word))
}
