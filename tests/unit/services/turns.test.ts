// Whose turn it is in a call: one panel of a browser, taken ahead of the click and given up to whoever is clicked.
import { describe, expect, it } from 'vitest'
import { createTurns } from '../../../src/services/turns'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestClock, settled } from '../../support/ports'

const setUp = () => {
  const browser = createSharedBrowser()
  const clock = createTestClock()
  const panel = (isShared = true) => {
    const bus = busOf(browser, isShared)
    const turns = createTurns({ locks: locksOf(browser), bus, clock })
    return { ...turns, bus }
  }
  return { browser, clock, panel, mine: panel(), other: panel(), third: panel() }
}

describe('a turn', () => {
  it('is one panel’s: the other gets it when the last playback has left', async () => {
    const { mine, other } = setUp()
    expect(await mine.take('call', 'a')).toBe('mine')
    expect(await mine.take('call', 'b')).toBe('mine')
    mine.leave('a')
    expect(await other.take('call', 'c')).toBe('kept')
    mine.leave('b')
    expect(await other.take('call', 'd')).toBe('mine')
  })

  it('that was refused is asked for again the next time', async () => {
    const { mine, other } = setUp()
    await mine.take('call', 'a')
    await other.take('call', 'b')
    mine.dispose()
    expect(await other.take('call', 'c')).toBe('mine')
  })

  it('that was given up while it was on its way is not kept', async () => {
    const { browser, clock, mine } = setUp()
    void mine.take('call', 'a')
    mine.leave('a')
    await settled()
    expect([browser.locks.size, clock.timers()]).toEqual([0, 0])
  })

  it('is of one call only', async () => {
    const { mine, other } = setUp()
    await mine.take('call', 'a')
    expect(await other.take('another call', 'b')).toBe('mine')
  })

  it('is never two panels’ at once, whoever asks in whatever order', async () => {
    const { clock, mine, other, third } = setUp()
    third.expect('call')
    await settled()
    const asked = [mine, other, third].map((turns, index) => turns.take('call', `p${index}`))
    const got = await Promise.all(asked)
    expect(got.sort()).toEqual(['kept', 'kept', 'mine'])
    expect(clock.timers()).toBe(0)
  })
})

describe('a turn that is taken ahead of the click', () => {
  it('is there at once', async () => {
    const { mine } = setUp()
    mine.expect('call')
    await settled()
    expect(mine.take('call', 'a')).toBe('mine')
  })

  it('is waited for by a click that comes before it', async () => {
    const { mine } = setUp()
    mine.expect('call')
    const granted = mine.take('call', 'a')
    expect(granted).not.toBe('mine')
    expect(await granted).toBe('mine')
  })

  it('goes to the panel that is clicked, and comes back', async () => {
    const { mine, other } = setUp()
    mine.expect('call')
    other.expect('call')
    await settled()
    expect(await other.take('call', 'a')).toBe('mine')
    expect(await mine.take('call', 'b')).toBe('kept')
    other.leave('a')
    expect(await mine.take('call', 'b')).toBe('mine')
    expect(await other.take('call', 'c')).toBe('kept')
  })

  it('stays after the playback, until another call is expected', async () => {
    const { browser, mine } = setUp()
    mine.expect('call')
    await mine.take('call', 'a')
    mine.leave('a')
    expect(browser.locks.size).toBe(1)
    mine.expect('another call')
    await settled()
    expect([...browser.locks]).toEqual(['cueline.playback.another call'])
    mine.expect(null)
    expect(browser.locks.size).toBe(0)
  })

  it('of a call that goes while something is open there is kept until that is over', async () => {
    const { browser, mine } = setUp()
    mine.expect('call')
    await mine.take('call', 'a')
    mine.expect(null)
    expect(browser.locks.size).toBe(1)
    mine.leave('a')
    expect(browser.locks.size).toBe(0)
  })

  it('that is no longer expected before it came is not kept', async () => {
    const { browser, mine } = setUp()
    mine.expect('call')
    mine.expect(null)
    await settled()
    expect(browser.locks.size).toBe(0)
  })

  it('and is wanted elsewhere before it came, is given up when it comes', async () => {
    const { mine, other } = setUp()
    mine.expect('call')
    expect(await other.take('call', 'a')).toBe('mine')
  })

  it('is not given by a panel that does not answer: the click is refused after a second', async () => {
    const { browser, clock, mine, other } = setUp()
    mine.expect('call')
    await settled()
    mine.bus.close()
    const granted = other.take('call', 'a')
    await clock.advance(999)
    const early = await Promise.race([granted, Promise.resolve('waits')])
    expect(early).toBe('waits')
    await clock.advance(1)
    expect(await granted).toBe('silent')
    mine.dispose()
    expect([browser.locks.size, clock.timers()]).toEqual([0, 0])
    expect(await other.take('call', 'b')).toBe('mine')
  })

  it('is not taken ahead where nobody could ask for it: then it is free between two playbacks', async () => {
    const { browser, panel } = setUp()
    const [mine, other] = [panel(false), panel(false)]
    mine.expect('call')
    await settled()
    expect(browser.locks.size).toBe(0)
    expect(await mine.take('call', 'a')).toBe('mine')
    mine.leave('a')
    expect(await other.take('call', 'b')).toBe('mine')
  })

  it('is asked for once more by the click, where the browser failed at it', async () => {
    const browser = createSharedBrowser()
    const locks = { ...locksOf(browser), tryHold: () => Promise.reject(new Error('broken')) }
    const turns = createTurns({ locks, bus: busOf(browser), clock: createTestClock() })
    turns.expect('call')
    expect(await turns.take('call', 'a')).toBe('mine')
  })

  it('is had by a click at the moment in which the panel before it goes', async () => {
    const { mine, other } = setUp()
    await mine.take('call', 'a')
    mine.bus.close()
    const granted = other.take('call', 'b')
    mine.dispose()
    expect(await granted).toBe('mine')
  })
})
