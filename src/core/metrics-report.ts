// What the numbers say at one moment: percentiles, shares and the last twelve hours, as plain values for a view.
import type { FailureCode } from './errors'
import { createHistogram, merge, percentile, type Histogram } from './histogram'
import { dimensions, type Dimension } from './labels'
import {
  coarse,
  measures,
  trendSlotMs,
  trendSlots,
  type Measure,
  type Metrics,
  type Series,
  type TrendSlot,
} from './metrics'
import type { PlaybackState } from './playback'

/** Of `count` measured values, in ms. */
export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

export interface SeriesReport {
  /** Playbacks with an outcome: what every share is a share of, but `started`, which is of those sent. */
  readonly plays: number
  readonly sent: number
  readonly started: number
  readonly outcomes: Readonly<Partial<Record<PlaybackState, number>>>
  /** Most frequent first. */
  readonly codes: readonly { readonly code: FailureCode; readonly count: number }[]
  /** Null where nothing was measured. */
  readonly spreads: Readonly<Record<Measure, Spread | null>>
}

export interface LabelReport extends SeriesReport {
  readonly label: string
}

export interface TrendPoint {
  /** Epoch ms of its first and its last moment. */
  readonly fromMs: number
  readonly toMs: number
  readonly plays: number
  readonly completed: number
  readonly failed: number
  readonly unknown: number
  readonly p50: number | null
  readonly p95: number | null
}

export interface MetricsReport {
  readonly sinceMs: number | null
  readonly atMs: number
  readonly all: SeriesReport
  /** Most played first. */
  readonly by: Readonly<Record<Dimension, readonly LabelReport[]>>
  /** Oldest first, without holes, up to now. */
  readonly trend: readonly TrendPoint[]
  readonly waits: Spread | null
  readonly waitedMs: number
  readonly roundTrips: Spread | null
}

export function reportOf(metrics: Metrics, nowMs: number): MetricsReport {
  const by = Object.fromEntries(
    dimensions.map((dimension) => [dimension, labelsOf(metrics.by[dimension])]),
  ) as unknown as MetricsReport['by']
  return {
    sinceMs: metrics.sinceMs,
    atMs: nowMs,
    all: reportSeries(metrics.all),
    by,
    trend: trendOf(metrics, nowMs),
    waits: spreadOf(metrics.waits),
    waitedMs: metrics.waitedMs,
    roundTrips: spreadOf(metrics.roundTrips),
  }
}

function labelsOf(labels: ReadonlyMap<string, Series>): LabelReport[] {
  return [...labels]
    .filter(([, series]) => series.plays > 0)
    .map(([label, series]) => ({ label, ...reportSeries(series) }))
    .sort((a, b) => b.plays - a.plays || a.label.localeCompare(b.label))
}

function reportSeries({ plays, sent, started, outcomes, codes, histograms }: Series): SeriesReport {
  const spreads = Object.fromEntries(measures.map((measure) => [measure, spreadOf(histograms[measure])]))
  const seen = Object.entries(codes).map(([code, count]) => ({ code: code as FailureCode, count }))
  return {
    plays,
    sent,
    started,
    outcomes: Object.fromEntries(Object.entries(outcomes).filter(([, count]) => count > 0)),
    codes: seen.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
    spreads: spreads as unknown as SeriesReport['spreads'],
  }
}

function spreadOf(histogram: Histogram | undefined): Spread | null {
  if (histogram === undefined || histogram.total === 0) return null
  const at = (share: number) => percentile(histogram, share) ?? 0
  return { count: histogram.total, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** The last hour in steps of five minutes where that holds all there is, else the last 12 hours in quarters of an hour. */
function trendOf(metrics: Metrics, nowMs: number): TrendPoint[] {
  const last = Math.floor(nowMs / trendSlotMs)
  const recent = slotsFrom(metrics, last - hourSlots + 1, hourSlots)
  const all = slotsFrom(metrics, last - trendSlots + 1, trendSlots)
  const wide = all.length > recent.length
  const step = wide ? 3 : 1
  const points = wide ? trendSlots / step : hourSlots
  return Array.from({ length: points }, (_, index) =>
    pointOf(metrics, last + 1 - (points - index) * step, step),
  )
}

const hourSlots = 12

function slotsFrom({ trend }: Metrics, first: number, count: number): TrendSlot[] {
  return trend.filter(
    (slot): slot is TrendSlot =>
      slot !== null && slot.plays > 0 && slot.number >= first && slot.number < first + count,
  )
}

function pointOf(metrics: Metrics, first: number, count: number): TrendPoint {
  const slots = slotsFrom(metrics, first, count)
  const sum = (of: (slot: TrendSlot) => number) => slots.reduce((all, slot) => all + of(slot), 0)
  const sound = createHistogram(coarse)
  for (const { clickToSound } of slots) merge(sound, clickToSound)
  return {
    fromMs: first * trendSlotMs,
    toMs: (first + count) * trendSlotMs,
    plays: sum(({ plays }) => plays),
    completed: sum(({ completed }) => completed),
    failed: sum(({ failed }) => failed),
    unknown: sum(({ unknown }) => unknown),
    p50: percentile(sound, 0.5),
    p95: percentile(sound, 0.95),
  }
}
