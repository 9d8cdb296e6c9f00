// What may be sent again, and when: a play request only where it is certain that nothing was played.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../../src/core/errors'
import { backoffMs, decideRetry } from '../../../src/core/retry'
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
