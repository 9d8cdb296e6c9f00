// The whole panel on in-memory ground. What a browser keeps can be handed to the next panel: a reload, or a second frame.
import { readConfig } from '../../../src/core/config'
import type { Conversation } from '../../../src/core/conversation'
import { answered } from '../../../src/core/errors'
import { pingFrame } from '../../../src/core/notification'
import type { OAuthReturn } from '../../../src/core/launch'
import { createFollowers } from '../../../src/services/followers'
import { createPanel } from '../../../src/services/panel'
import type { PanelPorts } from '../../../src/services/panel-ports'
import { pongFrame } from '../../support/frames'
import { asset, cdnBase, conversation, myUserId, prompt } from '../../support/factories'
import { keepingParts } from '../../support/keeping-parts'
import { busOf, createSharedBrowser } from '../../support/browser-in-memory'
import {
  createTestHost,
  createTestKept,
  createTestLocks,
  createTestSignal,
  createTestStorage,
} from '../../support/browser-ports'
import {
  createTestAttributes,
  createTestAuth,
  createTestBackend,
  createTestChance,
  createTestChannels,
  createTestClock,
  createTestSockets,
  settled,
} from '../../support/ports'

const returned: OAuthReturn = {
  kind: 'token',
  token: 'secret',
  expiresInS: 3_600,
  state: { nonce: 'n-1', search: '', apart: false },
}

export const terms = prompt({ key: 'terms', title: 'Terms' })

/** What outlives a panel: the clock goes on, storage and locks stay, and so do attributes that were written. */
export function createBrowser() {
  const shared = createSharedBrowser()
  return {
    shared,
    clock: createTestClock(),
    chance: createTestChance(),
    storage: createTestStorage(),
    kept: createTestKept(),
    locks: createTestLocks(shared),
    attributes: createTestAttributes(),
  }
}

/** `instead` takes the place of ports, for a test that wants to answer them itself. */
export function setUp(browser = createBrowser(), instead: Partial<PanelPorts> = {}) {
  const reading = readConfig(JSON.stringify({ oauth: { clientId: 'abc' }, cdn: { base: cdnBase } }))
  if (!reading.ok) throw new Error('the configuration of the test is wrong')
  const { clock, chance, storage, kept, locks, attributes, shared } = browser
  const sockets = createTestSockets()
  const channels = createTestChannels()
  const carrier = createTestBackend()
  const host = createTestHost()
  const auth = createTestAuth(answered({ userId: myUserId, name: 'Ada', scopes: null }))
  const tokenRefused = createTestSignal()
  const online = createTestSignal()
  const facts = { call: conversation() }
  const panel = createPanel(
    {
      clock,
      chance,
      storage,
      kept,
      locks,
      bus: busOf(shared),
      auth,
      conversations: {
        fetchCall: () => Promise.resolve(answered(facts.call)),
        fetchMyCalls: () => Promise.resolve(answered([facts.call])),
        fetchMyCallBodies: () => Promise.resolve(answered([facts.call])),
        writeAttributes: attributes.writeAttributes,
        readCall: (body) => body as Conversation,
      },
      channels: channels.channels,
      openSocket: sockets.openSocket,
      catalogues: [
        {
          fetchCatalogue: () =>
            Promise.resolve(answered({ prompts: [prompt({ pinned: true }), terms], gaps: [] })),
        },
      ],
      assets: { check: ({ url }) => Promise.resolve({ ok: true, asset: asset({ url }) }) },
      host: host.host,
      createBackend: () => carrier.backend,
      loadKeeping: keepingParts(),
      isVisible: () => true,
      loadFollowers: () => Promise.resolve(createFollowers),
      countNotes: () => Promise.resolve(),
      onTokenRefused: tokenRefused.on,
      onOnline: online.on,
      ...instead,
    },
    reading.config,
    { conversationId: 'call-1', search: '', usePopup: false, appVersion: 'test' },
  )
  const start = async () => {
    storage.write('cueline.nonce.n-1', '1')
    await panel.start(returned)
    await settled()
    // Where another panel of this browser has the connection, this one opens none.
    if (sockets.all.length > 0) sockets.open()
    await settled()
  }
  /** Time goes by on a connection that lives: the platform answers its pings. */
  const idle = async (ms: number) => {
    for (let left = ms; left > 0; left -= 5_000) {
      await clock.advance(Math.min(5_000, left))
      const socket = sockets.newest()
      const pings = socket.sent.splice(0).filter((text) => text === pingFrame)
      for (let ping = 0; ping < pings.length; ping += 1) sockets.say(pongFrame)
      await settled()
    }
  }
  const current = () => {
    const playback = panel.playback.snapshot.value.current
    if (playback === null) throw new Error('nothing was clicked yet')
    return playback
  }
  return {
    browser,
    panel,
    clock,
    sockets,
    channels,
    carrier,
    host,
    auth,
    facts,
    tokenRefused,
    online,
    start,
    idle,
    current,
  }
}
