// The services joined as in the shipped panel: sign-in leads to channel and call, the call to prompts, a click to one request.
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/core/config'
import type { Conversation } from '../../../src/core/conversation'
import { answered, refused } from '../../../src/core/errors'
import type { OAuthReturn } from '../../../src/core/launch'
import { createPanel } from '../../../src/services/panel'
import { topicFrame } from '../../support/frames'
import {
  agentLeg,
  asset,
  cdnBase,
  conversation,
  myUserId,
  participant,
  prompt,
} from '../../support/factories'
import {
  createTestAuth,
  createTestBackend,
  createTestChance,
  createTestChannels,
  createTestClock,
  createTestHost,
  createTestSockets,
  createTestStorage,
  settled,
} from '../../support/ports'

const returned: OAuthReturn = {
  kind: 'token',
  token: 'secret',
  expiresInS: 3_600,
  state: { nonce: 'n-1', search: '' },
}

function setUp() {
  const reading = readConfig(JSON.stringify({ oauth: { clientId: 'abc' }, cdn: { base: cdnBase } }))
  if (!reading.ok) throw new Error('the configuration of the test is wrong')
  const clock = createTestClock()
  const sockets = createTestSockets()
  const channels = createTestChannels()
  const carrier = createTestBackend()
  const host = createTestHost()
  const storage = createTestStorage()
  storage.write('cueline.nonce.n-1', '1')
  const panel = createPanel(
    {
      clock,
      chance: createTestChance(),
      storage,
      auth: createTestAuth(answered({ userId: myUserId, name: 'Ada', scopes: null })),
      conversations: {
        fetchCall: () => Promise.resolve(answered(conversation())),
        fetchMyCalls: () => Promise.resolve(answered([conversation()])),
        readCall: (body) => body as Conversation,
      },
      channels: channels.channels,
      openSocket: sockets.openSocket,
      catalogue: {
        fetchCatalogue: () => Promise.resolve(answered({ prompts: [prompt({ pinned: true })], gaps: [] })),
      },
      assets: { check: ({ url }) => Promise.resolve({ ok: true, asset: asset({ url }) }) },
      host: host.host,
      createBackend: () => carrier.backend,
      isVisible: () => true,
    },
    reading.config,
    { conversationId: 'call-1', search: '' },
  )
  const start = async () => {
    await panel.start(returned)
    await settled()
    sockets.open()
    await settled()
  }
  return { panel, clock, sockets, channels, carrier, host, start }
}

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

  it('goes to the notice of the session when the platform answers 401', async () => {
    const { panel, carrier, start } = setUp()
    await start()
    carrier.fake.nextAnswer = () => Promise.resolve(refused({ kind: 'signed-out', message: 'HTTP 401' }))
    await panel.playback.play(prompt())
    await settled()
    expect(panel.session.snapshot.value).toMatchObject({ status: 'signed-out', why: 'expired' })
  })

  it('leaves nothing behind when it is disposed', async () => {
    const { panel, clock, sockets, carrier, host, start } = setUp()
    await start()
    await panel.playback.play(prompt())
    panel.dispose()
    expect(clock.timers()).toBe(0)
    expect(sockets.newest().closed).toBe(true)
    expect([carrier.fake.listeners(), host.listeners()]).toEqual([0, 0])
  })
})
