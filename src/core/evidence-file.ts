// A whole export as one text: its rows, and what the digest of its last line is taken over.
import { canonicalJson } from './evidence-chain'
import { csvHeader, toCsvRow } from './evidence-csv'
import { toJsonLine, type End, type Row } from './evidence-export'

export const fileFormats = ['csv', 'jsonl'] as const
export type FileFormat = (typeof fileFormats)[number]

export function renderRow(row: Row, format: FileFormat): string {
  return format === 'csv' ? toCsvRow(row) : toJsonLine(row)
}

/** All but the last line, which needs the digest of what stands above it. */
export function renderRows(rows: readonly Row[], format: FileFormat): string {
  return (format === 'csv' ? csvHeader : '') + rows.map((row) => renderRow(row, format)).join('')
}

/** What the digest of the last line is taken over: all text above it, and the rest of the line itself. */
export function textToEnd(above: string, { exportedAtMs, utcOffsetMin, lines }: Omit<End, 'sha256'>): string {
  return above + canonicalJson({ exportedAtMs, utcOffsetMin, lines })
}
