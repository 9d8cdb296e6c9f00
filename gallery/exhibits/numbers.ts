// Numbers as they stand after a morning's work: the same ones each time.
import { createMetrics, observe } from '../../src/core/metrics'
import { reportOf, type MetricsReport } from '../../src/core/metrics-report'
import type { Observation } from '../../src/core/observation'
import { observation } from '../../tests/support/observations'

const hourMs = 3_600_000
const nowMs = 1_800_000_120_000

export function reportAfter(all: readonly Partial<Observation>[]): MetricsReport {
  const metrics = createMetrics()
  all.forEach((of, place) => observe(metrics, { id: `p-${place}`, give: observation(of) }))
  return reportOf(metrics, nowMs)
}

/** `failed` where the number asks for it: one in eleven, one in seventeen, one in twenty-three. */
function nth(place: number): Partial<Observation> {
  const slow = 150 + ((place * 37) % 260)
  const of = { atMs: nowMs - (place % 12) * hourMs, clickToSound: slow, language: place % 3 ? 'en' : 'de' }
  if (place % 11 === 10) return { ...of, outcome: 'failed', code: 'carrier_failed' }
  if (place % 17 === 16) return { ...of, outcome: 'rejected', code: 'asset_missing', started: false }
  if (place % 23 === 22) return { ...of, outcome: 'unknown' }
  return place % 13 === 12 ? { ...of, outcome: 'interrupted', prompt: 'terms-of-sale' } : of
}

export const manyNumbers = (): MetricsReport =>
  reportAfter(Array.from({ length: 96 }, (_, place) => nth(place)))
