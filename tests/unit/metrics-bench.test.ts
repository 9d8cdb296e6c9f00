// What the bench measures with a million playbacks holds with fewer too: the promises are checked on every run of the tests.
import { expect, it } from 'vitest'
import { compare } from '../../bench/metrics.bench'

it('50,000 playbacks: bounded memory, p95 as exact as promised, none left out', () => {
  const { errorPercent, counterBytes, keptBytes, listed, counted } = compare(50_000)
  expect(counted).toBe(listed)
  expect(errorPercent).toBeLessThan(2)
  expect(counterBytes).toBeLessThan(2_000_000)
  expect(keptBytes).toBeLessThan(2_000_000)
})
