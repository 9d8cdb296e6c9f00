// A gap that all panels of a desktop have: one reads for all, and whoever hears nothing reads for itself.
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../../src/core/errors'
import { conversation, myUserId } from '../../support/factories'
import { settled } from '../../support/ports'
import { ended, readTopic, setUp } from './live-harness'

describe('a gap that all panels of the desktop have', () => {
  it('is read once: one panel asks for all calls of the agent, and tells the others', async () => {
    const { live, reads, fake, connected, told, state, clock } = setUp()
    await live.begin(myUserId)
    const calls = [conversation({ id: 'call-2' }), ended('call-1')]
    fake.nextCalls = () => Promise.resolve(answered(calls))
    connected(true)
    await settled()
    expect(reads).toEqual(['call-1', 'bodies'])
    expect(told).toEqual(calls.map((body) => ({ kind: 'topic', topic: readTopic, body })))
    expect(state().interaction?.callState).toBe('ended')
    await clock.advance(10_000)
    expect(reads).toHaveLength(2)
  })

  it('is not read by a panel that hears what another has read; a break that it hears of was missed', async () => {
    const { live, reads, connected, frame, locks, missed, clock, state } = setUp()
    await live.begin(myUserId)
    const release = await locks.tryHold('cueline.reading')
    connected(true)
    await settled()
    frame(conversation({ id: 'call-2' }), readTopic)
    frame(ended('call-1'), readTopic)
    release?.()
    await clock.advance(10_000)
    expect(reads).toEqual(['call-1'])
    expect([missed, state().interaction?.callState]).toEqual([['break'], 'ended'])
  })

  it('is older than a frame that came since', async () => {
    const { live, connected, frame, locks, clock, state } = setUp()
    await live.begin(myUserId)
    await locks.tryHold('cueline.reading')
    connected(true)
    await settled()
    frame(ended('call-1'))
    frame(conversation(), readTopic)
    expect(state().interaction?.callState).toBe('ended')
    await clock.advance(10_000)
    expect(state().interaction?.callState).toBe('ended')
  })

  it.each([
    ['nothing is heard', answered([conversation({ id: 'call-2' })])],
    ['the reading was refused', refused({ kind: 'server-error', message: 'HTTP 503' })],
  ])('is read by each panel for itself where %s, some seconds later', async (_, answer) => {
    const { live, reads, fake, connected, clock, told, locks } = setUp()
    await live.begin(myUserId)
    fake.nextCalls = () => Promise.resolve(answer)
    connected(true)
    await clock.advance(3_999)
    expect(reads).toEqual(['call-1', 'bodies'])
    expect(told).toHaveLength(answer.ok ? 1 : 0)
    expect(await locks.isHeld('cueline.reading')).toBe(false)
    await clock.advance(4_000)
    expect(reads).toEqual(['call-1', 'bodies', 'call-1'])
  })

  it('leaves no timer behind a panel that closes', async () => {
    const { live, connected, clock } = setUp()
    await live.begin(myUserId)
    connected(true)
    live.dispose()
    await settled()
    expect(clock.timers()).toBe(0)
  })
})
