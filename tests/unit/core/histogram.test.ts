// Percentiles close to the exact ones, in constant memory.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTo, createHistogram, fill, percentile, sparse } from '../../../src/core/histogram'

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

describe('a value taken back', () => {
  it('leaves no trace', () => {
    const histogram = createHistogram()
    addTo(histogram, 200)
    addTo(histogram, 900)
    addTo(histogram, 900, -1)
    expect(histogram.total).toBe(1)
    expect(percentile(histogram, 1)).toBeLessThan(205)
  })

  it('that was never added changes nothing', () => {
    const histogram = createHistogram()
    addTo(histogram, 200)
    addTo(histogram, 900, -1)
    expect(histogram.total).toBe(1)
  })
})

describe('what is kept of a histogram', () => {
  it('brings it back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 900_000, noNaN: true })), (values) => {
        const histogram = createHistogram()
        for (const value of values) addTo(histogram, value)
        const back = createHistogram()
        fill(back, sparse(histogram))
        expect(back).toEqual(histogram)
      }),
    )
  })

  it('is not believed where it does not fit', () => {
    const histogram = createHistogram()
    fill(histogram, [-1, 5, 1_000_000, 5, 3, 2, 3, 9, 4])
    expect(sparse(histogram)).toEqual([3, 2])
    expect(histogram.total).toBe(2)
  })
})
