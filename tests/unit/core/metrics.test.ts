// Each playback counted once, in bounded memory, and the report says what was counted.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelLimits, otherLabel } from '../../../src/core/labels'
import { createMetrics, observe, sizeOf, trendSlotMs, trendSlots } from '../../../src/core/metrics'
import { reportOf } from '../../../src/core/metrics-report'
import { readMetrics, writeMetrics } from '../../../src/core/metrics-state'
import type { Observation } from '../../../src/core/observation'
import { observation } from '../../support/observations'

const nowMs = 1_800_000_120_000

const unknown = observation({
  outcome: 'unknown',
  code: 'channel_lost',
  started: false,
  acceptedToSound: null,
  clickToSound: null,
  played: null,
})
const given = (...all: Partial<Observation>[]) => {
  const metrics = createMetrics()
  for (const of of all) observe(metrics, { id: 'p', give: observation(of) })
  return metrics
}
const report = (metrics: ReturnType<typeof createMetrics>) => reportOf(metrics, nowMs)

describe('observe', () => {
  it('counts a playback for all and under each of its labels', () => {
    const { all, by, sinceMs } = report(
      given({}, { prompt: 'terms', outcome: 'failed', code: 'carrier_failed' }),
    )
    expect(sinceMs).toBe(nowMs - 1_000)
    expect(all).toMatchObject({ plays: 2, sent: 2, started: 2, outcomes: { completed: 1, failed: 1 } })
    expect(all.codes).toEqual([{ code: 'carrier_failed', count: 1 }])
    expect(by.prompt.map(({ label, plays }) => [label, plays])).toEqual([
      ['terms', 1],
      ['welcome', 1],
    ])
    expect(by.codec[0]).toMatchObject({ label: 'mp3', plays: 2 })
    expect(by.outcome.map(({ label }) => label).sort()).toEqual(['completed', 'failed'])
  })

  it('moves an unknown that became known, with all its labels and times', () => {
    const moved = createMetrics()
    observe(moved, { id: 'p', give: unknown })
    observe(moved, { id: 'p', take: unknown, give: observation() })
    expect(report(moved)).toEqual(report(given({})))
  })

  it('never falls below zero for what was given before the numbers began', () => {
    const metrics = createMetrics()
    observe(metrics, { id: 'p', take: unknown, give: observation() })
    const { all, by, trend } = report(metrics)
    expect(all).toMatchObject({ plays: 1, outcomes: { completed: 1 } })
    expect(by.outcome.map(({ label }) => label)).toEqual(['completed'])
    expect(trend.at(-1)).toMatchObject({ unknown: 0, completed: 1 })
  })

  it('takes the cause of an unknown for no failure', () => {
    expect(report(given(unknown)).all.codes).toEqual([])
  })

  it('keeps waits after 429 and round trips apart from the playbacks', () => {
    const metrics = createMetrics()
    observe(metrics, { id: 'p', wait: 2_000 })
    observe(metrics, { id: 'panel', roundTrips: [40, 60] })
    const { all, waits, waitedMs, roundTrips } = report(metrics)
    expect(all.plays).toBe(0)
    expect(waitedMs).toBe(2_000)
    expect(waits?.count).toBe(1)
    expect(roundTrips?.count).toBe(2)
  })

  it('has each wait without the length of the prompt', () => {
    const { spreads } = report(given({ played: 60_000 })).all
    expect(spreads.clickToSound?.p50).toBeGreaterThan(198)
    expect(spreads.clickToSound?.p99).toBeLessThan(202)
    expect(spreads.played?.p50).toBeGreaterThan(59_000)
  })
})

