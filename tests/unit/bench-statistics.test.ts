// The arithmetic of the benches: a wrong percentile or a wrong exponent would make a promise look kept.
import { describe, expect, it } from 'vitest'
import { judge } from '../../bench/bench'
import { exponentOf, fitLine, medianSlope, quantile } from '../../bench/statistics'

describe('quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  it.each([
    [0.5, 50],
    [0.95, 95],
    [0.99, 99],
    [1, 100],
    [0, 1],
  ])('%f of 1 to 100 in any order is %d', (share, value) => expect(quantile(hundred, share)).toBe(value))
  it('leaves the values as they were', () => {
    const values = [3, 1, 2]
    quantile(values, 0.5)
    expect(values).toEqual([3, 1, 2])
  })
  it('sorts numbers as numbers', () => expect(quantile([9, 10, 100], 1)).toBe(100))
  it('of one is that one, of none is none', () => {
    expect(quantile([7], 0.99)).toBe(7)
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('a line through points', () => {
  const onLine = [0, 1, 5, 9].map((x) => ({ x, y: 3 + 2 * x }))
  it('is found where they lie on one', () => {
    const { start, slope } = fitLine(onLine)
    expect(start).toBeCloseTo(3)
    expect(slope).toBeCloseTo(2)
  })
  it('through one point is none', () => expect(fitLine([{ x: 1, y: 1 }]).slope).toBeNaN())
})

describe('the middle slope', () => {
  const line = Array.from({ length: 11 }, (_, x) => ({ x, y: 3 + 2 * x }))
  it('of points on a line is its slope, with no spread', () =>
    expect(medianSlope(line)).toEqual({ slope: 2, low: 2, high: 2 }))
  it('is not moved by outliers, wherever they stand', () => {
    const wrong = line.map(({ x, y }) => ({ x, y: x === 0 || x === 5 || x === 10 ? y + 100 * (x - 5) : y }))
    expect(medianSlope(wrong).slope).toBe(2)
  })
  it('sees a growth that is smaller than the scatter', () => {
    const scattered = line.map(({ x }) => ({ x, y: 0.1 * x + (x % 2 === 0 ? 0.2 : -0.2) }))
    const { slope, low, high } = medianSlope(scattered)
    expect(slope).toBeCloseTo(0.1)
    expect(low).toBeLessThan(0.1)
    expect(high).toBeGreaterThan(0.1)
  })
  it('of readings that go up and down is none', () =>
    expect(medianSlope([1, 2, 1, 2, 1].map((y, x) => ({ x, y }))).slope).toBe(0))
  it('of one point is none, and two at one place have no say', () => {
    expect(medianSlope([{ x: 1, y: 1 }]).slope).toBeNaN()
    expect(medianSlope([...line, { x: 10, y: 99 }, { x: 10, y: -99 }]).slope).toBe(2)
  })
})

describe('the exponent of a growth', () => {
  const sizes = [100, 1_000, 10_000, 100_000]
  const grown = (grow: (x: number) => number) => exponentOf(sizes.map((x) => ({ x, y: grow(x) })))
  it.each<[string, (x: number) => number, number]>([
    ['not at all', () => 7, 0],
    ['in step', (x) => 0.001 * x, 1],
    ['with the square', (x) => x ** 2, 2],
    ['with the root', (x) => 5 * Math.sqrt(x), 0.5],
  ])('%s', (_, grow, exponent) => expect(grown(grow)).toBeCloseTo(exponent))
  it('of a logarithm is small and not zero', () => {
    const exponent = grown((x) => Math.log2(x))
    expect(exponent).toBeGreaterThan(0.05)
    expect(exponent).toBeLessThan(0.2)
  })
})

describe('a verdict', () => {
  const row = { what: 'requests', unit: '' }
  it.each([
    [{ value: 64, below: 64 }, false],
    [{ value: 63.9, below: 64 }, true],
    [{ value: 8, atMost: 8 }, true],
    [{ value: 9, atMost: 8 }, false],
    [{ value: 1, exactly: 1 }, true],
    [{ value: 1.1, exactly: 1 }, false],
    [{ value: NaN, below: 1 }, false],
  ])('%o', (of, isMet) => expect(judge({ ...row, ...of })?.isMet).toBe(isMet))
  it('is none without a target', () => expect(judge({ ...row, value: 1 })).toBeNull())
})
