// One channel for all panels of a desktop: who connects, what the others hear, and how their words get through.
import { describe, expect, it } from 'vitest'
import { answered } from '../../../src/core/errors'
import type { PanelMessage } from '../../../src/core/panels'
import { mediaFrame, topicFrame } from '../../support/frames'
import { settled } from '../../support/ports'
import { callsTopic, outcome, setUp, unsharedLocks } from './shared-channel-harness'

const url = 'https://cdn.example/welcome.mp3'
const refusedFrame = JSON.stringify({ type: 'error', action: 'subscribe', error: 'no such interaction' })

describe('ten panels', () => {
  it('have one channel and one socket between them, and all of them are live', async () => {
    const { fake, sockets, openLive } = setUp()
    const { panels } = await openLive(10)
    expect([fake.made(), sockets.all.length]).toEqual([1, 1])
    expect(new Set(panels.map(({ status }) => status()))).toEqual(new Set(['live']))
    expect(new Set(panels.map(({ heard }) => heard.connected))).toEqual(new Set([1]))
  })

  it('hear the same words: topics and media, once each', async () => {
    const { sockets, openLive } = setUp()
    const { panels } = await openLive(10)
    sockets.say(topicFrame(callsTopic, { id: 'call-1' }))
    sockets.say(mediaFrame('playing', url))
    await settled()
    for (const { heard } of panels) {
      expect(heard.topics).toEqual([callsTopic])
      expect(heard.media).toEqual([{ state: 'playing', url, error: null }])
    }
  })

  it('are lost together, and live again together', async () => {
    const { clock, sockets, openLive } = setUp()
    const { panels } = await openLive(3)
    sockets.newest().listener.closed()
    await settled()
    expect(panels.map(({ status }) => status())).toEqual(['lost', 'lost', 'lost'])
    await clock.advance(5_000)
    sockets.open()
    await settled()
    expect(panels.map(({ status }) => status())).toEqual(['live', 'live', 'live'])
    expect(panels.map(({ heard }) => heard.connected)).toEqual([2, 2, 2])
  })

  it('all see which topics the platform refused, and how many frames nobody understood', async () => {
    const { fake, sockets, openLive } = setUp()
    const refusedTopics = [{ topic: callsTopic, reason: 'missing conversation:view' }]
    fake.nextSubscription = () => Promise.resolve(answered(refusedTopics))
    const { panels } = await openLive(3)
    sockets.say('{')
    await settled()
    for (const { channel } of panels)
      expect(channel.snapshot.value).toMatchObject({ refusedTopics, unknownFrames: 1 })
  })

  it('of whom one comes later learns how the channel is', async () => {
    const { fake, open, openLive } = setUp()
    await openLive(1)
    const late = open()
    late.channel.connect()
    await settled()
    expect(late.status()).toBe('live')
    expect(fake.made()).toBe(1)
  })
})

describe('a frame of a panel that does not lead', () => {
  it('goes out through the leader, and is confirmed when the platform has answered behind it', async () => {
    const { openLive, pong, sent } = setUp()
    const { followers } = await openLive(2)
    const answer = outcome(followers[0]?.wire.sendAndConfirm('{"frame":1}') ?? Promise.reject(new Error()))
    await settled()
    expect(sent()).toEqual(['{"frame":1}'])
    expect(answer.value).toBeUndefined()
    await pong()
    expect(answer.value).toBe(true)
  })

  it('is not confirmed where the connection went first', async () => {
    const { sockets, openLive } = setUp()
    const { followers } = await openLive(2)
    const answer = outcome(followers[0]?.wire.sendAndConfirm('{}') ?? Promise.reject(new Error()))
    await settled()
    sockets.newest().listener.closed()
    await settled()
    expect(answer.value).toBe(false)
  })

  it('is given up after 12 s where the leader does not answer', async () => {
    const { browser, clock, open } = setUp()
    browser.locks.add('cueline.channel')
    const { channel, wire } = open()
    channel.connect()
    const answer = outcome(wire.sendAndConfirm('{}'))
    await clock.advance(11_999)
    expect(answer.value).toBeUndefined()
    await clock.advance(1)
    expect(answer.value).toBe(false)
  })

  it('that is refused is refused to nobody else, in whatever order they asked', async () => {
    const { sockets, openLive, pong } = setUp()
    const { panels } = await openLive(4)
    const answers = panels.map(({ wire }) => outcome(wire.sendAndConfirm('{}')))
    await settled()
    // The platform answers in order: the leader's own frame, then the others as they came.
    for (const isRefused of [false, true, false, true]) {
      if (isRefused) sockets.say(refusedFrame)
      await settled()
      await pong()
    }
    expect(answers.map(({ value }) => value)).toEqual([true, true, true, true])
    expect(panels.map(({ heard }) => heard.media.length)).toEqual([0, 1, 0, 1])
  })

  it('of the leader itself that is refused is refused to the leader alone', async () => {
    const { sockets, openLive, pong } = setUp()
    const { panels, leader } = await openLive(2)
    void leader.wire.sendAndConfirm('{}')
    sockets.say(refusedFrame)
    await pong()
    expect(panels.map(({ heard }) => heard.media.length)).toEqual([1, 0])
  })
})

