// Makes the file of an export: which lines, in which format, with the digest that ends it. Loaded on the agent's click.
import type { Line } from '../core/evidence-chain'
import { selectLines, type Scope } from '../core/evidence-export'
import { renderRow, renderRows, textToEnd, type FileFormat } from '../core/evidence-file'
import type { Downloads, Sealing } from '../core/ports'

interface ExportPorts {
  readonly sealing: Sealing
  readonly downloads: Downloads
}

const mediaTypes = { csv: 'text/csv;charset=utf-8', jsonl: 'application/x-ndjson' }

export interface Exported {
  readonly lines: number
  /** The whole file: a frame that may not download shows it instead. */
  readonly text: string
}

/** Null where there is nothing to export: then there is no file. */
export async function exportLines(
  { sealing, downloads }: ExportPorts,
  lines: readonly Line[],
  scope: Scope,
  format: FileFormat,
  nowMs: number,
): Promise<Exported | null> {
  const rows = selectLines(lines, scope).map((line) => ({ line }))
  if (rows.length === 0) return null
  const above = renderRows(rows, format)
  const end = { exportedAtMs: nowMs, utcOffsetMin: sealing.utcOffsetMin(nowMs), lines: rows.length }
  const sha256 = await sealing.digest(textToEnd(above, end))
  const of = scope.kind === 'day' ? scope.day : scope.conversationId
  const name = `cueline-${of.replace(/[^0-9a-zA-Z-]/g, '').slice(0, 60)}.${format}`
  const text = above + renderRow({ end: { ...end, sha256 } }, format)
  downloads.save(name, mediaTypes[format], text)
  return { lines: rows.length, text }
}
