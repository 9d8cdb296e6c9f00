// The organisation's world as the desktop shows it, read tolerantly from the state that the server sends.
import { asFlag, asList, asNumber, asRecord, asText, asTimeMs, asWords, type JsonRecord } from './json-read'

export interface Leg {
  id: string
  name: string
  purpose: string
  state: string
}

export interface DesktopCall {
  id: string
  customerName: string
  address: string
  queueName: string
  direction: string
  connectedAtMs: number
  endedAtMs: number | null
  held: boolean
  muted: boolean
  recordingState: string
  over: boolean
  /** The customer is with a secure flow: apart from the agent, and not recorded. */
  secure: boolean
  monitored: boolean
  wrapupRequired: boolean
  attributes: Record<string, string>
  /** As the gateway reports them; null where it reports none. */
  codecs: string[] | null
  /** In the order in which the platform lists them. */
  legs: Leg[]
}

export interface Heard {
  interactionId: string
  /** Who could hear it: customer, agent. */
  heardBy: string[]
  url: string
  startedAtMs: number
  playedMs: number
  durationMs: number
  outcome: string
  measuredBy: string
  reason: string
}

export interface RecordingPart {
  kind: string
  url: string
  fromMs: number
  toMs: number
  isOpen: boolean
}

export interface Integration {
  name: string
  url: string
  sandbox: string[]
  permissions: string[]
}

export interface World {
  agent: { name: string; presence: string }
  calls: DesktopCall[]
  heard: Heard[]
  /** What is in the recording of each call, by the call's id. */
  recordings: Record<string, RecordingPart[]>
  queueNames: string[]
  integration: Integration | null
  settings: {
    backend: string
    backends: string[]
    bufferingMs: number
    /** All of them, as the server says them. */
    all: JsonRecord
  }
}

export const emptyWorld: World = readWorld({})

export function readWorld(state: unknown): World {
  const world = asRecord(state)
  const settings = asRecord(world.settings)
  const backends = asWords(settings.backends)
  return {
    agent: readAgent(world),
    calls: asList(world.calls).map(readCall),
    heard: asList(world.heard).map(readHeard),
    recordings: Object.fromEntries(asList(world.recordings).map(readRecording)),
    queueNames: asList(world.queues).map((queue) => asText(asRecord(queue).name)),
    integration: readIntegration(world),
    settings: {
      backend: asText(settings.backend, 'media-api'),
      backends: backends.length > 0 ? backends : ['media-api'],
      bufferingMs: asNumber(settings.bufferingMs, 80),
      all: settings,
    },
  }
}

function readAgent(world: JsonRecord): World['agent'] {
  const users = asList(world.users).map(asRecord)
  const agent = users.find((user) => user.id === world.agentId) ?? users[0] ?? {}
  const definition = asRecord(asRecord(agent.presence).presenceDefinition)
  return { name: asText(agent.name, 'Agent'), presence: asText(definition.systemPresence, 'Available') }
}

export function readCall(raw: unknown): DesktopCall {
  const outer = asRecord(raw)
  const call = outer.conversation ? asRecord(outer.conversation) : outer
  const legs = asList(call.participants).map(asRecord)
  const customer = legs.find(({ purpose }) => purpose === 'customer') ?? legs.find(isExternal) ?? {}
  const agent = legs.findLast(({ purpose }) => purpose === 'agent') ?? {}
  const reported = asRecord(asRecord(customer.mediaCapabilities).audio).supportedCodecs
  const queue = asRecord(agent.queue ?? asRecord(legs.find(({ purpose }) => purpose === 'acd')).queue)
  return {
    id: asText(call.id),
    customerName: asText(customer.name, 'Unknown caller'),
    address: asText(customer.address).replace(/^tel:/, ''),
    queueName: asText(queue.name, 'No queue'),
    direction: asText(customer.direction, 'inbound'),
    connectedAtMs:
      asTimeMs(agent.connectedTime) ?? asTimeMs(customer.connectedTime) ?? asNumber(outer.startedAtMs),
    endedAtMs: asTimeMs(agent.endTime) ?? asTimeMs(customer.endTime),
    held: asFlag(customer.held) || asFlag(customer.confined),
    muted: asFlag(agent.muted),
    recordingState: asText(call.recordingState ?? customer.recordingState, 'none').toLowerCase(),
    over: customer.state !== 'connected',
    secure: asFlag(customer.securePause),
    monitored: legs.some((leg) => leg.state === 'connected' && isMonitor(leg)),
    wrapupRequired: asFlag(agent.wrapupRequired),
    attributes: readAttributes(customer.attributes),
    codecs: reported === undefined || reported === null ? null : asWords(reported),
    legs: legs.map((leg) => ({
      id: asText(leg.id),
      name: asText(leg.name, 'Unknown'),
      purpose: purposeOf(leg, customer),
      state: legState(leg),
    })),
  }
}

const isExternal = ({ purpose }: JsonRecord): boolean => purpose === 'external'
const isMonitor = (leg: JsonRecord): boolean => asText(leg.monitoredParticipantId) !== ''

function purposeOf(leg: JsonRecord, customer: JsonRecord): string {
  if (isMonitor(leg)) return 'supervisor'
  return isExternal(leg) && leg !== customer ? 'extra' : asText(leg.purpose)
}

function legState(leg: JsonRecord): string {
  if (leg.state !== 'connected') return asText(leg.state, 'unknown')
  if (asFlag(leg.securePause)) return leg.purpose === 'agent' ? 'waiting' : 'in secure flow'
  if (asFlag(leg.held) || asFlag(leg.confined)) return 'on hold'
  return asFlag(leg.muted) ? 'muted' : 'connected'
}

const readAttributes = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(asRecord(value)).map(([name, text]) => [name, String(text)]))

function readHeard(raw: unknown): Heard {
  const heard = asRecord(raw)
  return {
    interactionId: asText(heard.interactionId),
    heardBy: asWords(heard.heardBy),
    url: asText(heard.url),
    startedAtMs: asNumber(heard.startedAtMs),
    playedMs: asNumber(heard.playedMs),
    durationMs: asNumber(heard.durationMs),
    outcome: asText(heard.outcome),
    measuredBy: asText(heard.measuredBy),
    reason: asText(heard.reason),
  }
}

function readRecording(raw: unknown): [string, RecordingPart[]] {
  const recording = asRecord(raw)
  const parts = asList(recording.contains).map(asRecord)
  return [
    asText(recording.interactionId),
    parts.map(({ kind, url, fromMs, toMs, isOpen }) => ({
      kind: asText(kind),
      url: asText(url),
      fromMs: asNumber(fromMs),
      toMs: asNumber(toMs),
      isOpen: asFlag(isOpen),
    })),
  ]
}

/** The first installed integration, else the bare launch address, else none. */
function readIntegration(world: JsonRecord): Integration | null {
  const installed = asRecord(asList(world.integrations)[0] ?? world.integration)
  const url = asText(installed.url) || asText(world.launchUrlTemplate)
  if (url === '') return null
  const sandbox = asWords(installed.sandbox)
  return {
    name: asText(installed.name, 'Cueline'),
    url,
    sandbox:
      sandbox.length > 0 ? sandbox : ['allow-scripts', 'allow-same-origin', 'allow-forms', 'allow-popups'],
    permissions: asWords(installed.permissions),
  }
}