describe('topics of a panel that does not lead', () => {
  it('are added by the leader, and the refused ones come back to it', async () => {
    const { fake, openLive } = setUp()
    const { followers } = await openLive(2)
    const no = [{ topic: 'b', reason: 'missing architect:flow:view' }]
    fake.nextSubscription = () => Promise.resolve(answered(no))
    const answer = outcome(followers[0]?.wire.addTopics(['a', 'b']) ?? Promise.reject(new Error()))
    await settled()
    expect(fake.subscribed.at(-1)?.topics).toEqual(['a', 'b'])
    expect(answer.value).toEqual(no)
  })

  it('are heard by all once the platform speaks of them', async () => {
    const { sockets, openLive } = setUp()
    const { panels, followers } = await openLive(3)
    await followers[0]?.wire.addTopics(['flows'])
    sockets.say(topicFrame('flows', {}))
    await settled()
    expect(panels.map(({ heard }) => heard.topics)).toEqual([['flows'], ['flows'], ['flows']])
  })

  it('are not lost while the leader is still on its way to its channel', async () => {
    const { fake, sockets, open } = setUp()
    let give: () => void = () => undefined
    const works = fake.nextChannel
    fake.nextChannel = () => new Promise((resolve) => (give = () => void works().then(resolve)))
    const [leader, follower] = [open(), open()]
    leader.channel.connect()
    await settled()
    follower.channel.connect()
    await follower.wire.addTopics(['flows'])
    give()
    await settled()
    sockets.open()
    expect(fake.subscribed.flatMap(({ topics }) => topics)).toEqual([callsTopic, 'flows'])
  })
})

describe('what others say', () => {
  it('changes nothing in the leader', async () => {
    const { browser, openLive, sent } = setUp()
    const { leader } = await openLive(1)
    const before = [leader.channel.snapshot.value, structuredClone(leader.heard)]
    const lies: PanelMessage[] = [
      { kind: 'leads' },
      { kind: 'status', state: { status: 'lost', refusedTopics: [], unknownFrames: 9, problem: 'evil' } },
      { kind: 'connected' },
      { kind: 'topic', topic: callsTopic, body: {} },
      { kind: 'media', event: { state: 'completed', url, error: null }, to: null },
      { kind: 'sent', id: 'id-1', ok: true },
      { kind: 'added', id: 'id-1', refused: [] },
    ]
    for (const lie of lies) browser.ears.forEach((hear) => hear(lie, {}))
    await settled()
    expect([leader.channel.snapshot.value, leader.heard]).toEqual(before)
    expect(sent()).toEqual([])
  })

  it('answers no question but the one that was asked', async () => {
    const { browser, openLive, pong } = setUp()
    const { followers } = await openLive(2)
    const answer = outcome(followers[0]?.wire.sendAndConfirm('{}') ?? Promise.reject(new Error()))
    browser.ears.forEach((hear) => hear({ kind: 'sent', id: 'somebody-elses', ok: false }, {}))
    await settled()
    expect(answer.value).toBeUndefined()
    await pong()
    expect(answer.value).toBe(true)
  })
})

describe('where the browser shares no locks', () => {
  it('each panel has a connection of its own, and listens to that one only', async () => {
    const { fake, sockets, open } = setUp()
    const panels = [open(unsharedLocks), open(unsharedLocks)]
    for (const { channel } of panels) {
      channel.connect()
      await settled()
      sockets.open()
      await settled()
    }
    expect([fake.made(), sockets.all.length]).toEqual([2, 2])
    expect(panels.map(({ status }) => status())).toEqual(['live', 'live'])
    sockets.say(mediaFrame('playing', url))
    await settled()
    expect(panels.map(({ heard }) => heard.media.length)).toEqual([0, 1])
    void panels[0]?.wire.sendAndConfirm('{"mine":1}')
    await settled()
    expect(sockets.all.map(({ sent }) => sent.includes('{"mine":1}'))).toEqual([true, false])
  })
})
