// Sentences of the catalogue's health: what is wrong with a file and what to do about it, for the admin.
import type { AudioFormat } from './catalogue'
import { columnText, describeColumn } from './desired'
import type { DryRunLine } from './dry-run'
import type { FailureCode, Refusal } from './errors'
import {
  lateStartMs,
  loudLufs,
  quietLufs,
  type HealthFormat,
  type HealthGrade,
  type HealthIssue,
} from './health'
import type { Tone } from './playback-words'
import { languageName } from './prompt'

export const gradeWords: Readonly<Record<HealthGrade, readonly [word: string, tone: Tone]>> = {
  fault: ['Fault', 'failed'],
  note: ['Look', 'unknown'],
  unchecked: ['Not checked', 'waiting'],
  good: ['Good', 'done'],
  absent: ['Not there', 'idle'],
}

const failures: Partial<Record<FailureCode, string>> = {
  asset_missing: 'The file is not there. Upload it, or take this format out of the catalogue',
  asset_denied: 'The CDN does not give the file out. Allow reading it without a sign-in',
  asset_corrupt: 'The file is not what its name says. Upload the recording again',
  asset_truncated: 'The file breaks off before its end. Upload the recording again',
  asset_too_large:
    'The file is larger than asset.maxBytes of config.json allows. Shorten it or raise the limit',
  codec_unsupported: 'The file has a codec that lines do not play. Make it mp3, Opus, PCM, mu-law or A-law',
  fetch_timeout: 'The file did not come. Check the CDN, its CORS header and the network, then check again',
}

export function issueSentence(issue: HealthIssue): string {
  switch (issue.kind) {
    case 'failure': {
      const { code, detail } = issue.failure
      return `${failures[code] ?? 'The file cannot be used'}${detail === null ? '' : ` (${detail})`}.`
    }
    case 'expired':
      return `Expired on ${issue.date}: agents may not play it. Change validUntil, or take the prompt out.`
    case 'expires-soon':
      return `Expires on ${issue.date}. Have the new wording recorded.`
    case 'not-yet-valid':
      return `Not valid before ${issue.date}.`
    case 'tier-never-chosen':
      return 'Its tier is none of "tiers" in config.json: it is never chosen.'
    case 'quiet':
      return `Quiet: ${lufsText(issue.lufs)}, less than ${lufsText(quietLufs)}. Customers may not understand it.`
    case 'loud':
      return `Loud: ${lufsText(issue.lufs)}, more than ${lufsText(loudLufs)}.`
    case 'uneven':
      return `${issue.lufs > issue.medianLufs ? 'Louder' : 'Quieter'} than the others: ${lufsText(issue.lufs)}, the middle of all is ${lufsText(issue.medianLufs)}.`
    case 'late-start':
      return `Begins with ${Math.round(issue.silentMs)} ms of silence, more than ${lateStartMs} ms: customers wait for nothing.`
    case 'silent':
      return 'There is no sound in it. Upload the recording again.'
    case 'duplicate':
      return `Has the same bytes as ${issue.of}. One of the two is probably the wrong recording.`
    case 'not-measured':
      return 'This browser does not decode it, so loudness and silence were not measured. Its length is by its header.'
  }
}

export const formatWords: Readonly<Record<HealthFormat, string>> = {
  mp3: 'mp3',
  opus: 'opus',
  wav: 'wav',
  architect: 'Architect',
}

export const lufsText = (lufs: number): string => `${lufs.toFixed(1).replace('-', '−')} LUFS`
export const secondsText = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
export const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
export const placeText = (language: string, tier: string): string => `${languageName(language)} · ${tier}`

/** "The file xyz, because …" in one line for each candidate. */
export function verdictSentence({ verdict, candidate }: DryRunLine): string {
  switch (verdict.kind) {
    case 'chosen':
      return candidate.reason ?? 'it is exactly what was asked for, and the file is good'
    case 'not-needed':
      return 'a better one was found before'
    case 'format-not-played':
      return `the line does not play ${formatName(candidate.format)}`
    case 'codec-not-played':
      return `the file holds ${verdict.codec}, which the line does not play`
    case 'faulty':
      return issueSentence({ kind: 'failure', failure: verdict.failure })
    case 'no-length':
      return 'its length is not known, so nobody could tell when it has ended'
  }
}

export const verdictWords: Readonly<Record<DryRunLine['verdict']['kind'], readonly [string, Tone]>> = {
  chosen: ['This file', 'done'],
  'not-needed': ['Not needed', 'idle'],
  'format-not-played': ['Left out', 'stopped'],
  'codec-not-played': ['Left out', 'stopped'],
  faulty: ['Passed over', 'failed'],
  'no-length': ['Left out', 'stopped'],
}

const formatName = (format: AudioFormat): string => (format === 'wav' ? 'wav (PCM, mu-law, A-law)' : format)

/** What the platform or the CDN said no to, and what to do. `did` completes "… was not done": "The row was not saved". */
export function refusedSentence(did: string, { kind, message, missing, correlationId }: Refusal): string {
  const why =
    kind === 'forbidden' && missing.length > 0
      ? `you lack ${missing.join(', ')}. Ask whoever gives roles for it`
      : kind === 'signed-out'
        ? 'you are signed out. Sign in again'
        : message.replace(/\.$/, '')
  const reference = correlationId === null ? '' : ` Reference ${correlationId}.`
  return `${did}: ${why}.${reference}`
}

/** The call that a dry run was asked about, in one sentence. */
export function callSentence({
  queue,
  direction,
  wish,
  supported,
}: {
  readonly queue: { readonly name: string } | null
  readonly direction: 'inbound' | 'outbound'
  readonly wish: { readonly language: string; readonly tier: string }
  readonly supported: readonly string[] | null
}): string {
  const call = direction === 'inbound' ? 'An inbound call' : 'An outbound call'
  const place = queue === null ? '' : ` in the queue ${queue.name}`
  const line =
    supported === null ? 'the line does not say what it plays' : `the line plays ${supported.join(', ')}`
  return `${call}${place}: ${languageName(wish.language)}, tier ${wish.tier}; ${line}.`
}

/** What a column of our data table is for; empty for one that an admin has added. */
export const columnHint = (column: { readonly name: string; readonly type: string }): string =>
  describeColumn(columnText(column)).description
