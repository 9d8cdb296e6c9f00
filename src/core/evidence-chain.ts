// The chain of records of one panel: every line names the hash of the line before it, so a change of the past shows.
import * as v from 'valibot'
import { recordSchema } from './evidence'

/** Written into every line; a change of the format's meaning changes it. */
export const evidenceFormat = 'cueline.evidence/1'

const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'))
/** Within what a date can hold, with room for any zone. */
const momentMs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8e15))
const name = v.pipe(v.string(), v.maxLength(200))

/** What became of a prompt that had to be played in a call. */
const requiredSchema = v.object({
  organizationId: v.nullable(v.string()),
  conversationId: v.string(),
  agentId: v.nullable(v.string()),
  queueId: v.nullable(v.string()),
  promptKey: v.string(),
  /** Until when it had to be played; null where it was not known since when the agent was in the call. */
  dueAtMs: v.nullable(momentMs),
  outcome: v.picklist(['done', 'read-aloud', 'missing']),
  settledAtMs: momentMs,
  /** The playback that did it. */
  playbackId: v.nullable(v.string()),
})
export type RequiredRecord = v.InferOutput<typeof requiredSchema>

const moment = {
  recordedAtMs: momentMs,
  /** Minutes east of UTC of the agent's machine, for the times as people write them. */
  utcOffsetMin: v.pipe(v.number(), v.integer(), v.minValue(-1_440), v.maxValue(1_440)),
}
export const bodySchema = v.variant('kind', [
  v.object({ kind: v.literal('playback'), ...moment, record: recordSchema }),
  v.object({ kind: v.literal('required'), ...moment, required: requiredSchema }),
])
/** What is recorded. A later line about the same playback, or the same required prompt of a call, replaces an earlier one. */
export type Body = v.InferOutput<typeof bodySchema>

export const linkSchema = v.object({
  chain: name,
  /** From 1 on, without a gap. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The hash of the line before; zeros for the first. */
  prev: digest,
  bodySha256: digest,
  hash: digest,
})
export type Link = v.InferOutput<typeof linkSchema>

/** A line of the chain. Without a body it only bridges two others: its content is kept out of an export. */
export interface Line extends Link {
  readonly body: Body | null
}

export const genesis = '0'.repeat(64)

/** JSON with sorted keys and no spaces (as RFC 8785): the same value is the same text, whoever wrote it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`
}

/** Half a character cannot be written into a file: it would come back as something else, and look like a forgery. */
export function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed() as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, wellFormed(part)])) as T
}

/** What the hash of a line is made of: its place, the line before, and the digest of its content. */
export function textToSeal({ chain, seq, prev, bodySha256 }: Omit<Link, 'hash'>): string {
  return canonicalJson({ chain, seq, prev, bodySha256 })
}

/** Of which thing a body speaks: the newest line about it counts. */
function subjectOf(body: Body): string {
  return body.kind === 'playback'
    ? `playback ${body.record.playbackId}`
    : `required ${body.required.conversationId} ${body.required.promptKey}`
}

export function conversationOf(body: Body): string {
  return body.kind === 'playback' ? body.record.conversationId : body.required.conversationId
}

/** An open question never replaces its answer, in whatever order two panels wrote them. */
function isOpen(body: Body): boolean {
  return body.kind === 'playback' ? body.record.outcome === 'unknown' : body.required.outcome === 'missing'
}

/** Of each subject the body that counts, oldest subject first. */
export function latestBodies(bodies: readonly Body[]): readonly Body[] {
  const latest = new Map<string, Body>()
  for (const body of [...bodies].sort((a, b) => a.recordedAtMs - b.recordedAtMs)) {
    const subject = subjectOf(body)
    const known = latest.get(subject)
    if (known === undefined || isOpen(known) || !isOpen(body)) latest.set(subject, body)
  }
  return [...latest.values()]
}
