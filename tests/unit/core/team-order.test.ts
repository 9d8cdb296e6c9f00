// The order of the team's list: what it is, and that it is the same however the list came to it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { badgeStates } from '../../../src/core/badge'
import { countStates, fitsFilter, noFilter, type TeamFilter, type TeamRow } from '../../../src/core/team'
import { createTeamOrder } from '../../../src/core/team-order'
import { badge, note, row } from '../../support/team-rows'

function orderOf(rows: readonly TeamRow[], filter = noFilter): readonly string[] {
  const order = createTeamOrder()
  order.fill(rows)
  return order.userIds(filter)
}

describe('the order', () => {
  it('is: failed, unknown, playing, done, on a call, idle, not visible; pinned before all', () => {
    const rows = [...badgeStates].reverse().map((state) => row(state, state))
    const pinned = row('pinned', 'idle', { pinned: true })
    expect(orderOf([...rows, pinned])).toEqual(['pinned', ...badgeStates])
  })

  it('of the same state has the latest news first, and those without news by name', () => {
    const news = (userId: string, sinceMs: number) =>
      row(userId, 'failed', { badge: badge('failed', { sinceMs, note }) })
    expect(orderOf([news('a', 1), news('b', 3), news('c', 2)])).toEqual(['b', 'c', 'a'])
    const idle = (userId: string, sinceMs: number) =>
      row(userId, 'idle', { badge: badge('idle', { sinceMs }) })
    expect(orderOf([idle('c', 9), idle('a', 1), idle('b', 5)])).toEqual(['a', 'b', 'c'])
  })

  it('of the same name goes by the id', () => {
    const twin = (userId: string) => row(userId, 'idle', { name: 'Ada' })
    expect(orderOf([twin('2'), twin('3'), twin('1')])).toEqual(['1', '2', '3'])
  })

  it('takes any time that a note can carry', () => {
    const at = (userId: string, sinceMs: number) =>
      row(userId, 'playing', { badge: badge('playing', { sinceMs, note }) })
    const [latest, before] = [999_999_999_999_999, 999_999_999_999_998]
    expect(orderOf([row('f', 'failed'), at('a', before), at('b', latest), row('d', 'done')])).toEqual([
      'f',
      'b',
      'a',
      'd',
    ])
  })
})

const anyLook = fc.record({
  name: fc.constantFrom('', 'Ada', 'Ben', 'Cleo', 'Dan'),
  pinned: fc.boolean(),
  state: fc.constantFrom(...badgeStates),
  sinceMs: fc.option(fc.nat(5)),
  hasNote: fc.boolean(),
})
const anyRow = fc
  .tuple(fc.nat(39), anyLook)
  .map(([number, { name, pinned, state, sinceMs, hasNote }]) =>
    row(`u${number}`, state, { name, pinned, badge: badge(state, { sinceMs, note: hasNote ? note : null }) }),
  )
const anyRows = fc.uniqueArray(anyRow, { selector: ({ userId }) => userId, maxLength: 40 })
const anyFilter = fc.constantFrom<TeamFilter>(
  noFilter,
  { text: 'a', states: [] },
  { text: '', states: ['playing', 'idle'] },
)
const anyStep = fc.oneof(
  { weight: 6, arbitrary: anyRow.map((put) => ({ put })) },
  { weight: 3, arbitrary: anyFilter.map((filter) => ({ filter })) },
  { weight: 1, arbitrary: anyRows.map((fill) => ({ fill })) },
)

/** The rule as a sort of everything, written once more: what the list kept from look to look must equal. */
function sorted(rows: Iterable<TeamRow>, filter: TeamFilter): string[] {
  const newsOf = ({ badge: { note: about, sinceMs } }: TeamRow) => (about === null ? 0 : (sinceMs ?? 0))
  const keyOf = (one: TeamRow) =>
    [one.pinned ? 0 : 1, badgeStates.indexOf(one.badge.state), -newsOf(one), one.name, one.userId] as const
  return [...rows]
    .filter((one) => fitsFilter(one, filter))
    .sort((a, b) => {
      const [one, other] = [keyOf(a), keyOf(b)]
      const differs = one.findIndex((part, place) => part !== other[place])
      return differs < 0 ? 0 : one[differs]! < other[differs]! ? -1 : 1
    })
    .map(({ userId }) => userId)
}

describe('the list that is kept in order', () => {
  it('equals the sort of all rows after any changes, names included, and counts what it has', () => {
    fc.assert(
      fc.property(anyRows, fc.array(anyStep, { maxLength: 60 }), (first, steps) => {
        const order = createTeamOrder()
        const rows = new Map<string, TeamRow>()
        const fill = (all: readonly TeamRow[]) => {
          order.fill(all)
          rows.clear()
          for (const one of all) rows.set(one.userId, one)
        }
        fill(first)
        for (const step of steps) {
          if ('fill' in step) fill(step.fill)
          if ('put' in step) {
            order.put(step.put)
            if (rows.has(step.put.userId)) rows.set(step.put.userId, step.put)
          }
          if ('filter' in step) {
            expect(order.userIds(step.filter)).toEqual(sorted(rows.values(), step.filter))
            expect(order.counts()).toEqual(countStates(rows.values()))
          }
        }
        expect(order.userIds(noFilter)).toEqual(sorted(rows.values(), noFilter))
      }),
      { numRuns: 300 },
    )
  })

  it('tells no list and no count that changes afterwards', () => {
    const order = createTeamOrder()
    order.fill([row('a', 'idle'), row('b', 'idle')])
    const [userIds, counts] = [order.userIds(noFilter), order.counts()]
    order.put(row('b', 'failed'))
    expect(order.userIds(noFilter)).toEqual(['b', 'a'])
    expect(userIds).toEqual(['a', 'b'])
    expect(counts).toMatchObject({ idle: 2, failed: 0 })
  })
})
