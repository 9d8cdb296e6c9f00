// The whole organisation as one JSON value, for the control door and the desktop page. No tokens, no cookies.
import type { Models } from 'purecloud-platform-client-v2'
import type { Integration } from './app-integration'
import { agentOf, customerOf, isOver } from './call-facts'
import type { LiveCall } from './calls'
import type { CarriersState } from './carriers'
import type { Channel } from './channels'
import type { FaultsState } from './faults'
import type { Play } from './media'
import type { SandboxConversation } from './media-contract'
import { monitorOf } from './monitoring'
import type { Settings } from './settings'
import type { SocketSummary } from './sockets'
import type { Heard } from './telephone'

/** A call as the API shows it, and in the words in which the control door changes it. */
export type CallState = SandboxConversation & {
  customerName: string
  direction: string
  queue: string
  attributes: Record<string, string>
  supportedCodecs: string[] | string | null
  held: boolean
  confined: boolean
  muted: boolean
  disconnected: boolean
  monitored: boolean
  startedAtMs: number
}

export interface OrgState extends CarriersState {
  /** The organisation's time at which this was said, in epoch milliseconds. */
  nowMs: number
  /** How often the world was reset: frames of another generation are stale. */
  generation: number
  /** Whose desktop this is. */
  agentId: string
  users: Models.User[]
  queues: readonly Models.Queue[]
  calls: CallState[]
  plays: readonly Play[]
  heard: Heard[]
  channels: ChannelState[]
  subscriptions: { channelId: string; userId: string; topic: string }[]
  sockets: SocketSummary[]
  faults: FaultsState
  settings: Settings & { backends: readonly Settings['backend'][] }
  /** What this desktop embeds; null where nothing is installed for its agent. */
  integration: Integration | null
}

export function callState({ conversation, startedAtMs }: LiveCall): CallState {
  const customer = customerOf(conversation)
  const agent = agentOf(conversation)
  return {
    ...conversation,
    customerName: customer.name ?? '',
    direction: customer.direction ?? '',
    queue: agent.queue?.name ?? '',
    attributes: customer.attributes ?? {},
    supportedCodecs: customer.mediaCapabilities?.audio.supportedCodecs ?? null,
    held: customer.held ?? false,
    confined: customer.confined ?? false,
    muted: agent.muted ?? false,
    disconnected: isOver(conversation),
    monitored: monitorOf(conversation) !== undefined,
    startedAtMs,
  }
}

export interface ChannelState {
  id: string
  userId: string
  expires: string
  topics: string[]
}

export const channelState = (channel: Channel): ChannelState => ({
  id: channel.id,
  userId: channel.userId,
  expires: new Date(channel.expiresAtMs).toISOString(),
  topics: [...channel.topics],
})
