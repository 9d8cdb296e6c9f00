// Catalogue health: every file that the catalogue promises, what its check found, and what is wrong with it.
import { audioFormats, type AudioFormat, type Prompt } from './catalogue'
import type { Failure } from './errors'
import { endOf } from './guard'
import { formatsOf } from './prompt'

/** Where a recording lies: a file of that format on the CDN, or a prompt of Architect. */
export const healthFormats = [...audioFormats, 'architect'] as const
export type HealthFormat = (typeof healthFormats)[number]

/** One file to check. `url` is null where only the platform can reach it. */
export interface HealthAsset {
  /** `key/language/tier/format` */
  readonly id: string
  readonly promptKey: string
  readonly language: string
  readonly tier: string
  readonly format: HealthFormat
  readonly url: string | null
  readonly claimedDurationMs: number | null
  /** False: the catalogue names no formats, so that this file is only one of those that may be there. */
  readonly named: boolean
}

/** What the bytes turned out to be. The figures of the sound are null where this browser does not decode the file. */
export interface Measured {
  readonly durationMs: number
  readonly sizeBytes: number
  readonly codec: string
  /** Lower-case hex of exactly the bytes that were checked. */
  readonly sha256: string
  /** Integrated loudness by ITU-R BS.1770-4. */
  readonly lufs: number | null
  readonly peakDbfs: number | null
  readonly leadingSilenceMs: number | null
}

export type Finding =
  { readonly ok: true; readonly measured: Measured } | { readonly ok: false; readonly failure: Failure }

/** By the id of the asset. What is not in it has not been checked. */
export type Findings = ReadonlyMap<string, Finding>

export type HealthIssue =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'expired' | 'expires-soon' | 'not-yet-valid'; readonly date: string }
  | { readonly kind: 'tier-never-chosen' }
  | { readonly kind: 'quiet' | 'loud'; readonly lufs: number }
  | { readonly kind: 'uneven'; readonly lufs: number; readonly medianLufs: number }
  | { readonly kind: 'late-start'; readonly silentMs: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'duplicate'; readonly of: string }
  | { readonly kind: 'not-measured' }

/** Fault: an agent will miss it. Note: it plays, and somebody should look. Absent: not there, and not promised. */
export type HealthGrade = 'fault' | 'note' | 'unchecked' | 'good' | 'absent'

/** Our own limits for speech on a telephone: no standard says them. */
export const quietLufs = -32
export const loudLufs = -12
/** From the middle of all files: a step of twice that between two prompts is plainly heard. */
const unevenLu = 6
export const lateStartMs = 500
const soonDays = 30
const dayMs = 86_400_000

/** Every file that the catalogue promises, or may have, in its order; each once, whichever sources name it. */
export function listAssets(prompts: readonly Prompt[], cdnBase: string): readonly HealthAsset[] {
  const all = prompts.flatMap((prompt) =>
    prompt.recordings.flatMap((recording): HealthAsset[] => {
      const { language, tier, durationMs = null, medium } = recording
      const place = { promptKey: prompt.key, language, tier, claimedDurationMs: durationMs }
      const idOf = (format: HealthFormat) => `${prompt.key}/${language}/${tier}/${format}`
      if (medium === 'architect')
        return [{ ...place, id: idOf('architect'), format: 'architect', url: null, named: true }]
      const named = (recording.formats ?? prompt.formats) !== undefined
      return formatsOf(prompt, recording).map((format: AudioFormat) => ({
        ...place,
        id: idOf(format),
        format,
        url: `${cdnBase}/${language}/${tier}/${prompt.key}.${format}`,
        named,
      }))
    }),
  )
  // The first of one recording is the one that would be played.
  const known = new Set<string>()
  return all.filter(({ id }) => !known.has(id) && known.add(id))
}

export function judgeDates(
  { validFrom, validUntil }: Pick<Prompt, 'validFrom' | 'validUntil'>,
  nowMs: number,
): readonly HealthIssue[] {
  if (validUntil !== null && nowMs >= endOf(validUntil)) return [{ kind: 'expired', date: validUntil }]
  if (validUntil !== null && nowMs >= endOf(validUntil) - soonDays * dayMs)
    return [{ kind: 'expires-soon', date: validUntil }]
  if (validFrom !== null && nowMs < Date.parse(validFrom)) return [{ kind: 'not-yet-valid', date: validFrom }]
  return []
}

/** The figures of one file against the limits, and against the median of all. */
export function judgeSound(
  { lufs, peakDbfs, leadingSilenceMs, durationMs }: Measured,
  medianLufs: number | null,
): readonly HealthIssue[] {
  if (leadingSilenceMs === null) return [{ kind: 'not-measured' }]
  if (peakDbfs === null || leadingSilenceMs >= durationMs) return [{ kind: 'silent' }]
  const issues: HealthIssue[] = []
  if (lufs !== null && lufs < quietLufs) issues.push({ kind: 'quiet', lufs })
  else if (lufs !== null && lufs > loudLufs) issues.push({ kind: 'loud', lufs })
  else if (lufs !== null && medianLufs !== null && Math.abs(lufs - medianLufs) > unevenLu)
    issues.push({ kind: 'uneven', lufs, medianLufs })
  if (leadingSilenceMs > lateStartMs) issues.push({ kind: 'late-start', silentMs: leadingSilenceMs })
  return issues
}
