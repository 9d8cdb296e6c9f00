// The interaction as the panel sees it: the customer's leg, the agent's leg, and what state the call is in.

export interface Participant {
  readonly id: string
  readonly purpose: string
  readonly state: string
  readonly held: boolean
  /** Hears hold music (the platform's `confined`). */
  readonly confined: boolean
  readonly muted: boolean
  readonly recording: 'none' | 'active' | 'paused'
  readonly direction: 'inbound' | 'outbound' | null
  readonly userId: string | null
  readonly queueId: string | null
  readonly name: string | null
  readonly address: string | null
  readonly disconnectType: string | null
  readonly attributes: Readonly<Record<string, string>>
  /** What a gateway says the endpoint plays; null where it says nothing (as in the platform's public API). */
  readonly supportedCodecs: readonly string[] | null
  readonly connectedAtMs: number | null
  readonly endedAtMs: number | null
  readonly wrapupRequired: boolean
  /** Set while this participant monitors, coaches or barges into another. */
  readonly listensTo: string | null
}

export interface Conversation {
  readonly id: string
  readonly participants: readonly Participant[]
}

export type CallBreak = 'hang-up' | 'hold' | 'transfer'

export type CallState = 'connected' | 'held' | 'waiting' | 'ended'

export interface Interaction {
  readonly id: string
  readonly callState: CallState
  readonly customer: Participant | null
  readonly agent: Participant | null
  /** A supervisor who listens in, if any. */
  readonly monitored: boolean
}

const customerPurposes = new Set(['customer', 'external'])
const waitingStates = new Set(['alerting', 'dialing', 'contacting', 'offering', 'scheduled', 'queued'])

/** Who is who never depends on the order of the participants: rejoining and transfers shuffle it. */
export function toInteraction(conversation: Conversation, myUserId: string): Interaction {
  const customer = findCustomer(conversation.participants)
  const agent = findAgent(conversation.participants, myUserId)
  return {
    id: conversation.id,
    customer,
    agent,
    callState: callStateOf(customer, agent),
    monitored: conversation.participants.some((p) => p.listensTo !== null && p.state === 'connected'),
  }
}

/** The connected participant whose purpose is customer, else external; when nobody is connected, the last who was. */
export function findCustomer(participants: readonly Participant[]): Participant | null {
  const all = participants.filter((p) => customerPurposes.has(p.purpose))
  const legs = all.filter((p) => !isThirdParty(p, all))
  const connected = legs.filter((p) => p.state === 'connected')
  if (connected.length > 0) return connected.sort(byPurposeThenAge)[0] ?? null
  return legs.sort((a, b) => byPurpose(a, b) || byAge(b, a))[0] ?? null
}

/** Somebody was on the line already when they came: a consultant or an announcement, also once that one has left. */
function isThirdParty({ id, purpose, connectedAtMs }: Participant, all: readonly Participant[]): boolean {
  if (purpose === 'customer' || connectedAtMs === null) return false
  return all.some(
    (first) =>
      first.id !== id &&
      first.connectedAtMs !== null &&
      first.connectedAtMs < connectedAtMs &&
      (first.endedAtMs ?? Infinity) > connectedAtMs,
  )
}

/** The last connected participant that is me (rejoining adds participants), else the last of mine. */
export function findAgent(participants: readonly Participant[], myUserId: string): Participant | null {
  const mine = participants.filter((p) => p.userId === myUserId && p.listensTo === null)
  const connected = mine.filter((p) => p.state === 'connected')
  return (connected.length > 0 ? connected : mine).sort((a, b) => byAge(b, a))[0] ?? null
}

function callStateOf(customer: Participant | null, agent: Participant | null): CallState {
  if (customer === null || agent === null) return 'ended'
  if (waitingStates.has(agent.state) || waitingStates.has(customer.state)) return 'waiting'
  if (customer.state !== 'connected' || agent.state !== 'connected') return 'ended'
  return customer.held || customer.confined || agent.held ? 'held' : 'connected'
}

function byPurposeThenAge(a: Participant, b: Participant): number {
  return byPurpose(a, b) || byAge(a, b)
}

/** The customer before an external party: a consultant who came later is still not the customer. */
function byPurpose(a: Participant, b: Participant): number {
  const rank = (p: Participant) => (p.purpose === 'customer' ? 0 : 1)
  return rank(a) - rank(b)
}

function byAge(a: Participant, b: Participant): number {
  return (a.connectedAtMs ?? 0) - (b.connectedAtMs ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/**
 * What on the call ends a playback, or null. `looksHeld`: the carrier itself takes the customer aside, which is neither
 * hold nor transfer.
 */
export function callBreakOf(interaction: Interaction, looksHeld: boolean): CallBreak | null {
  const { customer, agent, callState } = interaction
  if (looksHeld && customer?.state === 'connected') return null
  if (callState === 'held') return 'hold'
  if (customer?.state === 'connected' && agent?.state !== 'connected') return 'transfer'
  return callState === 'ended' ? 'hang-up' : null
}

/** Attribute names are compared without regard to case: some clients lower them. */
export function attributeOf(participant: Participant | null, wanted: string): string | null {
  if (participant === null) return null
  const lower = wanted.toLowerCase()
  const exact = participant.attributes[wanted]
  if (exact !== undefined) return exact
  const found = Object.keys(participant.attributes).find((key) => key.toLowerCase() === lower)
  return found === undefined ? null : (participant.attributes[found] ?? null)
}

/**
 * Are both views the same in what `rest` keeps of each participant? A view in which more has changed than what it came
 * for follows one that was lost.
 */
export function isSameBut(
  before: Conversation,
  after: Conversation,
  rest: (participant: Participant) => Participant | null,
): boolean {
  const kept = ({ id, participants }: Conversation) =>
    JSON.stringify([id, participants.map(rest).filter((participant) => participant !== null)])
  return kept(before) === kept(after)
}
