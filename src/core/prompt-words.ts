// What a click on a prompt would play, in a line an agent understands.
import type { CheckedAsset } from './asset'
import { sentenceFor, type Failure } from './errors'
import { seconds } from './playback-words'
import { languageName, type Candidate } from './prompt'

type Readiness =
  | { readonly status: 'checking' }
  | { readonly status: 'ready'; readonly candidate: Candidate; readonly asset: CheckedAsset }
  | { readonly status: 'unplayable'; readonly failure: Failure }

export interface ReadinessWords {
  readonly look: 'checking' | 'ready' | 'unplayable'
  readonly line: string
  readonly reason: string | null
}

/** "German · premium · 3.4 s · de/premium/welcome.mp3", and why where it is not what was asked for. */
export function describeReadiness(readiness: Readiness | undefined): ReadinessWords {
  if (readiness === undefined || readiness.status === 'checking')
    return { look: 'checking', line: 'Checking the recording…', reason: null }
  if (readiness.status === 'unplayable') {
    return {
      look: 'unplayable',
      line: 'Cannot be played',
      reason: sentenceFor(readiness.failure.code, false),
    }
  }
  const { candidate, asset } = readiness
  const file = candidate.url.split('/').pop() ?? candidate.url
  const line = [languageName(candidate.language), candidate.tier, seconds(asset.durationMs), file].join(' · ')
  return { look: 'ready', line, reason: candidate.reason }
}
