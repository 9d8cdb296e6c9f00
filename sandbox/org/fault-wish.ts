// Faults as they are asked for, read without trust: a misspelt one must not quietly do nothing.
import { type Fault, type FaultKind, faultKinds, type FaultMatch, garbageKinds, ruleOf } from './fault-kinds'
import { isJsonObject, type JsonObject } from './messages'
import { badRequest } from './refusal'

type Check = { fits: (value: unknown) => boolean; rule: string }

const text: Check = { fits: (value) => typeof value === 'string' && value !== '', rule: 'a text' }
const flag: Check = { fits: (value) => typeof value === 'boolean', rule: 'true or false' }
const whole = (least: number, most: number): Check => ({
  fits: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  rule: `a whole number from ${least} to ${most}`,
})
const orNull = ({ fits, rule }: Check): Check => ({
  fits: (value) => value === null || fits(value),
  rule: `${rule}, or null`,
})
const oneDayMs = 86_400_000

const checks: Record<Exclude<keyof Fault, 'kind' | 'match'>, Check> = {
  times: orNull(whole(1, 1_000_000)),
  status: whole(400, 599),
  retryAfterS: whole(0, 86_400),
  code: text,
  message: text,
  missingPermissions: {
    fits: (value) => Array.isArray(value) && value.length > 0 && value.every(text.fits),
    rule: 'a list of texts',
  },
  delayMs: whole(0, oneDayMs),
  afterMs: whole(0, oneDayMs),
  forMs: orNull(whole(1, oneDayMs)),
  overtaken: flag,
  what: {
    fits: (value) => garbageKinds.some((kind) => kind === value),
    rule: `one of ${garbageKinds.join(', ')}`,
  },
  closeCode: whole(1000, 4999),
  told: flag,
  down: flag,
  error: text,
}

/** One fault or a list of them. */
export function readFaults(body: unknown): Fault[] {
  return Array.isArray(body) ? body.map(readFault) : [readFault(body)]
}

export function readFault(wish: unknown): Fault {
  if (!isJsonObject(wish)) throw badRequest('A fault must be a JSON object.')
  const { kind, match, ...fields } = wish
  if (!isKind(kind)) {
    throw badRequest(`There is no fault "${String(kind)}"; there are ${Object.keys(faultKinds).join(', ')}.`)
  }
  const { family, match: matchable, needs = [], allows = [] } = ruleOf(kind)
  const missing = needs.find((name) => fields[name] === undefined)
  if (missing) throw badRequest(`The fault "${kind}" needs "${missing}".`)
  const known: readonly string[] =
    family === 'strike' ? [...needs, ...allows] : ['times', ...needs, ...allows]
  return { kind, ...readFields(kind, known, fields), match: readMatch(kind, matchable, match) }
}

function readFields(kind: FaultKind, known: readonly string[], fields: JsonObject): Partial<Fault> {
  for (const [name, value] of Object.entries(fields)) {
    if (!known.includes(name) || !isChecked(name)) throw badRequest(`The fault "${kind}" has no "${name}".`)
    if (!checks[name].fits(value)) throw badRequest(`"${name}" must be ${checks[name].rule}.`)
  }
  return fields
}

function readMatch(kind: FaultKind, matchable: readonly string[], match: unknown = {}): FaultMatch {
  if (!isJsonObject(match)) throw badRequest('"match" must be a JSON object.')
  for (const [name, value] of Object.entries(match)) {
    if (!matchable.includes(name)) throw badRequest(`The fault "${kind}" cannot be limited by "${name}".`)
    if (!text.fits(value)) throw badRequest(`"match.${name}" must be ${text.rule}.`)
  }
  return match
}

const isKind = (kind: unknown): kind is FaultKind =>
  typeof kind === 'string' && Object.hasOwn(faultKinds, kind)
const isChecked = (name: string): name is keyof typeof checks => Object.hasOwn(checks, name)
