// The instruments of the benches that can be wrong without anybody noticing: chains of requests, counts of a heap, moved time.
import { describe, expect, it } from 'vitest'
import { createFastClock } from '../../bench/fast-clock'
import { countNodes } from '../../bench/heap-snapshot'
import { longestChain } from '../../bench/network-log'
import { runOn } from '../../bench/plain-browser'

describe('the longest chain of requests', () => {
  const exchanges = (...of: [startS: number, endS: number][]) =>
    of.map(([startS, endS]) => ({ startS, endS }))
  it.each<[string, [number, number][], number]>([
    ['nothing', [], 0],
    [
      'side by side',
      [
        [0, 4],
        [0, 4],
        [1, 4],
      ],
      1,
    ],
    [
      'one after the other, told in any order',
      [
        [4, 6],
        [0, 2],
        [2, 4],
      ],
      3,
    ],
    [
      'a short one within a long one',
      [
        [0, 10],
        [1, 2],
        [3, 4],
      ],
      2,
    ],
    [
      'one that is still under way',
      [
        [0, 1],
        [1, Infinity],
      ],
      1,
    ],
    [
      'two ways, of which one is longer',
      [
        [0, 5],
        [5, 9],
        [0, 1],
        [1, 2],
        [2, 3],
        [5, 6],
      ],
      4,
    ],
  ])('%s', (_, of, count) => expect(longestChain(exchanges(...of))).toBe(count))
})

describe('the counts of a heap', () => {
  const counts = countNodes({
    snapshot: {
      meta: {
        node_fields: ['type', 'name', 'self_size', 'detachedness'],
        node_types: [['object', 'native', 'string']],
      },
    },
    strings: ['Playback', '<div>', 'secret text', 'HTMLDocument'],
    nodes: [
      [0, 0, 40, 0],
      [0, 0, 60, 0],
      [1, 1, 8, 2],
      [1, 1, 8, 1],
      [1, 3, 8, 0],
      [2, 2, 20, 0],
    ].flat(),
  })
  it('sum objects by their constructor, and texts together', () => {
    expect(counts.byName.get('Playback')).toEqual({ count: 2, bytes: 100 })
    expect(counts.byName.get('(string)')).toEqual({ count: 1, bytes: 20 })
    expect(counts.byName.has('secret text')).toBe(false)
  })
  it('know which nodes are in no document', () => {
    expect([...counts.detached]).toEqual([['<div>', 1]])
  })
})

describe('a clock that is moved on', () => {
  it('runs what is due in the order of its time, once, and leaves the rest waiting', () => {
    const clock = createFastClock()
    const ran: string[] = []
    const before = clock.now()
    const undo = clock.after(90_000, () => ran.push('never'))
    clock.after(20_000, () => ran.push('second'))
    clock.after(10_000, () => ran.push('first'))
    const rest = clock.after(60_000, () => ran.push('third'))
    clock.advance(30_000)
    expect(ran).toEqual(['first', 'second'])
    expect(clock.now() - before).toBeGreaterThanOrEqual(30_000)
    undo()
    clock.advance(70_000)
    rest()
    expect(ran).toEqual(['first', 'second', 'third'])
  })
  it('sets what a run starts', () => {
    const clock = createFastClock()
    const ran: string[] = []
    clock.after(1_000, () => clock.after(1_000, () => ran.push('again')))
    clock.advance(1_500)
    expect(ran).toEqual([])
    clock.advance(1_500)
    expect(ran).toEqual(['again'])
  })
})

describe('a page that is asked until it is so', () => {
  const asking = (...answers: (boolean | Error)[]) => {
    const left = [...answers]
    const { until } = runOn({
      send: () => {
        const answer = left.shift()
        if (answer instanceof Error) return Promise.reject(answer)
        return Promise.resolve({ result: { value: answer } })
      },
    })
    return { until, left }
  }
  it('is asked again where it went elsewhere meanwhile', async () => {
    const { until, left } = asking(new Error('Inspected target navigated or closed'), false, true)
    await until(() => true)
    expect(left).toEqual([])
  })
  it('is given up where it is gone', async () => {
    const { until } = asking(new Error('Session with given id not found.'), true)
    await expect(until(() => true)).rejects.toThrow('Session with given id not found.')
  })
})
