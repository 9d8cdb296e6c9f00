// The short form of a record: one attribute of the customer's participant, so that it lives with the call in Genesys Cloud.
import type { EvidenceRecord } from './evidence'

/** Attribute names are the platform's: letters, digits, dot and dash. One per playback, so writing twice changes nothing. */
export function shortFormKey(playbackId: string): string {
  return `cueline.${playbackId.replace(/[^0-9a-zA-Z]/g, '').slice(0, 12)}`
}

/** So many playbacks of a call have an attribute of their own; "few keys" is all that is known of the platform's limit. */
export const shortFormLimit = 20
/** The newest playback beyond them. All are in the long form. */
const overflowKey = 'cueline.more'

/** `taken`: names of attributes that the participant has. A record that was written once keeps its place. */
export function shortFormPlace(playbackId: string, taken: ReadonlySet<string>): string {
  const own = shortFormKey(playbackId)
  const ours = [...taken].filter((name) => /^cueline\.[0-9a-f]{12}$/.test(name))
  return taken.has(own) || ours.length < shortFormLimit ? own : overflowKey
}

const shortLimit = 255

/**
 * `v1|key|version|language|outcome|code|startedAtMs|playedMs/durationMs|sha256 (16 hex)`, then `read-aloud` where the agent
 * says so, and in `cueline.more` whose it is; always under 256 characters.
 */
export function toShortForm(record: EvidenceRecord, place = shortFormKey(record.playbackId)): string {
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
    ...(record.readAloud ? ['read-aloud'] : []),
    ...(place === overflowKey ? [shortFormKey(record.playbackId)] : []),
  ]
  return fields.join('|').slice(0, shortLimit)
}
