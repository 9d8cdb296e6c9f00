// A leader that goes: the next one takes over with all topics, nobody waits for the old one, and nothing is left behind.
import { describe, expect, it } from 'vitest'
import { mediaFrame } from '../../support/frames'
import { settled } from '../../support/ports'
import { callsTopic, outcome, setUp } from './shared-channel-harness'

const url = 'https://cdn.example/welcome.mp3'

async function leaderGone() {
  const all = setUp()
  const { panels, leader, followers } = await all.openLive(3)
  const [second, third] = followers
  if (second === undefined || third === undefined) throw new Error('three panels were opened')
  return { ...all, panels, leader, second, third }
}

describe('a leader that closes', () => {
  it('is followed by the next, with a channel of its own: one at a time', async () => {
    const { fake, sockets, leader, second, third } = await leaderGone()
    leader.channel.close()
    await settled()
    expect(sockets.all.map(({ closed }) => closed)).toEqual([true, false])
    expect(fake.made()).toBe(2)
    sockets.open()
    await settled()
    expect([leader, second, third].map(({ status }) => status())).toEqual(['closed', 'live', 'live'])
    expect([second, third].map(({ heard }) => heard.connected)).toEqual([2, 2])
    expect(sockets.all).toHaveLength(2)
  })

  it('leaves nobody live: that begins again with the connection of the next', async () => {
    const { sockets, leader, second, third } = await leaderGone()
    leader.channel.close()
    await settled()
    expect([second, third].map(({ status }) => status())).toEqual(['connecting', 'connecting'])
    sockets.open()
    await settled()
    expect([second, third].map(({ heard }) => heard.statuses)).toEqual([
      ['connecting', 'live', 'connecting', 'live'],
      ['connecting', 'live', 'connecting', 'live'],
    ])
  })

  it('takes nobody along: events go on through the next, once each', async () => {
    const { sockets, leader, second, third } = await leaderGone()
    leader.channel.close()
    await settled()
    sockets.open()
    sockets.say(mediaFrame('completed', url))
    await settled()
    expect([leader, second, third].map(({ heard }) => heard.media.length)).toEqual([0, 1, 1])
  })

  it('is followed by one that asks for the topics of all, those it was never asked for included', async () => {
    const { fake, sockets, leader, second, third } = await leaderGone()
    await second.wire.addTopics(['of-the-second'])
    await third.wire.addTopics(['of-the-third'])
    const before = fake.subscribed.length
    leader.channel.close()
    await settled()
    sockets.open()
    await settled()
    const again = fake.subscribed.slice(before)
    expect(new Set(again.map(({ channelId }) => channelId))).toEqual(new Set(['channel-2']))
    expect(again.flatMap(({ topics }) => topics).sort()).toEqual(
      ['of-the-second', 'of-the-third', callsTopic].sort(),
    )
  })

  it('answers nobody any more: what was asked of it is settled at once, as not confirmed', async () => {
    const { clock, leader, second, third } = await leaderGone()
    const answers = [second, third].map(({ wire }) => outcome(wire.sendAndConfirm('{}')))
    const topics = outcome(third.wire.addTopics([]))
    leader.bus.close()
    await settled()
    leader.channel.close()
    await settled()
    expect(answers.map(({ value }) => value)).toEqual([false, false])
    expect(topics.value).toEqual([])
    expect(clock.now()).toBe(0)
  })

  it('is followed in turn, however many close', async () => {
    const { fake, sockets, panels } = await leaderGone()
    for (const { channel } of panels.slice(0, 2)) {
      channel.close()
      await settled()
      sockets.open()
      await settled()
    }
    expect(panels.map(({ status }) => status())).toEqual(['closed', 'closed', 'live'])
    expect(fake.made()).toBe(3)
    expect(sockets.all.filter(({ closed }) => !closed)).toHaveLength(1)
  })

  it('is no matter where a panel closes that did not lead', async () => {
    const { fake, sockets, leader, second, third } = await leaderGone()
    second.channel.close()
    await settled()
    expect([leader, second, third].map(({ status }) => status())).toEqual(['live', 'closed', 'live'])
    expect([fake.made(), sockets.all.length]).toEqual([1, 1])
  })
})

describe('closed', () => {
  it('all panels leave no timer, no socket, no lock and no channel to come', async () => {
    const { browser, clock, sockets, fake, panels, second } = await leaderGone()
    void second.wire.sendAndConfirm('{}')
    await settled()
    for (const { channel } of [...panels].reverse()) channel.close()
    await settled()
    const made = fake.made()
    expect(clock.timers()).toBe(0)
    expect(browser.locks.size).toBe(0)
    expect(sockets.all.every(({ closed }) => closed)).toBe(true)
    await clock.advance(60_000)
    expect(fake.made()).toBe(made)
  })

  it('in the very moment in which its turn comes, a panel does not lead any more', async () => {
    const { clock, fake, sockets, leader, second, third } = await leaderGone()
    leader.channel.close()
    second.channel.close()
    await settled()
    sockets.open()
    await settled()
    expect(third.status()).toBe('live')
    expect(fake.made()).toBe(2)
    third.channel.close()
    expect(clock.timers()).toBe(0)
  })

  it('a panel asks nothing of anybody', async () => {
    const { clock, second } = await leaderGone()
    const before = clock.timers()
    second.channel.close()
    expect(await second.wire.sendAndConfirm('{}')).toBe(false)
    expect(await second.wire.addTopics(['late'])).toEqual([])
    expect(clock.timers()).toBe(before)
  })
})
