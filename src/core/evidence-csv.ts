// Exports of the chain as CSV (RFC 4180): one row a line, safe to open in a spreadsheet, and to be read back.
import * as v from 'valibot'
import { bodySchema, evidenceFormat, linkSchema } from './evidence-chain'
import { endOf, endSchema, isoWithZone, readRow, type Row, type RowReading } from './evidence-export'

type Cell = string | number | boolean | null
type Cells = Record<string, Cell>

/** Names of the columns and what they hold. An `…At` behind an `…AtMs` is the same moment, written for people. */
const columns: readonly (readonly [name: string, type: 'text' | 'number' | 'flag' | 'date'])[] = [
  ['format', 'text'],
  ['kind', 'text'],
  ['chain', 'text'],
  ['seq', 'number'],
  ['prev', 'text'],
  ['bodySha256', 'text'],
  ['hash', 'text'],
  ['recordedAtMs', 'number'],
  ['recordedAt', 'date'],
  ['utcOffsetMin', 'number'],
  ['playbackId', 'text'],
  ['organizationId', 'text'],
  ['conversationId', 'text'],
  ['participantId', 'text'],
  ['agentId', 'text'],
  ['queueId', 'text'],
  ['promptKey', 'text'],
  ['promptVersion', 'text'],
  ['assetUrl', 'text'],
  ['sha256', 'text'],
  ['language', 'text'],
  ['tier', 'text'],
  ['fileFormat', 'text'],
  ['choiceReason', 'text'],
  ['backend', 'text'],
  ['clock', 'text'],
  ['requestedAtMs', 'number'],
  ['requestedAt', 'date'],
  ['acceptedAtMs', 'number'],
  ['acceptedAt', 'date'],
  ['startedAtMs', 'number'],
  ['startedAt', 'date'],
  ['endedAtMs', 'number'],
  ['endedAt', 'date'],
  ['offsetFromCallStartMs', 'number'],
  ['playedMs', 'number'],
  ['durationMs', 'number'],
  ['outcome', 'text'],
  ['code', 'text'],
  ['endedBy', 'text'],
  ['readAloud', 'flag'],
  ['atStart.held', 'flag'],
  ['atStart.muted', 'flag'],
  ['atStart.recording', 'text'],
  ['atEnd.held', 'flag'],
  ['atEnd.muted', 'flag'],
  ['atEnd.recording', 'text'],
  ['appVersion', 'text'],
  ['dueAtMs', 'number'],
  ['dueAt', 'date'],
  ['settledAtMs', 'number'],
  ['settledAt', 'date'],
  ['lines', 'number'],
]

export const csvHeader = `${columns.map(([name]) => name).join(',')}\r\n`

