// From one connection to the next: as soon as it may be, and before the old one ends where that is known.
import { describe, expect, it } from 'vitest'
import { refused } from '../../../src/core/errors'
import { pongFrame, topicFrame } from '../../support/frames'
import { settled } from '../../support/ports'
import { setUp } from './channel-harness'

describe('how soon it comes back', () => {
  it('is as the platform says, where it says so', async () => {
    const { clock, fake, connect } = setUp()
    const busy = refused({ kind: 'rate-limited', message: 'HTTP 429', retryAfterMs: 42_000 })
    fake.nextChannel = () => Promise.resolve(busy)
    await connect()
    await clock.advance(41_999)
    expect(fake.made()).toBe(1)
    await clock.advance(1)
    expect(fake.made()).toBe(2)
  })

  it('is every second while somebody waits for a truth that only it can bring', async () => {
    const { clock, fake, facts, connect } = setUp()
    facts.hurry = true
    fake.nextChannel = () => Promise.resolve(refused({ kind: 'offline', message: 'offline' }))
    await connect()
    await clock.advance(10_000)
    expect(fake.made()).toBe(11)
  })

  it('is at once when the machine is online again', async () => {
    const { sockets, channel, state, goLive } = setUp()
    await goLive()
    sockets.newest().listener.closed()
    channel.retryNow()
    await settled()
    sockets.open()
    expect(state().status).toBe('live')
    expect(sockets.all).toHaveLength(2)
  })

  it('does not throw away a connection that lives', async () => {
    const { channel, fake, goLive } = setUp()
    await goLive()
    channel.retryNow()
    await settled()
    expect(fake.made()).toBe(1)
  })

  it('begins anew with short waits after it once stood for a minute', async () => {
    const { clock, sockets, fake, goLive, connect } = setUp()
    const works = fake.nextChannel
    fake.nextChannel = () => Promise.resolve(refused({ kind: 'offline', message: 'offline' }))
    await connect()
    await clock.advance(1_000 + 2_000)
    fake.nextChannel = works
    await goLive()
    for (let passedMs = 0; passedMs < 60_000; passedMs += 15_000) {
      await clock.advance(15_000)
      sockets.say(pongFrame)
      await settled()
    }
    const { length } = sockets.all
    sockets.newest().listener.closed()
    await clock.advance(999)
    expect(sockets.all).toHaveLength(length)
    await clock.advance(1)
    expect(sockets.all).toHaveLength(length + 1)
  })

  it('is later and later where nothing stands for a minute, so that a bad line costs few requests', async () => {
    const { clock, sockets, fake, connect } = setUp()
    await connect()
    const waitsMs: number[] = []
    for (let time = 0; time < 6; time += 1) {
      sockets.open()
      const brokeAtMs = clock.now()
      const { length } = sockets.all
      sockets.newest().listener.closed()
      while (sockets.all.length === length) await clock.advance(500)
      waitsMs.push(clock.now() - brokeAtMs)
    }
    expect(waitsMs).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 16_000])
    expect(fake.made()).toBe(1)
  })
})

describe('the channel of a connection that broke', () => {
  const lose = async ({ clock, sockets }: ReturnType<typeof setUp>) => {
    sockets.newest().listener.closed()
    await clock.advance(2_000)
  }

  it('is left for a new one where the platform knows it no longer', async () => {
    const desk = setUp()
    const { clock, sockets, fake, goLive, state } = desk
    await goLive()
    const works = fake.nextSubscription
    fake.nextSubscription = () => {
      fake.nextSubscription = works
      return Promise.resolve(refused({ kind: 'not-found', message: 'HTTP 404' }))
    }
    await lose(desk)
    await clock.advance(2_000)
    sockets.open()
    expect(state().status).toBe('live')
    expect(fake.subscribed.map(({ channelId }) => channelId)).toEqual(['channel-1', 'channel-1', 'channel-2'])
  })

  it('is left for a new one where no socket opens on it any more', async () => {
    const desk = setUp()
    const { sockets, fake, goLive } = desk
    await goLive()
    await lose(desk)
    // This one never opened.
    await lose(desk)
    sockets.open()
    expect(fake.subscribed.map(({ channelId }) => channelId)).toEqual(['channel-1', 'channel-1', 'channel-2'])
  })

  it('is replaced a day after it was made, not a day after the last break', async () => {
    const desk = setUp()
    const { clock, sockets, fake, goLive } = desk
    const idle = async (forMs: number) => {
      for (let passedMs = 0; passedMs < forMs; passedMs += 15_000) {
        await clock.advance(15_000)
        sockets.say(pongFrame)
        await settled()
      }
    }
    await goLive()
    await idle(20 * 3_600_000)
    await lose(desk)
    sockets.open()
    await idle(2.9 * 3_600_000)
    expect(fake.made()).toBe(1)
    let passedMs = 0
    for (; fake.made() === 1; passedMs += 15_000) await idle(15_000)
    expect(passedMs).toBeLessThan(0.2 * 3_600_000)
  })
})

