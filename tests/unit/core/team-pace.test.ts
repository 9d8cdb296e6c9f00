// How fast the team view reads: a burst, then one after the other, never more in a minute than it may.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { burst, everyMs, readPace, takeTurn, writePace, type Pace } from '../../../src/core/team-pace'

const nowMs = 1_000_000

describe('a turn', () => {
  it.each<[string, Pace | null, number, Pace]>([
    ['the first of all', null, 0, { free: burst - 1, atMs: nowMs }],
    ['one of many', { free: 5, atMs: nowMs }, 0, { free: 4, atMs: nowMs }],
    ['after some time', { free: 0, atMs: nowMs - 2 * everyMs - 500 }, 0, { free: 1, atMs: nowMs - 500 }],
    ['after a long time', { free: 3, atMs: 0 }, 0, { free: burst - 1, atMs: nowMs }],
    ['none left', { free: 0, atMs: nowMs - 500 }, everyMs - 500, { free: 0, atMs: nowMs - 500 }],
    ['a clock put back', { free: 0, atMs: nowMs + 86_400_000 }, 0, { free: burst - 1, atMs: nowMs }],
  ])('%s', (_, before, waitMs, pace) => {
    expect(takeTurn(before, nowMs)).toEqual({ pace, waitMs })
  })

  it('is had at most 90 times in any minute, however often it is asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 400 }), (pausesMs) => {
        let pace: Pace | null = null
        let atMs = nowMs
        const hadMs: number[] = []
        for (const pauseMs of pausesMs) {
          atMs += pauseMs
          const turn = takeTurn(pace, atMs)
          pace = turn.pace
          if (turn.waitMs === 0) hadMs.push(atMs)
        }
        for (const [index, firstMs] of hadMs.entries())
          expect(hadMs.slice(index).filter((ms) => ms < firstMs + 60_000).length).toBeLessThanOrEqual(
            burst + 60_000 / everyMs,
          )
      }),
    )
  })

  it('comes when it was said to come', () => {
    const { pace, waitMs } = takeTurn({ free: 0, atMs: nowMs - 700 }, nowMs)
    expect(takeTurn(pace, nowMs + waitMs - 1).waitMs).toBe(1)
    expect(takeTurn(pace, nowMs + waitMs).waitMs).toBe(0)
  })
})

describe('what is kept', () => {
  it.each([
    [writePace({ free: 7, atMs: nowMs }), { free: 7, atMs: nowMs }],
    [undefined, null],
    ['', null],
    ['seven', null],
    ['-1 5', null],
    ['999 5', null],
    [`7 ${'9'.repeat(40)}`, null],
  ])('%s', (text, pace) => {
    expect(readPace(text)).toEqual(pace)
  })
})
