// What may be sent again, and when: a play request only where it is certain that nothing was played.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../../src/core/errors'
import { backoffMs, decideRetry, reconnectDelayMs } from '../../../src/core/retry'
import { refusal } from '../../support/factories'

const kinds: Refusal['kind'][] = [
  'signed-out',
  'forbidden',
  'not-found',
  'conflict',
  'rate-limited',
  'rejected',
  'server-error',
  'timeout',
  'offline',
  'malformed',
  'monitored',
]

describe('decideRetry', () => {
  it.each(['read', 'write'] as const)('sends a %s again after what passes, and only then', (purpose) => {
    const again = kinds.filter((kind) => decideRetry(refusal({ kind }), purpose, 1, 0.5).again)
    expect(again).toEqual(['rate-limited', 'server-error', 'timeout', 'offline'])
  })

  it('sends a play again only when it was turned away for the rate', () => {
    const again = kinds.filter(
      (kind) => decideRetry(refusal({ kind, mayHaveArrived: true }), 'play', 1, 0.5).again,
    )
    expect(again).toEqual(['rate-limited'])
  })

  it('waits as long as the platform says, else by a growing chance', () => {
    const said = refusal({ kind: 'rate-limited', retryAfterMs: 7_000 })
    expect(decideRetry(said, 'play', 1, 0.5)).toEqual({ again: true, afterMs: 7_000 })
    const unsaid = refusal({ kind: 'rate-limited' })
    expect(decideRetry(unsaid, 'read', 3, 0.5)).toEqual({ again: true, afterMs: 4_000 })
  })

  it('gives up at the fifth attempt', () => {
    expect(decideRetry(refusal(), 'read', 4, 0.5).again).toBe(true)
    expect(decideRetry(refusal(), 'read', 5, 0.5).again).toBe(false)
  })
})

describe('backoffMs', () => {
  it('stays below 2^attempt seconds and a minute, and is whole', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, chance) => {
          const ms = backoffMs(attempt, chance)
          expect(ms).toBeGreaterThanOrEqual(0)
          expect(ms).toBeLessThanOrEqual(Math.min(60_000, 1_000 * 2 ** attempt))
          expect(Number.isInteger(ms)).toBe(true)
        },
      ),
    )
  })
})

describe('reconnectDelayMs', () => {
  const anyChance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

  it('is what the platform says, whatever the hurry', () => {
    const said = refusal({ kind: 'rate-limited', retryAfterMs: 42_000 })
    expect(reconnectDelayMs(1, said, true, 0.5)).toBe(42_000)
    expect(reconnectDelayMs(9, said, false, 0.5)).toBe(42_000)
  })

  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [5, 16_000],
    [6, 16_000],
    [100, 16_000],
  ])('at attempt %i waits %i ms by an even chance', (attempt, ms) => {
    expect(reconnectDelayMs(attempt, null, false, 0.5)).toBe(ms)
  })

  it('is never over a second while somebody waits for a truth, and never negative', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), anyChance, (attempt, chance) => {
        const hurried = reconnectDelayMs(attempt, null, true, chance)
        const patient = reconnectDelayMs(attempt, null, false, chance)
        expect(hurried).toBeLessThanOrEqual(1_000)
        expect(hurried).toBeLessThanOrEqual(patient)
        expect(hurried).toBeGreaterThanOrEqual(0)
        expect(patient).toBeLessThanOrEqual(32_000)
      }),
    )
  })
})

describe('a play request', () => {
  it('is sent again after no refusal but 429, at whatever attempt and by whatever chance', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.boolean(),
        fc.nat(6),
        chance,
        (kind, arrived, attempt, by) => {
          const { again } = decideRetry(refusal({ kind, mayHaveArrived: arrived }), 'play', attempt, by)
          if (again) expect([kind, attempt < 5]).toEqual(['rate-limited', true])
        },
      ),
    )
  })
})
