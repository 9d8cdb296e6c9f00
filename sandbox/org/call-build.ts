// Makes a live call: who takes part, and what the platform says of each of them.
import type { SandboxConversation, SandboxParticipant } from './media-contract'
import { type Person, queues } from './people'
import { type Random, shuffled } from './random'

export interface CallWish {
  customerName: string
  attributes: Record<string, string>
  /** As the gateway reports them; null where it reports none. */
  supportedCodecs: string[] | string | null
  direction: 'inbound' | 'outbound'
  queue: (typeof queues)[number]
  shuffleParticipants: boolean
}

export const ordinaryCall: CallWish = {
  customerName: 'Jordan Blake',
  attributes: { language: 'en-GB', service_tier: 'standard' },
  supportedCodecs: ['mp3', 'opus', 'wav'],
  direction: 'inbound',
  queue: queues[0]!,
  shuffleParticipants: false,
}

export function buildConversation(
  wish: CallWish,
  agent: Person,
  startedAtMs: number,
  random: Random,
): SandboxConversation {
  const startTime = new Date(startedAtMs).toISOString()
  const connectedTime = new Date(startedAtMs + 8_000).toISOString()
  const number = `+44207946${String(random.below(10_000)).padStart(4, '0')}`
  const queue = {
    id: wish.queue.id,
    name: wish.queue.name,
    selfUri: `/api/v2/routing/queues/${wish.queue.id}`,
  }
  const voice = {
    state: 'connected',
    direction: wish.direction,
    held: false,
    confined: false,
    muted: false,
    recording: true,
    recordingState: 'active',
    securePause: false,
    mediaRoles: ['full'],
    provider: 'Edge',
    startTime,
  }
  const customer: SandboxParticipant = {
    ...voice,
    id: random.id(),
    name: wish.customerName,
    purpose: 'customer',
    address: `tel:${number}`,
    ani: `tel:${number}`,
    dnis: 'tel:+442079460000',
    connectedTime: startTime,
    wrapupRequired: false,
    attributes: wish.attributes,
    ...(wish.supportedCodecs === null ? {} : capabilities(wish.supportedCodecs)),
  }
  const acd: SandboxParticipant = {
    id: random.id(),
    name: wish.queue.name,
    purpose: 'acd',
    state: 'disconnected',
    direction: 'inbound',
    disconnectType: 'transfer',
    queue,
    startTime,
    connectedTime: startTime,
    endTime: connectedTime,
    attributes: {},
  }
  const agentLeg: SandboxParticipant = {
    ...voice,
    id: random.id(),
    name: agent.name,
    purpose: 'agent',
    address: `sip:${agent.id}@sandbox.example`,
    user: { id: agent.id, name: agent.name, selfUri: `/api/v2/users/${agent.id}` },
    queue,
    connectedTime,
    wrapupRequired: false,
    wrapupPrompt: 'optional',
    attributes: {},
  }
  const participants = wish.direction === 'inbound' ? [customer, acd, agentLeg] : [agentLeg, customer]
  const id = random.id()
  return {
    id,
    participants: wish.shuffleParticipants ? shuffled(participants, random) : participants,
    otherMediaUris: [],
    recordingState: 'ACTIVE',
    securePause: false,
    selfUri: `/api/v2/conversations/calls/${id}`,
  }
}

export const capabilities = (
  supportedCodecs: string[] | string,
): Required<Pick<SandboxParticipant, 'mediaCapabilities'>> => ({
  mediaCapabilities: { audio: { supportedCodecs } },
})
