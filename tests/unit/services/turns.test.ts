// Whose turn it is in a call: one panel of a browser, for as long as one of its playbacks is open there.
import { describe, expect, it } from 'vitest'
import { createTurns } from '../../../src/services/turns'
import { createTestLocks } from '../../support/browser-ports'
import { settled } from '../../support/ports'

const setUp = () => {
  const locks = createTestLocks()
  return { locks, mine: createTurns(locks), other: createTurns(locks) }
}

describe('a turn', () => {
  it('is one panel’s: the other gets it when the last playback has left', async () => {
    const { mine, other } = setUp()
    expect(await mine.take('call', 'a')).toBe(true)
    expect(await mine.take('call', 'b')).toBe(true)
    mine.leave('a')
    expect(await other.take('call', 'c')).toBe(false)
    mine.leave('b')
    expect(await other.take('call', 'd')).toBe(true)
  })

  it('that was refused is asked for again the next time', async () => {
    const { mine, other } = setUp()
    await mine.take('call', 'a')
    await other.take('call', 'b')
    mine.dispose()
    expect(await other.take('call', 'c')).toBe(true)
  })

  it('that was given up while it was on its way is not kept', async () => {
    const { mine, locks } = setUp()
    void mine.take('call', 'a')
    mine.leave('a')
    await settled()
    expect(locks.held.size).toBe(0)
  })

  it('is of one call only', async () => {
    const { mine, other } = setUp()
    await mine.take('call', 'a')
    expect(await other.take('another call', 'b')).toBe(true)
  })
})
