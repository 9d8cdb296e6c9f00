// The arithmetic of the benches: a wrong percentile or a wrong exponent would make a promise look kept.
import { describe, expect, it } from 'vitest'
import { judge } from '../../bench/bench'
import { exponentOf, fitLine, gainOf, quantile } from '../../bench/statistics'

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
  it('gains from the first to the last', () => expect(gainOf(onLine)).toBeCloseTo(18))
  it('is not carried away by one outlier as the difference of two ends would be', () => {
    const flat = [0, 15, 30, 45, 60].map((x) => ({ x, y: x === 60 ? 6 : 5 }))
    expect(gainOf(flat)).toBeGreaterThan(0)
    expect(gainOf(flat)).toBeLessThan(1)
  })
  it('through one point is none', () => expect(fitLine([{ x: 1, y: 1 }]).slope).toBeNaN())
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
