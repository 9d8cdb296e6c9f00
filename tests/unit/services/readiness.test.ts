// A click that comes while the live connection is being opened waits for it, and not for ever.
import { describe, expect, it } from 'vitest'
import type { ChannelState } from '../../../src/services/channel'
import { createChannelReadiness } from '../../../src/services/readiness'
import { createSnapshot } from '../../../src/services/snapshot'
import { createTestClock } from '../../support/ports'

function setUp(status: ChannelState['status']) {
  const clock = createTestClock()
  const channel = createSnapshot<Pick<ChannelState, 'status'>>({ status })
  return { clock, channel, readiness: createChannelReadiness(channel, clock) }
}

describe('whenLive', () => {
  it.each([
    ['live', true],
    ['lost', false],
    ['closed', false],
  ] as const)('does not wait where the connection is %s', async (status, there) => {
    const { readiness, clock } = setUp(status)
    expect(await readiness.whenLive()).toBe(there)
    expect(clock.timers()).toBe(0)
  })

  it.each([
    ['live', true],
    ['lost', false],
    ['closed', false],
  ] as const)('waits while it is being opened, until it is %s', async (status, there) => {
    const { readiness, channel, clock } = setUp('connecting')
    expect([readiness.channelOpening(), readiness.channelLive()]).toEqual([true, false])
    const waiting = readiness.whenLive()
    channel.set({ status })
    expect(await waiting).toBe(there)
    expect(clock.timers()).toBe(0)
  })

  it('gives up after five seconds', async () => {
    const { readiness, clock } = setUp('connecting')
    const waiting = readiness.whenLive()
    await clock.advance(5_000)
    expect(await waiting).toBe(false)
  })
})
