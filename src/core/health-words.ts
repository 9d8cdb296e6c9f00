// Sentences of the catalogue's health: what is wrong with a file and what to do about it, for the admin.
import type { AudioFormat } from './catalogue'
import type { Complaint } from './config'
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
import { fixed, m, t } from './text'

export const gradeWords: Readonly<Record<HealthGrade, string>> = m({
  fault: 'Fault',
  note: 'Worth a look',
  unchecked: 'Not checked',
  good: 'Good',
  absent: 'Not there',
})
export const gradeTones: Readonly<Record<HealthGrade, Tone>> = {
  fault: 'failed',
  note: 'unknown',
  unchecked: 'waiting',
  good: 'done',
  absent: 'idle',
}

const failures: Partial<Record<FailureCode, string>> = m({
  asset_missing: 'The file is not there. Upload it, or take this format out of the catalogue',
  asset_denied: 'The CDN does not give the file out. Allow reading it without a sign-in',
  asset_corrupt: 'The file is not what its name says. Upload the recording again',
  asset_truncated: 'The file breaks off before its end. Upload the recording again',
  asset_too_large:
    'The file is larger than asset.maxBytes of config.json allows. Shorten it or raise the limit',
  codec_unsupported: 'The file has a codec that lines do not play. Make it mp3, Opus, PCM, mu-law or A-law',
  fetch_timeout: 'The file did not come. Check the CDN, its CORS header and the network, then check again',
})

export function issueSentence(issue: HealthIssue): string {
  switch (issue.kind) {
    case 'failure': {
      const { code, detail } = issue.failure
      const said = t(failures[code] ?? 'The file cannot be used')
      return detail === null ? t('{said}.', { said }) : t('{said} ({detail}).', { said, detail })
    }
    case 'expired':
      return t('Expired on {date}: agents may not play it. Change validUntil, or take the prompt out.', {
        date: issue.date,
      })
    case 'expires-soon':
      return t('Expires on {date}. Have the new wording recorded.', { date: issue.date })
    case 'not-yet-valid':
      return t('Not valid before {date}.', { date: issue.date })
    case 'tier-never-chosen':
      return t('Its tier is none of "tiers" in config.json: it is never chosen.')
    case 'quiet':
      return t('Quiet: {loudness}, less than {limit}. Customers may not understand it.', {
        ...{ loudness: lufsText(issue.lufs), limit: lufsText(quietLufs) },
      })
    case 'loud':
      return t('Loud: {loudness}, more than {limit}.', {
        ...{ loudness: lufsText(issue.lufs), limit: lufsText(loudLufs) },
      })
    case 'uneven':
      return t(
        issue.lufs > issue.medianLufs
          ? 'Louder than the others: {loudness}, the middle of all is {middle}.'
          : 'Quieter than the others: {loudness}, the middle of all is {middle}.',
        { loudness: lufsText(issue.lufs), middle: lufsText(issue.medianLufs) },
      )
    case 'late-start':
      return t('Begins with {silence} ms of silence, more than {limit} ms: customers wait for nothing.', {
        ...{ silence: Math.round(issue.silentMs), limit: lateStartMs },
      })
    case 'silent':
      return t('There is no sound in it. Upload the recording again.')
    case 'duplicate':
      return t('Has the same bytes as {other}. One of the two is probably the wrong recording.', {
        other: issue.of,
      })
    case 'not-measured':
      return t(
        'This browser does not decode it, so loudness and silence were not measured. Its length is by its header.',
      )
  }
}

export const formatWords: Readonly<Record<HealthFormat, string>> = {
  mp3: 'mp3',
  opus: 'opus',
  wav: 'wav',
  architect: 'Architect',
}

export const lufsText = (lufs: number): string =>
  t('{number} LUFS', { number: fixed(lufs, 1).replace('-', '−') })
export const secondsText = (ms: number): string => t('{number} s', { number: fixed(ms / 1000, 1) })
export const sizeText = (bytes: number): string =>
  bytes < 1_000_000
    ? t('{number} kB', { number: Math.round(bytes / 1000) })
    : t('{number} MB', { number: fixed(bytes / 1_000_000, 1) })
export const placeText = (language: string, tier: string): string => `${languageName(language)} · ${tier}`

/** "The file xyz, because …" in one line for each candidate. */
export function verdictSentence({ verdict, candidate }: DryRunLine): string {
  switch (verdict.kind) {
    case 'chosen':
      return candidate.reason ?? t('it is exactly what was asked for, and the file is good')
    case 'not-needed':
      return t('a better one was found before')
    case 'format-not-played':
      return t('the line does not play {codec}', { codec: formatName(candidate.format) })
    case 'codec-not-played':
      return t('the file holds {codec}, which the line does not play', { codec: verdict.codec })
    case 'faulty':
      return issueSentence({ kind: 'failure', failure: verdict.failure })
    case 'no-length':
      return t('its length is not known, so nobody could tell when it has ended')
  }
}

export const verdictWords: Readonly<Record<DryRunLine['verdict']['kind'], string>> = m({
  chosen: 'This file',
  'not-needed': 'Not needed',
  'format-not-played': 'Left out',
  'codec-not-played': 'Left out',
  faulty: 'Passed over',
  'no-length': 'Left out',
})
export const verdictTones: Readonly<Record<DryRunLine['verdict']['kind'], Tone>> = {
  chosen: 'done',
  'not-needed': 'idle',
  'format-not-played': 'stopped',
  'codec-not-played': 'stopped',
  faulty: 'failed',
  'no-length': 'stopped',
}

const formatName = (format: AudioFormat): string =>
  format === 'wav' ? t('wav (PCM, mu-law, A-law)') : format

/** What the platform or the CDN said no to, and what to do. `did` completes "… was not done": "The row was not saved". */
export function refusedSentence(did: string, { kind, message, missing, correlationId }: Refusal): string {
  const why =
    kind === 'forbidden' && missing.length > 0
      ? t('you lack {names}. Ask whoever gives roles for it', { names: missing.join(', ') })
      : kind === 'signed-out'
        ? t('you are signed out. Sign in again')
        : message.replace(/\.$/, '')
  return correlationId === null
    ? t('{did}: {why}.', { did, why })
    : t('{did}: {why}. Reference {reference}.', { did, why, reference: correlationId })
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
  const isInbound = direction === 'inbound'
  const call =
    queue === null
      ? t(isInbound ? 'An inbound call' : 'An outbound call')
      : t(isInbound ? 'An inbound call in the queue {queue}' : 'An outbound call in the queue {queue}', {
          queue: queue.name,
        })
  const line =
    supported === null
      ? t('the line does not say what it plays')
      : t('the line plays {codecs}', { codecs: supported.join(', ') })
  return t('{call}: {language}, tier {tier}; {line}.', {
    ...{ call, language: languageName(wish.language), tier: wish.tier, line },
  })
}

/** What a column of our data table is for; empty for one that an admin has added. */
export function columnHint(column: { readonly name: string; readonly type: string }): string {
  const { description } = describeColumn(columnText(column))
  return description === '' ? '' : t(description)
}

/** "key is nothing: it is required." */
export const complaintSentence = ({ field, value, rule }: Complaint): string =>
  t('{field} is {value}: it {rule}.', { field, value, rule })
