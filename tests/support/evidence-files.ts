// Exports as the panel writes them, made of bodies: sealed with Node's own SHA-256.
import { createHash } from 'node:crypto'
import { canonicalJson, genesis, textToSeal, type Body, type Line } from '../../src/core/evidence-chain'
import { renderRow, renderRows, textToEnd, type FileFormat } from '../../src/core/evidence-file'
import { evidence } from './factories'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export function playbackBody(of: Parameters<typeof evidence>[0] = {}, recordedAtMs = 5_000): Body {
  return { kind: 'playback', recordedAtMs, utcOffsetMin: 60, record: evidence(of) }
}

export function sealed(chain: string, bodies: readonly (Body | null)[]): readonly Line[] {
  const lines: Line[] = []
  for (const body of bodies) {
    const link = {
      chain,
      seq: lines.length + 1,
      prev: lines.at(-1)?.hash ?? genesis,
      bodySha256: sha256(canonicalJson(body)),
    }
    lines.push({ ...link, hash: sha256(textToSeal(link)), body })
  }
  return lines
}

export function exportOf(lines: readonly Line[], format: FileFormat): string {
  const text = renderRows(
    lines.map((line) => ({ line })),
    format,
  )
  const end = { exportedAtMs: 9_000, utcOffsetMin: 60, lines: lines.length }
  const row = { end: { ...end, sha256: sha256(textToEnd(text, end)) } }
  return text + renderRow(row, format)
}
