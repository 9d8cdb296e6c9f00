// Percentiles close to the exact ones in constant memory, and each playback counted once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTo, createHistogram, createMetrics, percentile } from '../../../src/core/metrics'
import { describeMetrics } from '../../../src/core/metrics-words'
import type { Playback, PlaybackState } from '../../../src/core/playback'
import { playback, sentPlayback } from '../../support/factories'

const exact = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.max(1, Math.ceil(values.length * share)) - 1] ?? NaN

describe('percentile', () => {
  it('is within 2 per cent of the exact one for any values from 1 ms to 10 minutes', () => {
    const latency = fc.double({ min: 1, max: 600_000, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(latency, { minLength: 1, maxLength: 300 }),
        fc.constantFrom(0.5, 0.95, 0.99, 1),
        (values, share) => {
          const histogram = createHistogram()
          for (const value of values) addTo(histogram, value)
          const wanted = exact(values, share)
          expect(Math.abs((percentile(histogram, share) ?? 0) - wanted) / wanted).toBeLessThan(0.02)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is null while nothing was added', () => {
    expect(percentile(createHistogram(), 0.5)).toBeNull()
  })

  it('takes zero, negative and endless values to the ends of the scale', () => {
    const histogram = createHistogram()
    for (const value of [0, -5, Infinity, 1e12]) addTo(histogram, value)
    expect(percentile(histogram, 0.25)).toBeCloseTo(1, 1)
    expect(percentile(histogram, 1)).toBeGreaterThan(600_000)
    expect(histogram.total).toBe(4)
  })

  it('needs no more memory after 100,000 values than before', () => {
    const histogram = createHistogram()
    const before = histogram.counts.length
    for (let i = 0; i < 100_000; i += 1) addTo(histogram, i)
    expect(histogram.counts.length).toBe(before)
  })
})

describe('createMetrics', () => {
  const at = (state: PlaybackState, startedAtMs: number | null = null): Playback => {
    const sent = sentPlayback({ state })
    return { ...sent, times: { ...sent.times, startedAtMs } }
  }
  const observeAll = (...steps: Playback[]) => {
    const metrics = createMetrics()
    steps.reduce((before, after) => {
      metrics.observe(before, after)
      return after
    }, playback())
    return metrics.summary()
  }

  it('counts a playback that went well once, and its first sound without its length', () => {
    const summary = observeAll(at('requested'), at('queued'), at('playing', 1_210), at('completed', 1_210))
    expect(summary).toMatchObject({ outcomes: { completed: 1 }, requested: 1, started: 1 })
    expect(summary.firstSoundP50Ms).toBeGreaterThan(196)
    expect(summary.firstSoundP50Ms).toBeLessThan(204)
  })

  it('moves an unknown that became known, and does not count it twice', () => {
    const summary = observeAll(at('requested'), at('unknown'), at('completed'))
    expect(summary.outcomes).toEqual({ unknown: 0, completed: 1 })
    expect(
      observeAll(at('requested'), at('unknown'), at('playing', 1_100), at('completed', 1_100)),
    ).toMatchObject({
      outcomes: { unknown: 0, completed: 1 },
      requested: 1,
      started: 1,
    })
  })

  it('does not count a rejected click as requested or started', () => {
    expect(observeAll(playback({ state: 'rejected' }))).toEqual({
      outcomes: { rejected: 1 },
      requested: 0,
      started: 0,
      firstSoundP50Ms: null,
      firstSoundP95Ms: null,
    })
  })

  it('hands out summaries that later playbacks do not change', () => {
    const metrics = createMetrics()
    metrics.observe(playback(), at('failed'))
    const before = metrics.summary()
    metrics.observe(playback(), at('failed'))
    expect(before.outcomes).toEqual({ failed: 1 })
  })
})

describe('describeMetrics', () => {
  const none = { outcomes: {}, requested: 0, started: 0, firstSoundP50Ms: null, firstSoundP95Ms: null }

  it('says that nothing was played yet', () => {
    expect(describeMetrics(none)).toBe('No playback yet.')
  })

  it('tells completed, failed and unknown apart, with the first sound in ms', () => {
    const outcomes = { completed: 3, failed: 1, rejected: 1, unknown: 2 }
    expect(describeMetrics({ ...none, outcomes, firstSoundP50Ms: 180.4 })).toBe(
      '7 played: 3 completed · 2 failed · 2 unknown · first sound 180 ms (median)',
    )
  })
})
