// The numbers in words: what each is called, how it was measured, and how it is written.
import { sentenceFor, type FailureCode } from './errors'
import { otherLabel, type Dimension } from './labels'
import type { Measure } from './metrics'
import type { Spread } from './metrics-report'
import type { PlaybackState } from './playback'
import { languageName } from './prompt'
import type { Tone } from './playback-words'
import { fixed, formatNumber, formatTime, m, t } from './text'

/** Two figures that matter, with a unit. The clock counts whole milliseconds. */
export function formatMs(ms: number): string {
  if (ms < 1.5) return t('under 2 ms')
  if (ms < 1_000)
    return t('{number} ms', { number: formatNumber(ms, { maximumSignificantDigits: ms < 100 ? 2 : 3 }) })
  if (ms < 100_000) return t('{number} s', { number: fixed(ms / 1_000, ms < 10_000 ? 1 : 0) })
  return t('{number} min', { number: fixed(ms / 60_000, 1) })
}

/** A share is told only of something: "–" of nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (part / whole) * 100
  // 100 % is said only where it is all of them, and 0 % where it is none.
  if (part > 0 && percent < 1) return t('< 1 %')
  if (part < whole && percent > 99) return t('> 99 %')
  return t('{number} %', { number: Math.round(percent) })
}

export function formatSince(atMs: number): string {
  return formatTime(atMs, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
}

/** Said by `t`. */
export interface MeasureWords {
  readonly measure: Measure
  readonly name: string
  readonly how: string
}

export const measureWords: readonly MeasureWords[] = [
  {
    measure: 'clickToSound',
    name: m('Click to first sound'),
    how: m(
      'From the agent’s click to the platform’s word “playing”. Not counted: requests that were sent again, and playbacks whose connection broke.',
    ),
  },
  {
    measure: 'clickToRequest',
    name: m('Click to request'),
    how: m(
      'From the click to the request leaving the panel: checks, the lock, the subscription. Not counted: requests that were sent again.',
    ),
  },
  {
    measure: 'requestToAccepted',
    name: m('Request to accepted'),
    how: m('From the last request to the platform’s answer that it has taken it.'),
  },
  {
    measure: 'acceptedToSound',
    name: m('Accepted to first sound'),
    how: m('From that answer to “playing”. 0 where the event came before the answer.'),
  },
  {
    measure: 'played',
    name: m('Heard'),
    how: m(
      'How much the customer heard: the prompt’s own length where it was completed. It is no waiting time and is in none of the others.',
    ),
  },
]

export const howPercentiles = m(
  'By the panel’s clock, in histograms with buckets 2 % wide: a value here is within 1 % of the exact one. p95 is the time that 95 of 100 did not exceed; of fewer than 20 it is the slowest one.',
)

export const howOutcomes = m(
  'Every click that has an outcome counts once; what still runs does not count yet. A playback that was unknown and became known is moved.',
)

export const howErrors = m(
  'Playbacks that failed or were not played, by the code in their record; the share is of all playbacks, the bar of those that went wrong. An unknown one is no failure: nobody knows yet.',
)

export const howTrend = m(
  'By the time of the click, for the last 12 hours at most. Times here are within 5 %, for their buckets are wider.',
)

export const howChannel = m(
  'From a ping over the live connection to its answer, every 15 seconds: an event is no longer on the wire than that. What the platform takes before it sends an event is not in it.',
)

export const howWaits = m(
  'From the answer 429 (too many requests) to the moment when the request was sent again. Nothing is played meanwhile.',
)

export const dimensionNames: Readonly<Record<Dimension, string>> = m({
  prompt: 'Prompt',
  language: 'Language',
  codec: 'Codec',
  format: 'Format',
  backend: 'Backend',
  outcome: 'Outcome',
})

export const dimensionCaptions: Readonly<Record<Dimension, string>> = m({
  prompt: 'By prompt',
  language: 'By language',
  codec: 'By codec',
  format: 'By format',
  backend: 'By backend',
  outcome: 'By outcome',
})

export interface OutcomeWords {
  readonly state: PlaybackState
  readonly name: string
  readonly tone: Tone
}

export const outcomeWords: readonly OutcomeWords[] = [
  { state: 'completed', name: m('Completed'), tone: 'done' },
  { state: 'stopped', name: m('Stopped'), tone: 'stopped' },
  { state: 'interrupted', name: m('Interrupted'), tone: 'waiting' },
  { state: 'failed', name: m('Failed'), tone: 'failed' },
  { state: 'rejected', name: m('Not played'), tone: 'idle' },
  { state: 'unknown', name: m('Unknown'), tone: 'unknown' },
]

export function labelName(dimension: Dimension, label: string): string {
  if (label === otherLabel) return t('All others')
  if (label === '(none)')
    return dimension === 'codec' || dimension === 'format' ? t('No file yet') : t('Not chosen yet')
  if (dimension === 'language') return languageName(label)
  if (dimension === 'outcome') return t(outcomeWords.find(({ state }) => state === label)?.name ?? label)
  return label
}

/** The first sentence says what happened; what to do is for the agent in the call. */
export function codeName(code: FailureCode): string {
  return `${sentenceFor(code, true).split(/\. |。/)[0] ?? code}`.replace(/\.$/, '')
}

/** "p50 210 ms, p95 480 ms, p99 700 ms, of 128". */
export function describeSpread(spread: Spread | null): string {
  if (spread === null) return t('not measured yet')
  const [p50, p95, p99] = [spread.p50, spread.p95, spread.p99].map(formatMs) as [string, string, string]
  return t('p50 {p50}, p95 {p95}, p99 {p99}, of {count}', { p50, p95, p99, count: spread.count })
}
