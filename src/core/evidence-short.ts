// The short form of a record: one attribute of the customer's participant, so that it lives with the call in Genesys Cloud.
import type { EvidenceRecord } from './evidence'

/** Attribute names are the platform's: letters, digits, dot and dash. One per playback, so writing twice changes nothing. */
export function shortFormKey(playbackId: string): string {
  return `cueline.${playbackId.replace(/[^0-9a-zA-Z]/g, '').slice(0, 12)}`
}

const shortLimit = 255

/** `v1|key|version|language|outcome|code|startedAtMs|playedMs/durationMs|sha256 (16 hex)`; always under 256 characters. */
export function toShortForm(record: EvidenceRecord): string {
  const whole = (ms: number | null) => (ms === null ? '' : String(Math.round(ms)))
  const clean = (value: string | null, limit: number) =>
    (value ?? '').replace(/[|\p{Cc}]/gu, ' ').slice(0, limit)
  const fields = [
    'v1',
    clean(record.promptKey, 64),
    clean(record.promptVersion, 16),
    clean(record.language, 16),
    record.outcome,
    record.code ?? '',
    whole(record.startedAtMs),
    `${whole(record.playedMs)}/${whole(record.durationMs)}`,
    clean(record.sha256, 16),
  ]
  return fields.join('|').slice(0, shortLimit)
}
