// The calls that are worth a request: which, in which order, and that it is the same however the list came to it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { badgeStates, type BadgeState } from '../../../src/core/badge'
import { createKnownCalls, type KnownCall } from '../../../src/core/known-calls'
import type { TeamRow } from '../../../src/core/team'
import { badge, row } from '../../support/team-rows'

function knownOf(rows: readonly TeamRow[], limit: number): readonly KnownCall[] {
  const known = createKnownCalls()
  known.fill(rows)
  return known.first(limit)
}
const on = (userId: string, state: BadgeState, pinned = false) =>
  row(userId, state, { pinned, badge: badge(state, { conversationId: `c-${userId}` }) })

describe('the known calls', () => {
  it('are playing and pinned ones first, as many as are asked for, and none of who is on no call', () => {
    const many = Array.from({ length: 60 }, (_, index) => on(`m${index}`, 'on a call'))
    const all = [
      row('x', 'idle'),
      ...many,
      on('pin', 'on a call', true),
      on('play', 'playing'),
      on('both', 'playing', true),
    ]
    const known = knownOf(all, 40)
    expect(known).toHaveLength(40)
    expect(known.slice(0, 4)).toEqual([
      ['both', 'c-both'],
      ['play', 'c-play'],
      ['pin', 'c-pin'],
      ['m0', 'c-m0'],
    ])
    expect(knownOf(all, 2)).toEqual(known.slice(0, 2))
  })

  it('are those of the newest call, where an agent went on to the next', () => {
    const known = createKnownCalls()
    known.fill([on('a', 'on a call')])
    known.put(row('a', 'on a call', { badge: badge('on a call', { conversationId: 'next' }) }))
    known.put(on('stranger', 'playing', true))
    expect(known.first(9)).toEqual([['a', 'next']])
  })

  it('cost no look at the rows that did not change', () => {
    let looks = 0
    const counted = (userId: string): TeamRow => {
      const plain = on(userId, 'on a call')
      return Object.defineProperty({ ...plain }, 'badge', {
        get() {
          looks += 1
          return plain.badge
        },
      })
    }
    const known = createKnownCalls()
    known.fill(Array.from({ length: 2_000 }, (_, index) => counted(`u${index}`)))
    looks = 0
    known.put(on('u1500', 'playing'))
    expect(known.first(40)[0]).toEqual(['u1500', 'c-u1500'])
    expect(looks).toBe(0)
  })
})

const anyRow = fc
  .tuple(fc.nat(19), fc.constantFrom(...badgeStates), fc.boolean(), fc.option(fc.nat(3)))
  .map(([number, state, pinned, call]) => {
    const conversationId = call === null ? null : `c${call}`
    return row(`u${number}`, state, { pinned, badge: badge(state, { conversationId }) })
  })

it('the known calls are the same whether they were put in one by one or filled at once', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 60 }), fc.nat(25), (changes, limit) => {
      const rows = new Map(Array.from({ length: 20 }, (_, n) => [`u${n}`, row(`u${n}`, 'idle')]))
      const known = createKnownCalls()
      known.fill([...rows.values()])
      for (const change of changes) {
        rows.set(change.userId, change)
        known.put(change)
      }
      expect(known.first(limit)).toEqual(knownOf([...rows.values()], limit))
    }),
  )
})
