// The live calls, and every way in which one can change. Each change is told to one listener, after it is whole.
import { buildConversation, type CallWish, capabilities, ordinaryCall } from './call-build'
import { agentOf, customerOf, isOver } from './call-facts'
import type { CallChange } from './call-wish'
import type { Clock } from './clock'
import { endCall, leave } from './leaving'
import type { SandboxConversation, SandboxParticipant } from './media-contract'
import { setMonitored } from './monitoring'
import { type Person, queues } from './people'
import type { Random } from './random'
import { notFound } from './refusal'

export interface LiveCall {
  conversation: SandboxConversation & { id: string }
  startedAtMs: number
}

export interface Calls {
  all(): readonly LiveCall[]
  /** The call with this id; refuses with 404 where there is none. */
  get(id: string): LiveCall
  find(id: string): LiveCall | undefined
  start(wish: CallWish): LiveCall
  change(id: string, change: CallChange): LiveCall
  changeParticipant(id: string, participantId: string, change: ParticipantChange): LiveCall
  mergeAttributes(id: string, participantId: string, attributes: Record<string, string | null>): LiveCall
  /** A change of the platform's own making. */
  update(call: LiveCall, run: (conversation: SandboxConversation) => void): LiveCall
  /** Ends what is running and starts the first calls of the day again. */
  reset(): void
}

export interface ParticipantChange {
  held?: boolean
  muted?: boolean
  disconnected?: boolean
  /** The agent has dealt with the wrap-up. */
  wrappedUp?: boolean
}

interface CallsParts {
  clock: Clock
  random: Random
  agent: Person
  /** Who monitors a call where somebody does. */
  supervisor: Person
  /** How many calls that have ended are kept. */
  keepEnded: number
  changed(call: LiveCall): void
}

export function createCalls({ clock, random, agent, supervisor, keepEnded, changed }: CallsParts): Calls {
  let calls: LiveCall[] = []

  const find = (id: string): LiveCall | undefined => calls.find((call) => call.conversation.id === id)
  const get = (id: string): LiveCall => {
    const call = find(id)
    if (!call) throw notFound('conversation', id)
    return call
  }
  const participantOf = (call: LiveCall, id: string): SandboxParticipant => {
    const participant = call.conversation.participants.find((candidate) => candidate.id === id)
    if (!participant) throw notFound('participant', id)
    return participant
  }
  const told = (call: LiveCall): LiveCall => {
    changed(call)
    return call
  }
  const start = (wish: CallWish, ageMs = 0): LiveCall => {
    const startedAtMs = clock.now() - ageMs
    const conversation = buildConversation(wish, agent, startedAtMs, random)
    const call = { conversation: { ...conversation, id: conversation.id ?? random.id() }, startedAtMs }
    const ended = calls.filter((old) => isOver(old.conversation))
    const forgotten = new Set(ended.slice(0, Math.max(0, ended.length - keepEnded)))
    calls = [...calls.filter((old) => !forgotten.has(old)), call]
    return call
  }
  const startOfTheDay = (): void => {
    calls = []
    start(ordinaryCall, 95_000)
    start(germanPremium, 62_000)
    hold(start(spanish, 240_000), true)
  }
  const hold = (call: LiveCall, held: boolean): void =>
    holdParticipant(customerOf(call.conversation), held, clock.now())
  const time = (): string => new Date(clock.now()).toISOString()

  startOfTheDay()

  return {
    all: () => calls,
    get,
    find,
    start: (wish) => told(start(wish)),
    change(id, change) {
      const call = get(id)
      const { conversation } = call
      const customer = customerOf(conversation)
      if (change.attributes) customer.attributes = merged(customer.attributes, change.attributes)
      if (change.supportedCodecs === null) delete customer.mediaCapabilities
      else if (change.supportedCodecs) Object.assign(customer, capabilities(change.supportedCodecs))
      if (change.held !== undefined) hold(call, change.held)
      if (change.confined !== undefined) customer.confined = change.confined
      if (change.muted !== undefined) agentOf(conversation).muted = change.muted
      if (change.recordingState) record(conversation, change.recordingState)
      if (change.monitored !== undefined)
        setMonitored(conversation, change.monitored, supervisor, random.id(), time())
      if (change.disconnected) endCall(conversation, customer.id, time())
      return told(call)
    },
    changeParticipant(id, participantId, change) {
      const call = get(id)
      const participant = participantOf(call, participantId)
      if (change.held !== undefined) holdParticipant(participant, change.held, clock.now())
      if (change.muted !== undefined) participant.muted = change.muted
      if (change.disconnected) leave(call.conversation, participant, 'client', time())
      if (change.wrappedUp) participant.wrapupRequired = false
      return told(call)
    },
    mergeAttributes(id, participantId, attributes) {
      const call = get(id)
      const participant = participantOf(call, participantId)
      participant.attributes = merged(participant.attributes, attributes)
      return told(call)
    },
    update(call, run) {
      run(call.conversation)
      return told(call)
    },
    reset() {
      const running = calls.filter((call) => !isOver(call.conversation))
      for (const call of running) {
        endCall(call.conversation, undefined, time())
        delete agentOf(call.conversation).wrapupRequired
        told(call)
      }
      startOfTheDay()
      calls.forEach(told)
    },
  }
}

const germanPremium: CallWish = {
  ...ordinaryCall,
  customerName: 'Katrin Vogel',
  attributes: { language: 'de-DE', service_tier: 'premium' },
  supportedCodecs: 'opus,mp3',
  queue: queues[1]!,
}

const spanish: CallWish = {
  ...ordinaryCall,
  customerName: 'Lucía Herrera',
  attributes: { language: 'es-ES', service_tier: 'standard' },
  supportedCodecs: ['opus', 'mp3', 'wav'],
  queue: queues[2]!,
}

function holdParticipant(participant: SandboxParticipant, held: boolean, nowMs: number): void {
  participant.held = held
  if (held) participant.startHoldTime = new Date(nowMs).toISOString()
  else delete participant.startHoldTime
}

function record(conversation: SandboxConversation, state: 'none' | 'active' | 'paused'): void {
  conversation.recordingState = state.toUpperCase()
  for (const leg of conversation.participants.filter((candidate) => candidate.state === 'connected')) {
    leg.recordingState = state
    leg.recording = state === 'active'
  }
}

function merged(
  now: Record<string, string> | undefined,
  wanted: Record<string, string | null>,
): Record<string, string> {
  const after = { ...now, ...wanted }
  return Object.fromEntries(
    Object.entries(after).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}