describe('labels', () => {
  it('beyond the limit share one, and none is lost', () => {
    const metrics = createMetrics()
    for (let i = 0; i < 500; i += 1)
      observe(metrics, {
        id: 'p',
        give: observation({ prompt: `p-${i}`, codec: 'c'.repeat(100 - (i % 100)) }),
      })
    const { prompt, codec } = report(metrics).by
    expect(prompt).toHaveLength(labelLimits.prompt + 1)
    expect(prompt[0]).toMatchObject({ label: otherLabel, plays: 500 - labelLimits.prompt })
    expect(codec.reduce((sum, { plays }) => sum + plays, 0)).toBe(500)
    expect(Math.max(...codec.map(({ label }) => label.length))).toBe(64)
  })

  it('are taken from where they were given', () => {
    const metrics = createMetrics()
    const late = observation({ prompt: 'late', outcome: 'unknown' })
    for (let i = 0; i < 60; i += 1) observe(metrics, { id: 'p', give: observation({ prompt: `p-${i}` }) })
    observe(metrics, { id: 'p', give: late })
    observe(metrics, { id: 'p', take: late, give: observation({ prompt: 'late' }) })
    expect(report(metrics).by.prompt[0]).toMatchObject({
      label: otherLabel,
      plays: 21,
      outcomes: { completed: 21 },
    })
  })

  it('hold all counters under 2 MB, whatever comes', () => {
    const metrics = createMetrics()
    const outcomes = ['completed', 'failed', 'rejected', 'stopped', 'interrupted', 'unknown'] as const
    for (let i = 0; i < 2_000; i += 1)
      observe(metrics, {
        id: 'p',
        give: observation({
          atMs: nowMs - i * 60_000,
          prompt: `p-${i}`,
          language: `l-${i}`,
          format: `f-${i}`,
          codec: `c-${i}`,
          backend: `b-${i}`,
          outcome: outcomes[i % 6] ?? 'completed',
        }),
      })
    expect(sizeOf(metrics)).toBeLessThan(2_000_000)
  })
})

describe('the trend', () => {
  it('is the last hour in steps of five minutes, empty ones too, while that is all there is', () => {
    const { trend } = report(given({}, { atMs: nowMs - 900_000, outcome: 'failed', clickToSound: 900 }))
    expect(trend).toHaveLength(12)
    expect(trend.at(-1)).toMatchObject({ plays: 1, completed: 1 })
    expect(trend.at(-4)).toMatchObject({ plays: 1, failed: 1 })
    expect(trend.at(-2)).toMatchObject({ plays: 0, p50: null, p95: null })
    expect((trend.at(-1)?.toMs ?? 0) - (trend[0]?.fromMs ?? 0)).toBe(3_600_000)
  })

  it('is the last 12 hours in quarters of an hour where there is more', () => {
    const long = Array.from({ length: 144 }, (_, slot) => ({
      atMs: nowMs - slot * trendSlotMs,
      clickToSound: 100 + slot,
    }))
    const { trend } = report(given(...long))
    expect(trend).toHaveLength(48)
    expect(trend.reduce((sum, { plays }) => sum + plays, 0)).toBe(144)
    expect((trend.at(-1)?.toMs ?? 0) - (trend[0]?.fromMs ?? 0)).toBe(12 * 3_600_000)
    for (const { p50, p95 } of trend) expect(p95 ?? 0).toBeGreaterThanOrEqual(p50 ?? NaN)
    expect(Math.abs((trend.at(-1)?.p50 ?? 0) - 101) / 101).toBeLessThan(0.06)
  })

  it('forgets what is older, and the sums do not', () => {
    const metrics = given({ atMs: nowMs - trendSlots * trendSlotMs })
    expect(report(metrics).trend.every(({ plays }) => plays === 0)).toBe(true)
    observe(metrics, { id: 'p', give: observation({ atMs: nowMs }) })
    observe(metrics, { id: 'p', give: observation({ atMs: nowMs - trendSlots * trendSlotMs }) })
    expect(report(metrics).trend.at(-1)).toMatchObject({ plays: 1 })
    expect(report(metrics).all.plays).toBe(3)
  })
})

describe('what is kept of the numbers', () => {
  const anything = fc.array(
    fc.record({
      outcome: fc.constantFrom('completed', 'failed', 'unknown', 'stopped'),
      prompt: fc.string({ maxLength: 80 }),
      clickToSound: fc.option(fc.double({ min: 0, max: 60_000, noNaN: true })),
      atMs: fc.integer({ min: nowMs - 50_000_000, max: nowMs }),
    }),
    { maxLength: 80 },
  )

  it('brings them back as they were', () => {
    fc.assert(
      fc.property(anything, (all) => {
        const metrics = given(...(all as Partial<Observation>[]))
        observe(metrics, { id: 'p', wait: 1_500, roundTrips: [30] })
        const back = readMetrics(writeMetrics(metrics, ['a']))
        expect(back?.folded).toEqual(['a'])
        expect(back && reportOf(back.metrics, nowMs)).toEqual(report(metrics))
      }),
      { numRuns: 50 },
    )
  })

  it.each([
    '',
    'null',
    '{"version":1}',
    '{"version":2}',
    '[1]',
    writeMetrics(createMetrics(), []).slice(0, -3),
  ])('is not believed where it is %j', (text) => expect(readMetrics(text)).toBeNull())
})
