// Counts and latencies in constant memory, however many playbacks there were.
import { isOutcome, type Playback, type PlaybackState } from './playback'

const growth = 1.02
const lowestMs = 1
const bucketCount = 680 // 1.02^680 ms is about 11 minutes

/** Logarithmic buckets 2 % wide: a percentile is right within 1 %. Values in ms. */
export interface Histogram {
  readonly counts: Uint32Array
  total: number
}

export function createHistogram(): Histogram {
  return { counts: new Uint32Array(bucketCount), total: 0 }
}

export function addTo(histogram: Histogram, valueMs: number): void {
  const index = Math.floor(Math.log(Math.max(lowestMs, valueMs) / lowestMs) / Math.log(growth))
  const bucket = Math.min(bucketCount - 1, index)
  histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1
  histogram.total += 1
}

/** `share` in (0, 1]; the geometric middle of the bucket in ms, or null while nothing was added. */
export function percentile(histogram: Histogram, share: number): number | null {
  if (histogram.total === 0) return null
  const wanted = Math.max(1, Math.ceil(histogram.total * share))
  let seen = 0
  for (let i = 0; i < bucketCount; i += 1) {
    seen += histogram.counts[i] ?? 0
    if (seen >= wanted) return lowestMs * growth ** (i + 0.5)
  }
  return null
}

export interface Metrics {
  readonly outcomes: Partial<Record<PlaybackState, number>>
  readonly requested: number
  readonly started: number
  /** From the request to the platform's "playing": the prompt's own length is not in it. */
  readonly firstSoundP50Ms: number | null
  readonly firstSoundP95Ms: number | null
}

/** Collects finished playbacks; `summary()` is a plain snapshot. An unknown that became known is moved, not counted twice. */
export function createMetrics() {
  const firstSound = createHistogram()
  const outcomes: Partial<Record<PlaybackState, number>> = {}
  let requested = 0
  let started = 0
  const count = (state: PlaybackState, by: number) => {
    outcomes[state] = (outcomes[state] ?? 0) + by
  }
  return {
    observe(before: Playback, after: Playback): void {
      if (before.times.requestedAtMs === null && after.times.requestedAtMs !== null) requested += 1
      const { requestedAtMs, startedAtMs } = after.times
      if (before.times.startedAtMs === null && startedAtMs !== null) {
        started += 1
        if (requestedAtMs !== null) addTo(firstSound, startedAtMs - requestedAtMs)
      }
      if (before.state === after.state) return
      if (isOutcome(before.state)) count(before.state, -1)
      if (isOutcome(after.state)) count(after.state, 1)
    },
    summary: (): Metrics => ({
      outcomes: { ...outcomes },
      requested,
      started,
      firstSoundP50Ms: percentile(firstSound, 0.5),
      firstSoundP95Ms: percentile(firstSound, 0.95),
    }),
  }
}
