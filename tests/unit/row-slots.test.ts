// Which element shows which row after the list has changed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignSlots } from '../../src/components/row-slots'

const slotsOf = (before: Record<string, number>, keys: string, held: string | null = null) =>
  Object.fromEntries(assignSlots(new Map(Object.entries(before)), [...keys], held))

describe('assignSlots', () => {
  it.each([
    ['begins at 0', {}, 'ab', null, { a: 0, b: 1 }],
    [
      'writes a new list into the elements of the old one, from the top',
      { a: 0, b: 1 },
      'xy',
      null,
      { x: 0, y: 1 },
    ],
    ['makes more where the list is longer', { a: 0 }, 'xyz', null, { x: 0, y: 1, z: 2 }],
    ['leaves some where it is shorter', { a: 0, b: 1 }, 'x', null, { x: 0 }],
    ['lets a prompt that stays keep its element', { a: 0, b: 1 }, 'xb', null, { x: 0, b: 1 }],
    ['also where it stands elsewhere', { a: 0, b: 1, c: 2 }, 'cx', null, { c: 2, x: 0 }],
    ['gives the focused one to no other', { a: 0, b: 1 }, 'xy', 'a', { x: 1, y: 2 }],
    ['and leaves it with its prompt', { a: 0, b: 1 }, 'xa', 'a', { x: 1, a: 0 }],
  ])('%s', (_, before, keys, held, expected) => {
    expect(slotsOf(before as Record<string, number>, keys, held)).toEqual(expected)
  })

  it('gives no element to two, keeps what stays, and never gives the focused one away', () => {
    const keys = fc.uniqueArray(fc.constantFrom(...'abcdefgh'))
    fc.assert(
      fc.property(keys, keys, fc.constantFrom(...'abcdefgh', null), (first, second, held) => {
        const before = assignSlots(new Map(), first, null)
        const after = assignSlots(before, second, held)
        expect([...after.keys()]).toEqual(second)
        expect(new Set(after.values()).size).toBe(second.length)
        for (const key of second) if (before.has(key)) expect(after.get(key)).toBe(before.get(key))
        for (const [key, slot] of after) if (key !== held) expect(slot).not.toBe(before.get(held ?? ''))
      }),
    )
  })
})
