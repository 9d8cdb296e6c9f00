// Verifies an export: schema, order, chain and digests. Whatever does not hold is named by its line.
import { textToEnd } from './evidence-file'
import { canonicalJson, genesis, textToSeal, type Body, type Line } from './evidence-chain'
import { csvHeader, readCsvRow, splitCsv, toCsvRow } from './evidence-csv'
import { readJsonLine, toJsonLine, type End, type RowReading } from './evidence-export'

export interface Finding {
  /** Counted from 1. */
  readonly lineNumber: number
  readonly complaint: string
}

export interface Verdict {
  /** What was changed, or is missing where something must be. None: the file is as it was written. */
  readonly findings: readonly Finding[]
  /** What the file does not say: no fault of it, and no proof either. */
  readonly gaps: readonly Finding[]
  readonly bodies: readonly Body[]
  /** Lines without content, which only link others. */
  readonly links: number
  readonly chains: readonly { readonly chain: string; readonly head: string; readonly seq: number }[]
}

interface Read {
  readonly lineNumber: number
  readonly text: string
  readonly reading: RowReading
}

/** `sha256`: of the text's UTF-8 bytes, 64 hexadecimal digits. Never throws, whatever the text is. */
export function verifyExport(text: string, sha256: (text: string) => string): Verdict {
  const isJson = text.startsWith('{')
  const findings: Finding[] = []
  const gaps: Finding[] = []
  const find = (lineNumber: number, complaint: string) => void findings.push({ lineNumber, complaint })
  const rows = isJson ? readJson(text) : readCsv(text)
  if (!isJson && !text.startsWith(csvHeader)) find(1, 'is not the header of a Cueline export')

  let above = isJson ? '' : csvHeader
  let before: Line | null = null
  let end: End | null = null
  let seen = 0
  let links = 0
  const bodies: Body[] = []
  const heads = new Map<string, { chain: string; head: string; seq: number }>()
  for (const { lineNumber, text: written, reading } of rows) {
    if (end !== null) find(lineNumber, 'stands after the end of the export')
    if ('complaint' in reading) {
      find(lineNumber, reading.complaint)
      above += written
      seen += 1
      continue
    }
    const { row } = reading
    if (written !== (isJson ? toJsonLine(row) : toCsvRow(row)))
      find(lineNumber, 'is not as Cueline wrote it: a value, a date or the order of its fields was changed')
    if ('end' in row) {
      end = row.end
      if (end.lines !== seen) find(lineNumber, `speaks of ${end.lines} lines, above it stand ${seen}`)
      if (sha256(textToEnd(above, end)) !== end.sha256)
        find(lineNumber, 'has another digest: this line or a line above it was changed')
      continue
    }
    const { line } = row
    seen += 1
    above += written
    for (const complaint of complaintsAbout(line, before, heads, sha256)) find(lineNumber, complaint)
    if (before?.chain !== line.chain && line.seq > 1)
      gaps.push({
        lineNumber,
        complaint: `begins with number ${line.seq} of its chain: earlier lines are not in this file`,
      })
    if (line.body === null) links += 1
    else bodies.push(line.body)
    heads.set(line.chain, { chain: line.chain, head: line.hash, seq: line.seq })
    before = line
  }
  if (end === null)
    find(rows.at(-1)?.lineNumber ?? 1, 'is the last line, but not the end of an export: the file was cut off')
  return { findings, gaps, bodies, links, chains: [...heads.values()] }
}

function complaintsAbout(
  line: Line,
  before: Line | null,
  heads: ReadonlyMap<string, unknown>,
  sha256: (text: string) => string,
): readonly string[] {
  const complaints: string[] = []
  if (line.body !== null && sha256(canonicalJson(line.body)) !== line.bodySha256)
    complaints.push('has content that does not fit its digest: it was changed')
  if (sha256(textToSeal(line)) !== line.hash) complaints.push('does not fit its own hash: it was changed')
  if (before?.chain === line.chain) {
    if (line.seq <= before.seq) complaints.push('stands out of order in its chain, or twice')
    else if (line.seq > before.seq + 1)
      complaints.push(
        `comes after number ${before.seq} as number ${line.seq}: ${line.seq - before.seq - 1} missing`,
      )
    else if (line.prev !== before.hash) complaints.push('does not continue the line before it')
  } else {
    if (heads.has(line.chain)) complaints.push('stands apart from the other lines of its chain')
    else if (before !== null && before.chain > line.chain)
      complaints.push('stands out of order among the chains')
    if ((line.seq === 1) !== (line.prev === genesis))
      complaints.push('is not the beginning of a chain that it claims to be')
  }
  return complaints
}

function readJson(text: string): readonly Read[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  return lines.map((line, index) => ({ lineNumber: index + 1, text: line, reading: readJsonLine(line) }))
}

function readCsv(text: string): readonly Read[] {
  const rows = splitCsv(text)
  return rows.slice(1).map(({ lineNumber, text: written, cells }) => {
    return { lineNumber, text: written, reading: readCsvRow(cells) }
  })
}
