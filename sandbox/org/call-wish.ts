// Reads what the control door wants of a new or a changed call, and refuses by name what makes no sense.
import { type CallWish, ordinaryCall } from './call-build'
import { isJsonObject, type JsonObject } from './messages'
import { queues } from './people'
import { badRequest } from './refusal'

export interface CallChange {
  attributes?: Record<string, string | null>
  held?: boolean
  confined?: boolean
  muted?: boolean
  disconnected?: boolean
  /** A supervisor listens. */
  monitored?: boolean
  recordingState?: 'none' | 'active' | 'paused'
  supportedCodecs?: string[] | string | null
}

const newCallFields = [
  'attributes',
  'supportedCodecs',
  'direction',
  'queue',
  'customerName',
  'shuffleParticipants',
]
const flags = ['held', 'confined', 'muted', 'disconnected', 'monitored'] as const
const changeFields = [...flags, 'attributes', 'supportedCodecs', 'recordingState']

/** A new call: an ordinary one with the wanted differences. Attributes given replace the ordinary ones. */
export function readCallWish(body: unknown): CallWish {
  const wanted = objectWithOnly(body ?? {}, newCallFields)
  const wish = { ...ordinaryCall, attributes: { ...ordinaryCall.attributes } }
  if (wanted.attributes !== undefined) {
    const given = Object.entries(readAttributes(wanted.attributes))
    wish.attributes = Object.fromEntries(
      given.filter((entry): entry is [string, string] => entry[1] !== null),
    )
  }
  if (wanted.supportedCodecs !== undefined) wish.supportedCodecs = readCodecs(wanted.supportedCodecs)
  if (wanted.customerName !== undefined) wish.customerName = readText('customerName', wanted.customerName)
  if (wanted.queue !== undefined) wish.queue = readQueue(readText('queue', wanted.queue))
  if (wanted.direction !== undefined) {
    const { direction } = wanted
    if (direction !== 'inbound' && direction !== 'outbound') {
      throw badRequest('"direction" must be inbound or outbound.')
    }
    wish.direction = direction
  }
  if (wanted.shuffleParticipants !== undefined) {
    wish.shuffleParticipants = readFlag('shuffleParticipants', wanted.shuffleParticipants)
  }
  return wish
}

export function readCallChange(body: unknown): CallChange {
  const wanted = objectWithOnly(body, changeFields)
  const change: CallChange = {}
  for (const flag of flags) {
    if (wanted[flag] !== undefined) change[flag] = readFlag(flag, wanted[flag])
  }
  if (wanted.attributes !== undefined) change.attributes = readAttributes(wanted.attributes)
  if (wanted.supportedCodecs !== undefined) change.supportedCodecs = readCodecs(wanted.supportedCodecs)
  const { recordingState } = wanted
  if (recordingState !== undefined) {
    if (recordingState !== 'none' && recordingState !== 'active' && recordingState !== 'paused') {
      throw badRequest('"recordingState" must be none, active or paused.')
    }
    change.recordingState = recordingState
  }
  if (change.disconnected === false) {
    throw badRequest('A call that has ended stays ended: "disconnected" can only be true.')
  }
  return change
}

/** Attribute names to text, or null to take one away. */
export function readAttributes(value: unknown): Record<string, string | null> {
  if (!isJsonObject(value)) throw badRequest('"attributes" must be an object of texts.')
  const attributes: Record<string, string | null> = {}
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== 'string' && text !== null) {
      throw badRequest(`The attribute "${name}" must be a text, or null to remove it.`)
    }
    attributes[name] = text
  }
  return attributes
}

/** The body as an object that has none but these fields; refuses others by name. */
export function objectWithOnly(body: unknown, fields: readonly string[]): JsonObject {
  if (!isJsonObject(body)) throw badRequest('The body must be a JSON object.')
  const strange = Object.keys(body).filter((name) => !fields.includes(name))
  if (strange.length > 0) {
    throw badRequest(`Unknown: ${strange.join(', ')}. Known are: ${fields.join(', ')}.`)
  }
  return body
}

function readCodecs(value: unknown): string[] | string | null {
  if (value === null || typeof value === 'string') return value
  if (Array.isArray(value) && value.every((codec): codec is string => typeof codec === 'string')) return value
  throw badRequest('"supportedCodecs" must be a list of names, one text with commas, or null.')
}

function readQueue(nameOrId: string): CallWish['queue'] {
  const queue = queues.find(({ id, name }) => id === nameOrId || name === nameOrId)
  if (queue) return queue
  throw badRequest(
    `There is no queue "${nameOrId}". There are: ${queues.map(({ name }) => name).join(', ')}.`,
  )
}

function readFlag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw badRequest(`"${name}" must be true or false.`)
}

function readText(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw badRequest(`"${name}" must be a text.`)
}
