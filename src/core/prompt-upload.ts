// An upload of a recording to Architect: what may be sent, and when the platform is done with it.
import type { Complaint } from './config'
import type { PromptRecordingState } from './health-ports'
import { normaliseLanguage } from './prompt'

/** What the platform takes at most. */
export const maxWavBytes = 25 * 1024 * 1024

/**
 * 16 kHz keeps all that a wideband line carries (its band ends at 7 kHz) and still fits 13 minutes into 25 MB; for a
 * narrowband line the platform makes 8 kHz of it.
 */
export const uploadRateHz = 16_000

export interface UploadWish {
  /** Of the catalogue, e.g. `hold-notice`. */
  readonly promptKey: string
  readonly language: string
  readonly title: string
  readonly text: string
}

/** Field, value and rule of all that cannot be sent. */
export function judgeWish({ promptKey, language, title, text }: UploadWish): readonly Complaint[] {
  const complaints: Complaint[] = []
  const say = (field: string, value: string, rule: string) =>
    complaints.push({ field, value: value === '' ? 'nothing' : JSON.stringify(value.slice(0, 60)), rule })
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(promptKey))
    say('key', promptKey, 'must be lower-case letters, digits and -, at most 64')
  if (normaliseLanguage(language) === null)
    say('language', language, 'must be a language tag such as "en" or "pt-BR"')
  if (title.trim().length > 80) say('title', title, 'must be at most 80 characters')
  if (text.trim().length > 4_000) say('text', text, 'must be at most 4000 characters')
  return complaints
}

/** Architect writes its languages in lower case, e.g. `en-us`. */
export const uploadLanguage = (language: string): string =>
  (normaliseLanguage(language) ?? language).toLowerCase()

/** How far the platform's length may be from the file's: it rounds. */
const toleranceMs = 500

/**
 * Where a recording is replaced, the old one may still be shown as ready: only a length that fits the file that was sent
 * is believed. What never comes to fit is not said to be done.
 */
export function judgeUpload(
  { uploadStatus, durationMs }: PromptRecordingState,
  sentMs: number,
): 'done' | 'failed' | 'waiting' {
  if (uploadStatus === 'transcodeFailed') return 'failed'
  if (uploadStatus !== 'transcoded' || durationMs === null) return 'waiting'
  return Math.abs(durationMs - sentMs) <= toleranceMs ? 'done' : 'waiting'
}
