// The services joined as in the shipped panel: sign-in leads to channel and call, the call to prompts, a click to one request.
import { describe, expect, it } from 'vitest'
import { topicFrame } from '../../support/frames'
import { agentLeg, asset, conversation, myUserId, participant, prompt } from '../../support/factories'
import { settled } from '../../support/ports'
import { setUp } from './panel-harness'

describe('createPanel', () => {
  it('has channel, call and a prepared prompt after the sign-in, and plays it with one request', async () => {
    const { panel, channels, carrier, start } = setUp()
    await start()
    expect(panel.session.snapshot.value.status).toBe('signed-in')
    expect(channels.fake.subscribed[0]?.topics).toEqual([`v2.users.${myUserId}.conversations.calls`])
    expect(panel.live.snapshot.value.interaction?.callState).toBe('connected')
    expect(panel.prompts.snapshot.value.readiness.welcome?.status).toBe('ready')
    expect(carrier.fake.watched).toContain('call-1')
    void panel.playback.play(prompt())
    await settled()
    expect(carrier.fake.requests).toHaveLength(1)
  })

  it('interrupts the playback by a frame of the call', async () => {
    const { panel, sockets, carrier, start } = setUp()
    await start()
    await panel.playback.play(prompt())
    carrier.fake.emit({ state: 'playing', url: asset().url })
    const held = conversation({ participants: [participant({ held: true }), agentLeg()] })
    sockets.say(topicFrame(`v2.users.${myUserId}.conversations.calls`, held))
    expect(panel.playback.snapshot.value.current).toMatchObject({
      state: 'interrupted',
      interruptedBy: 'hold',
    })
  })

  it('rejects a click while the channel is lost, and draws the agent back who looked away', async () => {
    const { panel, sockets, carrier, host, start } = setUp()
    await start()
    sockets.newest().listener.closed()
    host.blur()
    await panel.playback.play(prompt())
    expect(panel.playback.snapshot.value.current?.failure?.code).toBe('channel_lost')
    expect(carrier.fake.requests).toEqual([])
    expect(host.toasts).toHaveLength(1)
  })

  it('goes through the login when the platform answers 401, once nothing plays', async () => {
    const { panel, idle, carrier, auth, tokenRefused, start } = setUp()
    await start()
    await idle(60_000)
    await panel.playback.play(prompt())
    carrier.fake.emit({ state: 'playing', url: asset().url })
    tokenRefused.tell()
    expect(auth.states).toEqual([])
    carrier.fake.emit({ state: 'completed', url: asset().url })
    await settled()
    expect(panel.session.snapshot.value).toEqual({ status: 'leaving' })
    expect(auth.states).toHaveLength(1)
  })

  it('leaves nothing behind when it is disposed', async () => {
    const { panel, clock, sockets, carrier, host, tokenRefused, online, browser, start } = setUp()
    await start()
    await panel.playback.play(prompt())
    panel.dispose()
    expect(clock.timers()).toBe(0)
    expect(sockets.newest().closed).toBe(true)
    const listeners = [carrier.fake, host, tokenRefused, online].map((fake) => fake.listeners())
    expect(listeners).toEqual([0, 0, 0, 0])
    expect(browser.locks.held.size).toBe(0)
  })
})