/** A spreadsheet would calculate what begins like this. The apostrophe is taken off again when the file is read. */
const dangerous = /^(?:[=+\-@\t\r\n'＝＋－＠]|$)/

function cellText(value: Cell, type: string): string {
  if (value === null) return ''
  const text = type === 'text' && dangerous.test(String(value)) ? `'${value}` : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function cellsOf(row: Row): Cells {
  if ('end' in row) {
    const { exportedAtMs, utcOffsetMin, lines, sha256 } = row.end
    return { kind: 'end', recordedAtMs: exportedAtMs, utcOffsetMin, lines, hash: sha256 }
  }
  const { body, ...link } = row.line
  if (body === null) return { kind: 'link', ...link }
  const { kind, recordedAtMs, utcOffsetMin } = body
  const common = { ...link, kind, recordedAtMs, utcOffsetMin }
  if (body.kind === 'required') return { ...common, ...body.required }
  const { atStart, atEnd, format: fileFormat, ...flat } = body.record
  return { ...common, ...flat, fileFormat, ...legCells('atStart', atStart), ...legCells('atEnd', atEnd) }
}

function legCells(name: string, leg: Readonly<Record<string, Cell>> | null): Cells {
  return Object.fromEntries(Object.entries(leg ?? {}).map(([field, value]) => [`${name}.${field}`, value]))
}

export function toCsvRow(row: Row): string {
  const cells: Cells = { format: evidenceFormat, ...cellsOf(row) }
  const offset = Number(cells.utcOffsetMin ?? 0)
  const texts = columns.map(([name, type]) => {
    const value =
      type === 'date' ? isoWithZone((cells[`${name}Ms`] as number) ?? null, offset) : (cells[name] ?? null)
    return cellText(value, type)
  })
  return `${texts.join(',')}\r\n`
}

/** The cells of one row as values; null where the row does not have the columns of the header. */
function readCells(texts: readonly string[]): Cells | null {
  if (texts.length !== columns.length) return null
  const cells: Cells = {}
  for (const [index, [name, type]] of columns.entries())
    if (type !== 'date') cells[name] = valueOf(texts[index] ?? '', type)
  return cells
}

function valueOf(text: string, type: 'text' | 'number' | 'flag'): Cell {
  if (text === '') return null
  if (type === 'number') return Number(text)
  if (type === 'flag') return text === 'true' ? true : text === 'false' ? false : text
  return text.startsWith("'") ? text.slice(1) : text
}

export function readCsvRow(texts: readonly string[]): RowReading {
  const cells = readCells(texts)
  if (cells === null) return { complaint: `has ${texts.length} cells instead of ${columns.length}` }
  if (cells.format !== evidenceFormat) return { complaint: 'does not fit the schema: format' }
  if (cells.kind === 'end') {
    const { recordedAtMs: exportedAtMs, hash: sha256 } = cells
    return readRow(endSchema, { ...cells, exportedAtMs, sha256 }, (end) => ({ end: endOf(end) }))
  }
  return readRow(linkSchema, cells, (link) => {
    if (cells.kind === 'link') return { line: { ...link, body: null } }
    const body = v.safeParse(bodySchema, bodyOf(cells))
    return body.success ? { line: { ...link, body: body.output } } : body.issues
  })
}

function bodyOf(cells: Cells): unknown {
  const { kind, recordedAtMs, utcOffsetMin, fileFormat } = cells
  const legs = { atStart: legOf(cells, 'atStart'), atEnd: legOf(cells, 'atEnd') }
  return {
    kind,
    recordedAtMs,
    utcOffsetMin,
    record: { ...cells, format: fileFormat, ...legs },
    required: cells,
  }
}

function legOf(cells: Cells, name: string): Cells | null {
  const leg = {
    held: cells[`${name}.held`],
    muted: cells[`${name}.muted`],
    recording: cells[`${name}.recording`],
  }
  return Object.values(leg).every((value) => value === null) ? null : (leg as Cells)
}

export interface CsvRow {
  /** Of its first character, counted from 1. */
  readonly lineNumber: number
  /** As it stands in the file, with its line end. */
  readonly text: string
  readonly cells: readonly string[]
}

/** Takes a file apart. A quoted cell may hold line ends, so a row may be several lines long. */
export function splitCsv(text: string): readonly CsvRow[] {
  const rows: CsvRow[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y
  let cells: string[] = []
  let from = 0
  let lineNumber = 1
  while (from < text.length || cells.length > 0) {
    const start = from
    do {
      cell.lastIndex = from
      const found = cell.exec(text)
      // A stray quote: the rest of the line is taken as it is, and will not be what was written.
      const rest = found ?? /([^\r\n]*)()(\r\n|\n|\r|$)/y.exec(text.slice(from))
      from += rest?.[0].length ?? 1
      cells.push(found?.[1]?.replaceAll('""', '"') ?? found?.[2] ?? rest?.[1] ?? '')
      if (rest?.[3] !== ',') break
    } while (from <= text.length)
    const part = text.slice(start, from)
    rows.push({ lineNumber, text: part, cells })
    lineNumber += part.match(/\r\n|\n|\r/g)?.length ?? 0
    cells = []
    if (part === '') break
  }
  return rows
}
