// A channel that is asked for before it is known who is signed in: used once, soon, and by the only panel that needs one.
import { describe, expect, it } from 'vitest'
import { answered, refused, type Answer } from '../../../src/core/errors'
import type { ChannelAddress } from '../../../src/core/ports'
import { createChannelAhead } from '../../../src/services/channel-ahead'
import { createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestClock, settled } from '../../support/ports'

function setUp() {
  const browser = createSharedBrowser()
  const clock = createTestClock()
  let made = 0
  const fake = {
    next: (): Answer<ChannelAddress> =>
      answered({ id: `channel-${made}`, connectUri: 'wss://streaming.example/' }),
  }
  const ahead = createChannelAhead({
    channels: {
      createChannel() {
        made += 1
        return Promise.resolve(fake.next())
      },
      subscribe: () => Promise.resolve(answered([])),
    },
    locks: locksOf(browser),
    clock,
  })
  const take = async () => {
    const answer = await ahead.channels.createChannel()
    return answer.ok ? answer.value.id : null
  }
  return { browser, clock, fake, ahead, take, made: () => made }
}

describe('a channel asked for ahead', () => {
  it('is there for the first connection, and only for that', async () => {
    const { ahead, take, made } = setUp()
    await ahead.begin()
    expect(made()).toBe(1)
    expect(await take()).toBe('channel-1')
    expect(await take()).toBe('channel-2')
  })

  it('is asked for once, however often it is known that somebody may be signed in', async () => {
    const { ahead, made } = setUp()
    await ahead.begin()
    await ahead.begin()
    expect(made()).toBe(1)
  })

  it('is not made where another panel has the connection', async () => {
    const { browser, ahead, made } = setUp()
    browser.locks.add('cueline.channel')
    await ahead.begin()
    expect(made()).toBe(0)
  })

  it('goes by what the browser has said before, and asks it anew where that is old', async () => {
    const { browser, clock, ahead, made } = setUp()
    ahead.expect()
    await settled()
    browser.locks.add('cueline.channel')
    await clock.advance(2_000)
    await ahead.begin()
    expect(made()).toBe(0)

    const soon = setUp()
    soon.ahead.expect()
    await settled()
    soon.browser.locks.add('cueline.channel')
    await soon.ahead.begin()
    expect(soon.made()).toBe(1)
  })

  it('is not made any more once the connection has made its own', async () => {
    const { ahead, take, made } = setUp()
    const beginning = ahead.begin()
    expect(await take()).toBe('channel-1')
    await beginning
    await settled()
    expect(made()).toBe(1)
  })

  it('is not relied on when it has waited for long', async () => {
    const { clock, ahead, take } = setUp()
    await ahead.begin()
    await clock.advance(20_000)
    expect(await take()).toBe('channel-2')
  })
  it('that was refused is asked for anew: the network may be back since', async () => {
    const { fake, ahead, take, made } = setUp()
    const { next } = fake
    fake.next = () => refused({ kind: 'offline', message: 'offline' })
    await ahead.begin()
    fake.next = next
    expect(await take()).toBe('channel-2')
    expect(made()).toBe(2)
  })

  it('that the platform has put off is not asked for before its time', async () => {
    const { fake, ahead, take, made } = setUp()
    fake.next = () => refused({ kind: 'rate-limited', message: '429', retryAfterMs: 7_000 })
    await ahead.begin()
    expect(await take()).toBeNull()
    expect(made()).toBe(1)
  })
})
