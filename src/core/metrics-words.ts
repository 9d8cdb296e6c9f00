// The numbers in words: what each is called, how it was measured, and how it is written.
import { sentenceFor, type FailureCode } from './errors'
import { otherLabel, type Dimension } from './labels'
import type { Measure } from './metrics'
import type { Spread } from './metrics-report'
import type { PlaybackState } from './playback'
import { languageName } from './prompt'
import type { Tone } from './playback-words'

/** Two figures that matter, with a unit. The clock counts whole milliseconds. */
export function formatMs(ms: number): string {
  if (ms < 1.5) return 'under 2 ms'
  if (ms < 1_000) return `${Number(ms.toPrecision(ms < 100 ? 2 : 3))} ms`
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms < 100_000) return `${Math.round(ms / 1_000)} s`
  return `${(ms / 60_000).toFixed(1)} min`
}

/** A share is told only of something: "–" of nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (part / whole) * 100
  // 100 % is said only where it is all of them, and 0 % where it is none.
  if (part > 0 && percent < 1) return '< 1 %'
  if (part < whole && percent > 99) return '> 99 %'
  return `${Math.round(percent)} %`
}

export function formatTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}

export function formatSince(atMs: number): string {
  const day = new Date(atMs).toLocaleDateString([], { day: 'numeric', month: 'short' })
  return `${day}, ${formatTime(atMs)}`
}

export interface MeasureWords {
  readonly measure: Measure
  readonly name: string
  readonly how: string
}

export const measureWords: readonly MeasureWords[] = [
  {
    measure: 'clickToSound',
    name: 'Click to first sound',
    how: 'From the agent’s click to the platform’s word “playing”. Not counted: requests that were sent again, and playbacks whose connection broke.',
  },
  {
    measure: 'clickToRequest',
    name: 'Click to request',
    how: 'From the click to the request leaving the panel: checks, the lock, the subscription. Not counted: requests that were sent again.',
  },
  {
    measure: 'requestToAccepted',
    name: 'Request to accepted',
    how: 'From the last request to the platform’s answer that it has taken it.',
  },
  {
    measure: 'acceptedToSound',
    name: 'Accepted to first sound',
    how: 'From that answer to “playing”. 0 where the event came before the answer.',
  },
  {
    measure: 'played',
    name: 'Heard',
    how: 'How much the customer heard: the prompt’s own length where it was completed. It is no waiting time and is in none of the others.',
  },
]

export const howPercentiles =
  'By the panel’s clock, in histograms with buckets 2 % wide: a value here is within 1 % of the exact one. p95 is the time that 95 of 100 did not exceed; of fewer than 20 it is the slowest one.'

export const howOutcomes =
  'Every click that has an outcome counts once; what still runs does not count yet. A playback that was unknown and became known is moved.'

export const howErrors =
  'Playbacks that failed or were not played, by the code in their record; the share is of all playbacks, the bar of those that went wrong. An unknown one is no failure: nobody knows yet.'

export const howTrend =
  'By the time of the click, for the last 12 hours at most. Times here are within 5 %, for their buckets are wider.'

export const howChannel =
  'From a ping over the live connection to its answer, every 15 seconds: an event is no longer on the wire than that. What the platform takes before it sends an event is not in it.'

export const howWaits =
  'From the answer 429 (too many requests) to the moment when the request was sent again. Nothing is played meanwhile.'

export const dimensionNames: Readonly<Record<Dimension, string>> = {
  prompt: 'Prompt',
  language: 'Language',
  codec: 'Codec',
  format: 'Format',
  backend: 'Backend',
  outcome: 'Outcome',
}

export interface OutcomeWords {
  readonly state: PlaybackState
  readonly name: string
  readonly tone: Tone
}

export const outcomeWords: readonly OutcomeWords[] = [
  { state: 'completed', name: 'Completed', tone: 'done' },
  { state: 'stopped', name: 'Stopped', tone: 'stopped' },
  { state: 'interrupted', name: 'Interrupted', tone: 'waiting' },
  { state: 'failed', name: 'Failed', tone: 'failed' },
  { state: 'rejected', name: 'Not played', tone: 'idle' },
  { state: 'unknown', name: 'Unknown', tone: 'unknown' },
]

export function labelName(dimension: Dimension, label: string): string {
  if (label === otherLabel) return 'All others'
  if (label === '(none)')
    return dimension === 'codec' || dimension === 'format' ? 'No file yet' : 'Not chosen yet'
  if (dimension === 'language') return languageName(label)
  if (dimension === 'outcome') return outcomeWords.find(({ state }) => state === label)?.name ?? label
  return label
}

/** The first sentence says what happened; what to do is for the agent in the call. */
export function codeName(code: FailureCode): string {
  return `${sentenceFor(code, true).split('. ')[0] ?? code}`.replace(/\.$/, '')
}

/** "p50 210 ms, p95 480 ms, p99 700 ms, of 128". */
export function describeSpread(spread: Spread | null): string {
  if (spread === null) return 'not measured yet'
  const { p50, p95, p99, count } = spread
  return `p50 ${formatMs(p50)}, p95 ${formatMs(p95)}, p99 ${formatMs(p99)}, of ${count}`
}
