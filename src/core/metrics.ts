// The numbers of all playbacks in constant memory: counts and histograms for all, per label, and per five minutes.
import type { FailureCode } from './errors'
import { addAt, addTo, bucketOf, createHistogram, type Histogram } from './histogram'
import { dimensions, labelFor, type Dimension } from './labels'
import type { Observation, Seen } from './observation'
import type { PlaybackState } from './playback'

export const measures = [
  'clickToSound',
  'clickToRequest',
  'requestToAccepted',
  'acceptedToSound',
  'played',
] as const
export type Measure = (typeof measures)[number]

export interface Series {
  plays: number
  sent: number
  started: number
  readonly outcomes: Partial<Record<PlaybackState, number>>
  readonly codes: Partial<Record<FailureCode, number>>
  /** Made when the first value comes. */
  readonly histograms: Partial<Record<Measure, Histogram>>
}

export const trendSlotMs = 300_000
export const trendSlots = 144 // 12 h
/** A trend's percentiles are right within 5 %: its buckets are 10 % wide. */
export const coarse = 1.1

/** Five minutes of playbacks, by the time of their click. */
export interface TrendSlot {
  /** Which five minutes since 1970. */
  readonly number: number
  plays: number
  completed: number
  failed: number
  unknown: number
  readonly clickToSound: Histogram
}

export interface Metrics {
  /** Epoch ms of the first click that is in it; null while there is none. */
  sinceMs: number | null
  readonly all: Series
  readonly by: Readonly<Record<Dimension, Map<string, Series>>>
  /** A ring: a slot's place is its number modulo the length. */
  readonly trend: (TrendSlot | null)[]
  readonly waits: Histogram
  waitedMs: number
  readonly roundTrips: Histogram
}

export function createSeries(): Series {
  return { plays: 0, sent: 0, started: 0, outcomes: {}, codes: {}, histograms: {} }
}

export function createMetrics(): Metrics {
  return {
    sinceMs: null,
    all: createSeries(),
    by: {
      prompt: new Map(),
      language: new Map(),
      format: new Map(),
      codec: new Map(),
      backend: new Map(),
      outcome: new Map(),
    },
    trend: Array<TrendSlot | null>(trendSlots).fill(null),
    waits: createHistogram(),
    waitedMs: 0,
    roundTrips: createHistogram(),
  }
}

/** Adds what was seen. Taking what was never given changes nothing that would fall below zero. */
export function observe(metrics: Metrics, seen: Seen): void {
  if (seen.take) count(metrics, seen.take, -1)
  if (seen.give) count(metrics, seen.give, 1)
  if (seen.wait !== undefined) {
    addTo(metrics.waits, seen.wait)
    metrics.waitedMs += seen.wait
  }
  for (const roundTrip of seen.roundTrips ?? []) addTo(metrics.roundTrips, roundTrip)
}

function count(metrics: Metrics, observation: Observation, by: 1 | -1): void {
  if (by > 0) metrics.sinceMs = Math.min(metrics.sinceMs ?? Infinity, observation.atMs)
  // Where a value belongs is the same in every series: found once.
  const buckets = measures.map((measure) => {
    const value = observation[measure]
    return value === null ? null : bucketOf(value)
  })
  countIn(metrics.all, observation, buckets, by)
  for (const dimension of dimensions)
    countIn(seriesOf(metrics, dimension, observation[dimension]), observation, buckets, by)
  const slot = slotOf(metrics, observation.atMs)
  if (slot !== null) countInSlot(slot, observation, by)
}

function seriesOf({ by }: Metrics, dimension: Dimension, wanted: string | null): Series {
  const labels = by[dimension]
  const label = labelFor(labels, dimension, wanted)
  const series = labels.get(label) ?? createSeries()
  labels.set(label, series)
  return series
}

function countIn(
  series: Series,
  observation: Observation,
  buckets: readonly (number | null)[],
  by: 1 | -1,
): void {
  const { outcome, code, sent, started } = observation
  series.plays = Math.max(0, series.plays + by)
  if (sent) series.sent = Math.max(0, series.sent + by)
  if (started) series.started = Math.max(0, series.started + by)
  series.outcomes[outcome] = Math.max(0, (series.outcomes[outcome] ?? 0) + by)
  // Only what went wrong has a code; the cause of an unknown is not a failure yet.
  if (code !== null && outcome !== 'unknown') series.codes[code] = Math.max(0, (series.codes[code] ?? 0) + by)
  measures.forEach((measure, index) => {
    const bucket = buckets[index] ?? null
    if (bucket !== null) addAt((series.histograms[measure] ??= createHistogram()), bucket, by)
  })
}

/** Null for what is older than the ring. A slot that is overwritten takes its playbacks out of the trend, not out of the sums. */
function slotOf({ trend }: Metrics, atMs: number): TrendSlot | null {
  const number = Math.floor(atMs / trendSlotMs)
  const place = number % trendSlots
  const there = trend[place] ?? null
  if (there !== null && there.number >= number) return there.number === number ? there : null
  return (trend[place] = createSlot(number))
}

export function createSlot(number: number): TrendSlot {
  return { number, plays: 0, completed: 0, failed: 0, unknown: 0, clickToSound: createHistogram(coarse) }
}

function countInSlot(slot: TrendSlot, { outcome, clickToSound }: Observation, by: 1 | -1): void {
  slot.plays = Math.max(0, slot.plays + by)
  if (outcome === 'completed') slot.completed = Math.max(0, slot.completed + by)
  if (outcome === 'failed' || outcome === 'rejected') slot.failed = Math.max(0, slot.failed + by)
  if (outcome === 'unknown') slot.unknown = Math.max(0, slot.unknown + by)
  if (clickToSound !== null) addTo(slot.clickToSound, clickToSound, by)
}

/** Bytes of all counters: bounded by the limits above, whatever was played. */
export function sizeOf({ all, by, trend, waits, roundTrips }: Metrics): number {
  const series = [all, ...dimensions.flatMap((dimension) => [...by[dimension].values()])]
  const histograms = [
    waits,
    roundTrips,
    ...series.flatMap(({ histograms: own }) => Object.values(own)),
    ...trend.flatMap((slot) => (slot ? [slot.clickToSound] : [])),
  ]
  return histograms.reduce((bytes, { counts }) => bytes + counts.byteLength, 0)
}
