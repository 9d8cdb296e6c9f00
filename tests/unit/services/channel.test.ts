// The notification channel: fresh after every loss, proven by pings, and quiet once closed.
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../../src/core/errors'
import { pingFrame } from '../../../src/core/notification'
import type { MediaEvent } from '../../../src/core/ports'
import { heartbeatFrame, mediaFrame, pongFrame, topicFrame } from '../../support/frames'
import { createHeld, settled, type createTestSockets } from '../../support/ports'
import { noSocket, setUp } from './channel-harness'

describe('connecting', () => {
  it('subscribes first, and is live once the socket is open', async () => {
    const { sockets, fake, connect, state } = setUp()
    await connect()
    expect(fake.subscribed).toEqual([
      { channelId: 'channel-1', topics: ['v2.users.user-me.conversations.calls'] },
    ])
    expect(sockets.newest().uri).toBe('wss://streaming.example/channel-1')
    expect(state().status).toBe('connecting')
    sockets.open()
    expect(state().status).toBe('live')
  })

  it('is live with what was permitted, and shows which topics were refused', async () => {
    const { fake, state, goLive } = setUp()
    const refusedTopics = [{ topic: 'v2.users.x.presence', reason: 'missing presence:view' }]
    fake.nextSubscription = () => Promise.resolve(answered(refusedTopics))
    await goLive()
    expect(state()).toMatchObject({ status: 'live', refusedTopics })
  })

  it('is lost when the platform gives no channel, and tries again by itself', async () => {
    const { clock, sockets, fake, connect, state } = setUp()
    const works = fake.nextChannel
    fake.nextChannel = () => Promise.resolve(refused({ kind: 'server-error', message: 'HTTP 503' }))
    await connect()
    expect(state()).toMatchObject({ status: 'lost', problem: 'HTTP 503' })
    fake.nextChannel = works
    await clock.advance(1_000)
    sockets.open()
    expect(state()).toMatchObject({ status: 'live', problem: null })
  })

  it('is lost when the subscription is refused as a whole, or the socket does not open in time', async () => {
    const first = setUp()
    first.fake.nextSubscription = () => Promise.resolve(refused({ kind: 'forbidden', message: 'HTTP 403' }))
    await first.connect()
    expect(first.state()).toMatchObject({ status: 'lost', problem: 'HTTP 403' })

    const second = setUp()
    await second.connect()
    await second.clock.advance(10_000)
    expect(second.state().status).toBe('lost')
    expect(second.sockets.newest().closed).toBe(true)
  })

  it('is lost at once where the browser takes no such address for a socket', async () => {
    const { fake, connect, state } = setUp()
    fake.nextChannel = () => Promise.resolve(answered({ id: 'channel-1', connectUri: noSocket }))
    await connect()
    expect(state()).toMatchObject({ status: 'lost', problem: 'Error: no socket for this address' })
  })

  it('waits longer after each failure', async () => {
    const { clock, fake, connect } = setUp()
    fake.nextChannel = () => Promise.resolve(refused({ kind: 'offline', message: 'offline' }))
    await connect()
    const attemptsAfter = async (ms: number) => {
      await clock.advance(ms)
      return fake.made()
    }
    expect([await attemptsAfter(1_000), await attemptsAfter(1_999), await attemptsAfter(1)]).toEqual([
      2, 2, 3,
    ])
    expect([await attemptsAfter(3_999), await attemptsAfter(1)]).toEqual([3, 4])
  })
})

describe('coming back after a loss', () => {
  it.each([
    [
      'the socket closes: on the same channel, for an agent has few of them',
      (sockets: ReturnType<typeof createTestSockets>) => sockets.newest().listener.closed(),
      ['channel-1', 'channel-1'],
    ],
    [
      'the subscription is dropped: on a fresh one',
      (sockets: ReturnType<typeof createTestSockets>) =>
        sockets.say(topicFrame('v2.system.no_longer_subscribed.c', {})),
      ['channel-1', 'channel-2'],
    ],
  ])('subscribes again when %s', async (_name, breakIt, channelIds) => {
    const { clock, sockets, fake, state, goLive } = setUp()
    await goLive()
    breakIt(sockets)
    expect(state().status).toBe('lost')
    await clock.advance(1_000)
    sockets.open()
    expect(state().status).toBe('live')
    expect(fake.subscribed.map((s) => s.channelId)).toEqual(channelIds)
  })

  it('tells its listeners each time a connection stands', async () => {
    const { clock, sockets, channel, goLive } = setUp()
    let connections = 0
    channel.wire.onConnected(() => (connections += 1))
    await goLive()
    sockets.newest().listener.closed()
    await clock.advance(1_000)
    sockets.open()
    expect(connections).toBe(2)
  })

  it('does not listen to the old connection any more', async () => {
    const { clock, sockets, channel, state, goLive } = setUp()
    const topics: string[] = []
    channel.wire.onTopic((topic) => topics.push(topic))
    await goLive()
    const old = sockets.newest()
    old.listener.closed()
    await clock.advance(1_000)
    sockets.open()
    old.listener.message(topicFrame('v2.old', { id: 1 }))
    old.listener.closed()
    old.listener.open()
    expect(topics).toEqual([])
    expect(state().status).toBe('live')
  })

  it('drops an answer that comes after a newer attempt began', async () => {
    const { sockets, fake, connect } = setUp()
    const held = createHeld<ReturnType<typeof answered<{ id: string; connectUri: string }>>>()
    const works = fake.nextChannel
    fake.nextChannel = () => held.promise
    await connect()
    fake.nextChannel = works
    await connect()
    held.release(answered({ id: 'late', connectUri: 'wss://late' }))
    await settled()
    expect(sockets.all.map((s) => s.uri)).toEqual(['wss://streaming.example/channel-2'])
  })
})

