// What a click on a prompt would play, in a line an agent understands.
import type { CheckedAsset } from './asset'
import type { Failure, FailureCode } from './errors'
import { seconds } from './text'
import { languageName, type Candidate } from './prompt'

type Readiness =
  | { readonly status: 'checking' }
  | { readonly status: 'ready'; readonly candidate: Candidate; readonly asset: CheckedAsset }
  | { readonly status: 'unplayable'; readonly failure: Failure }

export interface ReadinessWords {
  readonly look: 'checking' | 'ready' | 'unplayable'
  readonly line: string
  readonly reason: string | null
  /** For support: language/tier/file. */
  readonly file: string | null
}

/** Why a prompt cannot be played, short enough for a row of the list; the whole sentence comes on a click. */
const briefly: Partial<Record<FailureCode, string>> = {
  asset_missing: 'recording missing',
  asset_denied: 'recording refused',
  asset_corrupt: 'recording damaged',
  asset_truncated: 'recording breaks off',
  asset_too_large: 'recording too large',
  codec_unsupported: 'not for this line',
  fetch_timeout: 'recording not reached',
}

/** "German · premium · mp3 · 3.4 s", and why where it is not what was asked for. */
export function describeReadiness(readiness: Readiness | undefined): ReadinessWords {
  if (readiness === undefined || readiness.status === 'checking')
    return { look: 'checking', line: 'Checking the recording…', reason: null, file: null }
  if (readiness.status === 'unplayable') {
    const reason = briefly[readiness.failure.code] ?? 'not now'
    return { look: 'unplayable', line: `Cannot be played: ${reason}`, reason: null, file: null }
  }
  const { candidate, asset } = readiness
  const line = [
    languageName(candidate.language),
    candidate.tier,
    ...(asset.sha256 === null ? [] : [asset.format]),
    seconds(asset.durationMs),
  ]
  return { look: 'ready', line: line.join(' · '), reason: candidate.reason, file: fileOf(asset.url) }
}

/** "de/premium/welcome.mp3": the part of an asset's URL that tells it from all others. */
export function fileOf(url: string): string {
  return url.split('/').slice(-3).join('/')
}
