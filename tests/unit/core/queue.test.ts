// Prompts that wait: three at most, in the order the agent gave them, and none goes on after a failure by itself.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  advance,
  emptyQueue,
  enqueue,
  moveQueued,
  queueLimit,
  removeQueued,
  resume,
  type Queue,
} from '../../../src/core/queue'

const entry = (id: string) => ({ id, promptKey: `key-${id}`, title: `Title ${id}` })
const queueOf = (...ids: string[]): Queue => ({ waiting: ids.map(entry), held: false })
const idsOf = (queue: Queue) => queue.waiting.map(({ id }) => id).join('')

describe('enqueue', () => {
  it('puts it last', () => {
    expect(idsOf(enqueue(queueOf('a', 'b'), entry('c')))).toBe('abc')
  })

  it('leaves a full queue as it is, as the very same object', () => {
    const full = queueOf('a', 'b', 'c')
    expect(enqueue(full, entry('d'))).toBe(full)
  })

  it('keeps a held queue held', () => {
    expect(enqueue({ ...queueOf('a'), held: true }, entry('b')).held).toBe(true)
  })
})

describe('moveQueued', () => {
  it.each([
    ['a', 1, 'bac'],
    ['b', 1, 'acb'],
    ['b', -1, 'bac'],
    ['c', -1, 'acb'],
    ['a', -1, 'abc'],
    ['c', 1, 'abc'],
    ['x', 1, 'abc'],
    ['x', -1, 'abc'],
  ] as const)('%s by %i gives %s', (id, by, expected) => {
    expect(idsOf(moveQueued(queueOf('a', 'b', 'c'), id, by))).toBe(expected)
  })
})

describe('removeQueued', () => {
  it('takes out the one, and nothing where there is none of that id', () => {
    expect(idsOf(removeQueued(queueOf('a', 'b', 'c'), 'b'))).toBe('ac')
    expect(idsOf(removeQueued(queueOf('a'), 'x'))).toBe('a')
  })

  it('holds nothing back once the last is gone', () => {
    expect(removeQueued({ ...queueOf('a'), held: true }, 'a')).toEqual(emptyQueue)
  })
})

describe('after a playback', () => {
  it('that completed the next one plays', () => {
    const { queue, next } = advance(queueOf('a', 'b'), true)
    expect([next?.id, idsOf(queue), queue.held]).toEqual(['a', 'b', false])
  })

  it('that did not complete nothing plays until the agent says so', () => {
    const held = advance(queueOf('a', 'b'), false)
    expect(held).toEqual({ queue: { ...queueOf('a', 'b'), held: true }, next: null })
    expect(advance(held.queue, true).next).toBeNull()
    const { queue, next } = resume(held.queue)
    expect([next?.id, idsOf(queue), queue.held]).toEqual(['a', 'b', false])
  })

  it('with nothing waiting there is nothing to hold', () => {
    expect(advance(emptyQueue, false)).toEqual({ queue: emptyQueue, next: null })
    expect(resume({ ...emptyQueue, held: true })).toEqual({ queue: emptyQueue, next: null })
  })
})

describe('for any sequence of intents', () => {
  const id = fc.constantFrom(...'abcdef')
  const anyStep: fc.Arbitrary<(queue: Queue) => Queue> = fc.oneof(
    id.map((of) => (queue: Queue) => enqueue(queue, entry(of + String(queue.waiting.length)))),
    id.map((of) => (queue: Queue) => removeQueued(queue, `${of}0`)),
    fc.tuple(id, fc.constantFrom<-1 | 1>(-1, 1)).map(
      ([of, by]) =>
        (queue: Queue) =>
          moveQueued(queue, `${of}0`, by),
    ),
    fc.boolean().map((completed) => (queue: Queue) => advance(queue, completed).queue),
    fc.constant((queue: Queue) => resume(queue).queue),
  )

  it('at most three wait, and an empty queue is never held', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        let queue = emptyQueue
        for (const step of steps) {
          queue = step(queue)
          expect(queue.waiting.length).toBeLessThanOrEqual(queueLimit)
          if (queue.waiting.length === 0) expect(queue.held).toBe(false)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('moving loses none and adds none', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'x'), fc.constantFrom<-1 | 1>(-1, 1)))
    fc.assert(
      fc.property(moves, (steps) => {
        const after = steps.reduce((queue, [of, by]) => moveQueued(queue, of, by), queueOf('a', 'b', 'c'))
        expect([...idsOf(after)].sort().join('')).toBe('abc')
      }),
    )
  })
})
