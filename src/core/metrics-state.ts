// The numbers as text and back: what the browser keeps of them between panels. Only buckets that are not empty.
import * as v from 'valibot'
import { failureCodes } from './errors'
import { createHistogram, fill, sparse, type Histogram } from './histogram'
import { dimensions, labelLimits, otherLabel } from './labels'
import {
  createMetrics,
  createSeries,
  createSlot,
  measures,
  trendSlots,
  type Metrics,
  type Series,
} from './metrics'
import { playbackStates } from './playback'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const counts = v.array(count)
const series = v.object({
  plays: count,
  sent: count,
  started: count,
  outcomes: v.record(v.picklist(playbackStates), count),
  codes: v.record(v.picklist(failureCodes), count),
  histograms: v.record(v.picklist(measures), counts),
})
const labels = (limit: number) =>
  v.pipe(v.array(v.tuple([v.pipe(v.string(), v.maxLength(64)), series])), v.maxLength(limit + 1))
const state = v.object({
  version: v.literal(1),
  sinceMs: v.nullable(v.number()),
  all: series,
  by: v.object({
    prompt: labels(labelLimits.prompt),
    language: labels(labelLimits.language),
    format: labels(labelLimits.format),
    codec: labels(labelLimits.codec),
    backend: labels(labelLimits.backend),
    outcome: labels(labelLimits.outcome),
  }),
  trend: v.pipe(v.array(v.tuple([count, count, count, count, count, counts])), v.maxLength(trendSlots)),
  waits: counts,
  waitedMs: v.pipe(v.number(), v.minValue(0)),
  roundTrips: counts,
  /** Keys of the entries that are in it already, though they may still lie in the storage. */
  folded: v.array(v.string()),
})
type State = v.InferOutput<typeof state>

export function writeMetrics(metrics: Metrics, folded: readonly string[]): string {
  const { all, by, trend, waits, roundTrips, sinceMs, waitedMs } = metrics
  const written = (dimension: keyof Metrics['by']) =>
    [...by[dimension]].map(([label, one]): [string, State['all']] => [label, writeSeries(one)])
  const text: State = {
    version: 1,
    sinceMs,
    all: writeSeries(all),
    by: {
      prompt: written('prompt'),
      language: written('language'),
      format: written('format'),
      codec: written('codec'),
      backend: written('backend'),
      outcome: written('outcome'),
    },
    trend: trend.flatMap((slot) =>
      slot === null
        ? []
        : [
            [
              slot.number,
              slot.plays,
              slot.completed,
              slot.failed,
              slot.unknown,
              sparse(slot.clickToSound),
            ] satisfies State['trend'][number],
          ],
    ),
    waits: sparse(waits),
    waitedMs,
    roundTrips: sparse(roundTrips),
    folded: [...folded],
  }
  return JSON.stringify(text)
}

function writeSeries({ plays, sent, started, outcomes, codes, histograms }: Series): State['all'] {
  const kept = Object.entries(histograms).map(([measure, histogram]) => [measure, sparse(histogram)])
  return {
    plays,
    sent,
    started,
    outcomes: { ...outcomes },
    codes: { ...codes },
    histograms: Object.fromEntries(kept) as State['all']['histograms'],
  }
}

/** Null for what is not ours or was cut off: the numbers then begin anew. */
export function readMetrics(
  text: string | undefined,
): { metrics: Metrics; folded: readonly string[] } | null {
  if (text === undefined) return null
  try {
    const parsed = v.safeParse(state, JSON.parse(text))
    return parsed.success ? { metrics: restored(parsed.output), folded: parsed.output.folded } : null
  } catch {
    // Not JSON: as if nothing had been kept.
    return null
  }
}

function restored({ all, by, trend, waits, roundTrips, sinceMs, waitedMs }: State): Metrics {
  const empty = createMetrics()
  const metrics: Metrics = { ...empty, all: restoredSeries(all), sinceMs, waitedMs }
  for (const dimension of dimensions)
    for (const [label, one] of by[dimension]) {
      const { size } = metrics.by[dimension]
      if (size < labelLimits[dimension] || label === otherLabel)
        metrics.by[dimension].set(label, restoredSeries(one))
    }
  for (const [number, plays, completed, failed, unknown, clickToSound] of trend) {
    const slot = { ...createSlot(number), plays, completed, failed, unknown }
    fill(slot.clickToSound, clickToSound)
    metrics.trend[number % trendSlots] = slot
  }
  fill(metrics.waits, waits)
  fill(metrics.roundTrips, roundTrips)
  return metrics
}

function restoredSeries({ histograms, ...counters }: State['all']): Series {
  const made: Series = { ...createSeries(), ...counters }
  for (const measure of measures) {
    const pairs = histograms[measure]
    if (pairs !== undefined) made.histograms[measure] = filled(createHistogram(), pairs)
  }
  return made
}

function filled(histogram: Histogram, pairs: readonly number[]): Histogram {
  fill(histogram, pairs)
  return histogram
}
