// Exports of the chain: which lines go into a file, and a line as JSON. The same line is always the same text.
import * as v from 'valibot'
import {
  bodySchema,
  conversationOf,
  evidenceFormat,
  linkSchema,
  type Body,
  type Line,
  type Link,
} from './evidence-chain'

/** The last line of a file: how many stand above it, and the digest of all of it. */
export interface End {
  readonly exportedAtMs: number
  readonly utcOffsetMin: number
  readonly lines: number
  readonly sha256: string
}

export type Row = { readonly line: Line } | { readonly end: End }

/** `2027-01-15T09:00:00.000+01:00`; null for what is no moment. `utcOffsetMin`: minutes east of UTC. */
export function isoWithZone(ms: number | null, utcOffsetMin: number): string | null {
  if (ms === null || !(Math.abs(ms) <= 8.6e15)) return null
  const local = new Date(ms + utcOffsetMin * 60_000).toISOString().slice(0, -1)
  const minutes = Math.abs(utcOffsetMin)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local}${utcOffsetMin < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** The day on which it was recorded, where the agent sat: `2027-01-15`. */
export function dayOf({ recordedAtMs, utcOffsetMin }: Pick<Body, 'recordedAtMs' | 'utcOffsetMin'>): string {
  return (isoWithZone(recordedAtMs, utcOffsetMin) ?? '').slice(0, 10)
}

/** What a file is about. */
export type Scope =
  | { readonly kind: 'interaction'; readonly conversationId: string }
  | { readonly kind: 'day'; readonly day: string }

export function isIn(scope: Scope, body: Body): boolean {
  return scope.kind === 'day' ? dayOf(body) === scope.day : conversationOf(body) === scope.conversationId
}

/**
 * Of each chain the lines from the first to the last that is wanted. Those between them lose their content and stay as
 * links: so nothing of another call is given away, and still no line can be taken out unseen.
 */
export function selectLines(lines: readonly Line[], scope: Scope): readonly Line[] {
  const wanted = ({ body }: Line) => body !== null && isIn(scope, body)
  return [...new Set(lines.map(({ chain }) => chain))].sort().flatMap((id) => {
    const chain = lines.filter((line) => line.chain === id).sort((a, b) => a.seq - b.seq)
    const part = chain.slice(chain.findIndex(wanted), chain.findLastIndex(wanted) + 1)
    return chain.some(wanted) ? part.map((line) => (wanted(line) ? line : { ...line, body: null })) : []
  })
}

/** Beside each `…AtMs` the same moment as people write it, `…At`. */
function withDates(fields: Readonly<Record<string, unknown>>, utcOffsetMin: number) {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      name.endsWith('AtMs')
        ? [
            [name, value],
            [name.slice(0, -2), isoWithZone(value as number | null, utcOffsetMin)],
          ]
        : [[name, value]],
    ),
  ) as Record<string, unknown>
}

function jsonOf(row: Row): Record<string, unknown> {
  if ('end' in row)
    return { format: evidenceFormat, kind: 'end', ...withDates({ ...row.end }, row.end.utcOffsetMin) }
  const { body, chain: id, seq, prev, bodySha256, hash } = row.line
  const chain = { id, seq, prev, bodySha256, hash }
  if (body === null) return { format: evidenceFormat, kind: 'link', chain }
  const { kind, recordedAtMs, utcOffsetMin } = body
  const content = body.kind === 'playback' ? { record: body.record } : { required: body.required }
  return {
    format: evidenceFormat,
    kind,
    chain,
    ...withDates({ recordedAtMs }, utcOffsetMin),
    utcOffsetMin,
    ...Object.fromEntries(
      Object.entries(content).map(([name, fields]) => [name, withDates({ ...fields }, utcOffsetMin)]),
    ),
  }
}

export function toJsonLine(row: Row): string {
  return `${JSON.stringify(jsonOf(row))}\n`
}

export const endSchema = v.object({
  kind: v.literal('end'),
  exportedAtMs: v.number(),
  utcOffsetMin: v.pipe(v.number(), v.integer(), v.minValue(-1_440), v.maxValue(1_440)),
  lines: v.number(),
  sha256: v.string(),
})
const headSchema = v.looseObject({ format: v.literal(evidenceFormat), kind: v.string() })
const { chain: chainId, ...linkEntries } = linkSchema.entries
const chainSchema = v.object({ chain: v.object({ id: chainId, ...linkEntries }) })

/** A line as it was read, or why it is none. */
export type RowReading = { readonly row: Row } | { readonly complaint: string }

export function readJsonLine(text: string): RowReading {
  const json = parseOrNull(text)
  const head = v.safeParse(headSchema, json)
  if (!head.success) return { complaint: json === null ? 'is no JSON' : complaintOf(head.issues) }
  if (head.output.kind === 'end') return readRow(endSchema, json, (end) => ({ end: endOf(end) }))
  return readRow(chainSchema, json, ({ chain: { id: chain, ...rest } }) => {
    const link: Link = { chain, ...rest }
    if (head.output.kind === 'link') return { line: { ...link, body: null } }
    const body = v.safeParse(bodySchema, json)
    return body.success ? { line: { ...link, body: body.output } } : body.issues
  })
}

type Schema = v.GenericSchema<unknown, unknown>

/** Parsed, then made a row; issues of a later part count as those of the whole. */
export function readRow<S extends Schema>(
  schema: S,
  input: unknown,
  toRow: (output: v.InferOutput<S>) => Row | readonly v.BaseIssue<unknown>[],
): RowReading {
  const parsed = v.safeParse(schema, input)
  const row = parsed.success ? toRow(parsed.output) : parsed.issues
  return 'line' in row || 'end' in row ? { row } : { complaint: complaintOf(row) }
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller says that it is none.
    return null
  }
}

export function endOf({ exportedAtMs, utcOffsetMin, lines, sha256 }: End): End {
  return { exportedAtMs, utcOffsetMin, lines, sha256 }
}

function complaintOf([issue]: readonly v.BaseIssue<unknown>[]): string {
  const place = issue?.path?.map(({ key }) => String(key)).join('.') ?? ''
  return `does not fit the schema${place === '' ? '' : `: ${place}`}`
}
