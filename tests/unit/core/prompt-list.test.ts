// Where each prompt stands in the list, and how agents change their pins.
import { describe, expect, it } from 'vitest'
import { movePin, pinnedPrompts, togglePin } from '../../../src/core/pins'
import { listPrompts } from '../../../src/core/prompt-list'
import { prompt } from '../../support/factories'

const legal = prompt({ key: 'l', category: 'Legal' })
const pinned = prompt({ key: 'p', category: 'Legal', pinned: true })
const greeting = prompt({ key: 'g', category: 'Greeting' })
const sectionsOf = (...args: Parameters<typeof listPrompts>) =>
  listPrompts(...args).map(({ kind, name, prompts }) => [name || kind, prompts.map((p) => p.key)])

describe('listPrompts', () => {
  it('puts the pinned ones first, then the categories as they first appear', () => {
    expect(sectionsOf([legal, pinned, greeting], null, [])).toEqual([
      ['pinned', ['p']],
      ['Legal', ['l']],
      ['Greeting', ['g']],
    ])
  })

  it('puts what was played last behind the pins, the latest first, and no prompt twice', () => {
    expect(sectionsOf([legal, pinned, greeting], null, ['g', 'p', 'gone', 'l'])).toEqual([
      ['pinned', ['p']],
      ['recent', ['g', 'l']],
    ])
  })

  it("follows the agent's own pins, also where they have none", () => {
    expect(sectionsOf([legal, pinned, greeting], ['g', 'l'], [])).toEqual([
      ['pinned', ['g', 'l']],
      ['Legal', ['p']],
    ])
    expect(sectionsOf([legal, pinned], [], [])).toEqual([['Legal', ['l', 'p']]])
  })

  it('has no section for nothing', () => {
    expect(sectionsOf([], null, ['x'])).toEqual([])
  })
})

describe('pinnedPrompts', () => {
  it('takes them in the order of the catalogue, or in that of the agent', () => {
    const other = { ...pinned, key: 'p2' }
    const keys = (pins: readonly string[] | null) =>
      pinnedPrompts([pinned, legal, other], pins).map((p) => p.key)
    expect(keys(null)).toEqual(['p', 'p2'])
    expect(keys(['l', 'gone', 'p2', 'l'])).toEqual(['l', 'p2'])
  })
})

describe('changing pins', () => {
  it('pins behind the others, and unpins', () => {
    expect(togglePin(['a'], 'b')).toEqual(['a', 'b'])
    expect(togglePin(['a', 'b'], 'a')).toEqual(['b'])
  })

  it.each([
    ['a', 1, ['b', 'a', 'c']],
    ['c', -1, ['a', 'c', 'b']],
    ['a', -1, ['a', 'b', 'c']],
    ['c', 1, ['a', 'b', 'c']],
    ['x', 1, ['a', 'b', 'c']],
  ] as const)('moves %s by %i to %j', (key, by, expected) => {
    expect(movePin(['a', 'b', 'c'], key, by)).toEqual(expected)
  })
})
