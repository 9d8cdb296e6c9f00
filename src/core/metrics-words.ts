// The metrics of a panel as one line.
import type { Metrics } from './metrics'

export function describeMetrics(metrics: Metrics): string {
  const total = Object.values(metrics.outcomes).reduce((sum, count) => sum + count, 0)
  if (total === 0) return 'No playback yet.'
  const { completed = 0, failed = 0, rejected = 0, unknown = 0 } = metrics.outcomes
  const wrong = failed + rejected
  const sound =
    metrics.firstSoundP50Ms === null
      ? ''
      : ` · first sound ${Math.round(metrics.firstSoundP50Ms)} ms (median)`
  const lost = unknown > 0 ? ` · ${unknown} unknown` : ''
  return `${total} played: ${completed} completed · ${wrong} failed${lost}${sound}`
}
