// The sandbox counts requests as the platform does: per user and client, whichever token, and per user over all clients.
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../sandbox/org/clock'
import { createRates, type RateLimits } from '../../sandbox/org/rates'
import type { Refusal } from '../../sandbox/org/refusal'
import type { AccessToken } from '../../sandbox/org/tokens'

const tokenOf = (userId: string, clientId: string, token = 'one'): AccessToken => ({
  token,
  userId,
  clientId,
  scopes: [],
  expiresAtMs: Infinity,
})

function setUp(limits: RateLimits) {
  const clock = createVirtualClock()
  const rates = createRates({ clock })
  /** Null: it was let through; else how many seconds to wait. */
  const request = (token: AccessToken): number | null => {
    try {
      rates.count(token, limits)
      return null
    } catch (error) {
      const { status, headers } = error as Refusal
      expect(status).toBe(429)
      return Number(headers['retry-after'])
    }
  }
  return { clock, rates, request }
}

describe('requests in a minute', () => {
  it.each([
    ['by one token', [tokenOf('a', 'x'), tokenOf('a', 'x'), tokenOf('a', 'x')], [null, null, 60]],
    [
      'by two tokens of one client',
      [tokenOf('a', 'x'), tokenOf('a', 'x', 'two'), tokenOf('a', 'x')],
      [null, null, 60],
    ],
    ['by two clients', [tokenOf('a', 'x'), tokenOf('a', 'x'), tokenOf('a', 'y')], [null, null, null]],
    ['by two users', [tokenOf('a', 'x'), tokenOf('a', 'x'), tokenOf('b', 'x')], [null, null, null]],
  ])('%s', (_, tokens, waits) => {
    const { request } = setUp({ perClient: 2, perUser: 100 })
    expect(tokens.map(request)).toEqual(waits)
  })

  it('of one user are limited over all clients', () => {
    const { request } = setUp({ perClient: 2, perUser: 3 })
    expect([tokenOf('a', 'x'), tokenOf('a', 'y'), tokenOf('a', 'z'), tokenOf('a', 'v')].map(request)).toEqual(
      [...[null, null, null, 60]],
    )
    expect(request(tokenOf('b', 'x'))).toBe(null)
  })

  it('are counted anew after a minute from the first, and until then the wait is what is left', async () => {
    const { clock, rates, request } = setUp({ perClient: 1, perUser: 100 })
    const token = tokenOf('a', 'x')
    expect(request(token)).toBe(null)
    await clock.advance(45_000)
    expect(request(token)).toBe(15)
    expect(rates.of(token, { perClient: 1, perUser: 100 })).toEqual({ count: 2, allowed: 1, resetS: 15 })
    await clock.advance(15_000)
    expect(rates.of(token, { perClient: 1, perUser: 100 })).toEqual({ count: 0, allowed: 1, resetS: 60 })
    expect(request(token)).toBe(null)
  })

  it('are forgotten on a reset', () => {
    const { rates, request } = setUp({ perClient: 1, perUser: 100 })
    request(tokenOf('a', 'x'))
    rates.forget()
    expect(request(tokenOf('a', 'x'))).toBe(null)
  })
})