describe('a connection that is about to end', () => {
  const closing = topicFrame('v2.system.socket_closing', {})

  it('is used until the next one stands, so that no event falls between them', async () => {
    const { clock, sockets, channel, state, goLive } = setUp()
    const heard: unknown[] = []
    channel.wire.onTopic((_topic, body) => heard.push(body))
    await goLive()
    const [old] = sockets.all
    sockets.say(closing)
    await settled()
    expect(sockets.all).toHaveLength(2)
    expect([old?.closed, state().status]).toEqual([false, 'live'])
    old?.listener.message(topicFrame('v2.x', 'by the old one'))
    sockets.open()
    expect([old?.closed, state().status]).toEqual([false, 'live'])
    old?.listener.message(topicFrame('v2.x', 'while the new one is being subscribed'))
    await clock.advance(5_000)
    expect([old?.closed, state().status]).toEqual([true, 'live'])
    old?.listener.message(topicFrame('v2.x', 'too late'))
    sockets.say(topicFrame('v2.x', 'by the new one'))
    expect(heard).toEqual(['by the old one', 'while the new one is being subscribed', 'by the new one'])
  })

  it('is never lost on the way, and its listeners are told of the new one', async () => {
    const { sockets, channel, goLive } = setUp()
    const seen: string[] = []
    channel.snapshot.subscribe(({ status }) => seen.push(status))
    let connections = 0
    channel.wire.onConnected(() => (connections += 1))
    await goLive()
    sockets.say(closing)
    await settled()
    sockets.open()
    expect(new Set(seen)).toEqual(new Set(['live']))
    expect(connections).toBe(2)
  })

  it('has one successor, however often it is announced', async () => {
    const { sockets, fake, goLive } = setUp()
    await goLive()
    sockets.say(closing)
    sockets.say(closing)
    await settled()
    expect(fake.made()).toBe(2)
  })

  it('is replaced after 23 h, before the platform ends the channel', async () => {
    const { clock, sockets, fake, state, goLive, pings } = setUp()
    await goLive()
    for (let quarter = 0; quarter < 4 * 60 * 23 - 1; quarter += 1) {
      await clock.advance(15_000)
      if (pings() > 0) sockets.say(pongFrame)
      await settled()
    }
    expect(fake.made()).toBe(1)
    await clock.advance(15_000)
    await settled()
    expect(fake.made()).toBe(2)
    sockets.open()
    await clock.advance(5_000)
    expect(state().status).toBe('live')
    expect(sockets.all.map(({ closed }) => closed)).toEqual([true, false])
  })

  it('gives way to a successor that is under way when it breaks before', async () => {
    const { sockets, fake, state, goLive } = setUp()
    await goLive()
    sockets.say(closing)
    sockets.all[0]?.listener.closed()
    expect(state().status).toBe('lost')
    await settled()
    sockets.open()
    expect(state().status).toBe('live')
    expect(fake.made()).toBe(2)
  })

  it('stays in use when its successor fails, and the next one is tried before it ends', async () => {
    const { clock, sockets, fake, state, goLive } = setUp()
    await goLive()
    const works = fake.nextChannel
    fake.nextChannel = () => Promise.resolve(refused({ kind: 'server-error', message: 'HTTP 503' }))
    sockets.say(closing)
    await settled()
    expect(state().status).toBe('live')
    expect(sockets.all[0]?.closed).toBe(false)
    fake.nextChannel = works
    await clock.advance(1_000)
    sockets.open()
    await clock.advance(5_000)
    expect(sockets.all.map(({ closed }) => closed)).toEqual([true, false])
    expect(state().status).toBe('live')
  })

  it('ends as announced during the overlap: the new one is not lost by it', async () => {
    const { sockets, fake, state, goLive } = setUp()
    await goLive()
    sockets.say(closing)
    await settled()
    sockets.open()
    const [old] = sockets.all
    old?.listener.message(closing)
    old?.listener.message(topicFrame('v2.system.no_longer_subscribed.c', {}))
    old?.listener.closed()
    await settled()
    expect(state().status).toBe('live')
    expect(fake.made()).toBe(2)
  })

  it('leaves no timer when all is closed during the overlap', async () => {
    const { clock, sockets, channel, goLive } = setUp()
    await goLive()
    sockets.say(closing)
    await settled()
    sockets.open()
    channel.close()
    expect(clock.timers()).toBe(0)
    expect(sockets.all.map(({ closed }) => closed)).toEqual([true, true])
  })

  it('leaves no successor behind when all is closed', async () => {
    const { clock, sockets, channel, goLive } = setUp()
    await goLive()
    sockets.say(closing)
    await settled()
    channel.close()
    expect(sockets.all.map(({ closed }) => closed)).toEqual([true, true])
    expect(clock.timers()).toBe(0)
  })
})

describe('a channel that the platform drops', () => {
  it('because the sign-in was revoked is told, and comes back by itself', async () => {
    const { clock, sockets, facts, state, goLive } = setUp()
    await goLive()
    sockets.say(topicFrame('v2.system.token_revoked', {}))
    expect(facts.revoked).toBe(1)
    expect(state()).toMatchObject({ status: 'lost', problem: 'the sign-in was revoked' })
    expect(sockets.newest().closed).toBe(true)
    await clock.advance(1_000)
    sockets.open()
    expect(state().status).toBe('live')
  })

  it('for another reason says nothing of the sign-in', async () => {
    const { sockets, facts, state, goLive } = setUp()
    await goLive()
    sockets.say(topicFrame('v2.system.no_longer_subscribed.c', {}))
    expect(facts.revoked).toBe(0)
    expect(state()).toMatchObject({ status: 'lost', problem: 'the platform dropped the channel' })
  })
})