describe('the proof of life', () => {
  it('pings every 15 s and stays live while pongs come', async () => {
    const { clock, sockets, state, goLive, pings } = setUp()
    await goLive()
    for (let round = 1; round <= 4; round += 1) {
      await clock.advance(15_000)
      expect(pings()).toBe(round)
      sockets.say(pongFrame)
      await settled()
    }
    expect(state().status).toBe('live')
  })

  it('is lost after 10 s of silence, even if heartbeats come', async () => {
    const { clock, sockets, state, goLive } = setUp()
    await goLive()
    await clock.advance(24_999)
    sockets.say(heartbeatFrame)
    expect(state().status).toBe('live')
    await clock.advance(1)
    expect(state()).toMatchObject({ status: 'lost', problem: 'the connection went silent' })
  })

  it('is lost when a ping can no longer be handed to the socket', async () => {
    const { clock, sockets, state, goLive } = setUp()
    await goLive()
    sockets.newest().isOpen = false
    await clock.advance(15_000)
    expect(state().status).toBe('lost')
  })

  it('confirms what was sent once the pong behind it came', async () => {
    const { sockets, channel, goLive } = setUp()
    await goLive()
    const confirmed = channel.wire.sendAndConfirm('hello')
    expect(sockets.newest().sent).toEqual(['hello', pingFrame])
    sockets.say(pongFrame)
    expect(await confirmed).toBe(true)
  })

  it('does not confirm when the connection goes first, or is not there', async () => {
    const { sockets, channel, goLive } = setUp()
    expect(await channel.wire.sendAndConfirm('too early')).toBe(false)
    await goLive()
    const confirmed = channel.wire.sendAndConfirm('hello')
    sockets.newest().listener.closed()
    expect(await confirmed).toBe(false)
  })

  it('matches pongs to pings in their order', async () => {
    const { sockets, channel, goLive } = setUp()
    await goLive()
    const settledAs: string[] = []
    void channel.wire.sendAndConfirm('a').then(() => settledAs.push('a'))
    void channel.wire.sendAndConfirm('b').then(() => settledAs.push('b'))
    sockets.say(pongFrame)
    await settled()
    expect(settledAs).toEqual(['a'])
  })
})

describe('frames', () => {
  it('go to those who listen, until they no longer do', async () => {
    const { sockets, channel, goLive } = setUp()
    const heard: unknown[] = []
    const undo = channel.wire.onTopic((topic, body) => heard.push([topic, body]))
    await goLive()
    sockets.say(topicFrame('v2.x', { id: 1 }))
    undo()
    sockets.say(topicFrame('v2.x', { id: 2 }))
    expect(heard).toEqual([['v2.x', { id: 1 }]])
  })

  it('of the Media API go to the backend, refusals included', async () => {
    const { sockets, channel, goLive } = setUp()
    const heard: MediaEvent[] = []
    channel.wire.onMedia((event) => heard.push(event))
    await goLive()
    sockets.say(mediaFrame('error', 'u', 'participant_held'))
    sockets.say(JSON.stringify({ type: 'error', action: 'subscribe', error: 'unknown interaction' }))
    expect(heard).toEqual([
      { state: 'error', url: 'u', error: 'participant_held' },
      { state: 'subscribe-refused', url: null, error: 'unknown interaction' },
    ])
  })

  it('that nobody understands are counted, and nothing else', async () => {
    const { sockets, state, goLive } = setUp()
    await goLive()
    for (const text of ['', '{', '5', '{"type":"surprise"}', heartbeatFrame]) sockets.say(text)
    expect(state()).toMatchObject({ status: 'live', unknownFrames: 4 })
  })
})

describe('closing', () => {
  it('leaves no timer and no open socket, at whatever moment', async () => {
    const moments = [
      async ({ connect }: ReturnType<typeof setUp>) => void (await connect()),
      async ({ goLive }: ReturnType<typeof setUp>) => void (await goLive()),
      async ({ goLive, channel }: ReturnType<typeof setUp>) => {
        await goLive()
        void channel.wire.sendAndConfirm('x')
      },
      async ({ goLive, sockets }: ReturnType<typeof setUp>) => {
        await goLive()
        sockets.newest().listener.closed()
      },
    ]
    for (const until of moments) {
      const all = setUp()
      await until(all)
      all.channel.close()
      expect(all.state().status).toBe('closed')
      expect(all.clock.timers()).toBe(0)
      expect(all.sockets.newest().closed).toBe(true)
    }
  })

  it('stays closed, though an attempt was still under way', async () => {
    const { clock, sockets, channel, state } = setUp()
    channel.connect()
    channel.close()
    await settled()
    await clock.advance(120_000)
    expect(state().status).toBe('closed')
    expect(sockets.all).toEqual([])
    expect(clock.timers()).toBe(0)
  })
})
