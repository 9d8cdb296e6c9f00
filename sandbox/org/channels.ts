// Notification channels and the topics each of them follows.
import type { Models } from 'purecloud-platform-client-v2'
import type { Clock } from './clock'
import type { Random } from './random'
import { badRequest, notFound } from './refusal'
import type { AccessToken } from './tokens'

const perUserAndClient = 20
const topicsPerChannel = 1000

export interface Channel {
  id: string
  userId: string
  clientId: string
  token: string
  expiresAtMs: number
  topics: Set<string>
  /** The order of use: higher is later. Time alone cannot tell two uses within one millisecond apart. */
  lastUse: number
}

export interface Channels {
  /** A new channel; the 21st of a user and client pushes out another: see the setting `fullChannels`. */
  create(owner: AccessToken): Channel
  all(): Channel[]
  /** The living channel with this id, or undefined. */
  find(id: string): Channel | undefined
  /** The owner's channel with this id; refuses with 404. */
  require(id: string, owner: AccessToken): Channel
  used(channel: Channel): void
  follow(channel: Channel, topics: readonly string[]): void
  remove(channel: Channel): void
}

interface ChannelsParts {
  clock: Clock
  random: Random
  /** How long a new channel lives: a day, where nobody wants to see one end. */
  lifetimeMs(): number
  isConnected(channelId: string): boolean
  /** Whether those that somebody listens to are spared. */
  sparesConnected(): boolean
  pushedOut(channel: Channel): void
}

export function createChannels({
  clock,
  random,
  lifetimeMs,
  isConnected,
  sparesConnected,
  pushedOut,
}: ChannelsParts): Channels {
  const channels = new Map<string, Channel>()
  let uses = 0

  const find = (id: string): Channel | undefined => {
    const channel = channels.get(id)
    if (channel && channel.expiresAtMs <= clock.now()) {
      channels.delete(id)
      return undefined
    }
    return channel
  }
  const all = (): Channel[] => [...channels.keys()].map(find).filter((channel) => channel !== undefined)
  const used = (channel: Channel): void => void (channel.lastUse = ++uses)

  const makeRoom = (owner: AccessToken): void => {
    const siblings = all().filter(
      (channel) => channel.userId === owner.userId && channel.clientId === owner.clientId,
    )
    if (siblings.length < perUserAndClient) return
    const spared = ({ id }: Channel): number => Number(sparesConnected() && isConnected(id))
    const leaving = siblings.sort((a, b) => spared(a) - spared(b) || a.lastUse - b.lastUse)[0]
    if (!leaving) return
    channels.delete(leaving.id)
    pushedOut(leaving)
  }

  return {
    create(owner) {
      makeRoom(owner)
      const channel: Channel = {
        id: `streaming-${random.token()}`,
        userId: owner.userId,
        clientId: owner.clientId,
        token: owner.token,
        expiresAtMs: clock.now() + lifetimeMs(),
        topics: new Set(),
        lastUse: 0,
      }
      used(channel)
      channels.set(channel.id, channel)
      return channel
    },
    all,
    find,
    require(id, owner) {
      const channel = find(id)
      if (!channel || channel.userId !== owner.userId || channel.clientId !== owner.clientId) {
        throw notFound('channel', id)
      }
      return channel
    },
    used,
    follow(channel, topics) {
      const after = new Set([...channel.topics, ...topics])
      if (after.size > topicsPerChannel) {
        throw badRequest(`A channel carries at most ${topicsPerChannel} topics.`)
      }
      channel.topics = after
    },
    remove: (channel) => void channels.delete(channel.id),
  }
}

export const channelModel = (channel: Channel, origin: string): Models.Channel => ({
  id: channel.id,
  connectUri: `${origin.replace(/^http/, 'ws')}/streaming/channels/${channel.id}`,
  expires: new Date(channel.expiresAtMs).toISOString(),
})
