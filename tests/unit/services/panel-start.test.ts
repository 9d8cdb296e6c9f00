// How many requests of a start wait for one another: nothing is answered before all that could be asked has been asked.
import { expect, it } from 'vitest'
import type { PanelPorts } from '../../../src/services/panel-ports'
import { answered } from '../../../src/core/errors'
import { asset, conversation, myUserId, prompt } from '../../support/factories'
import { topicFrame } from '../../support/frames'
import { createHeld, createTestAuth, createTestBackend, settled } from '../../support/ports'
import { ended } from './live-harness'
import { createBrowser, setUp } from './panel-harness'

/** Holds every request back, and lets them go in waves: the number of waves is the length of the longest chain. */
function createWaves() {
  let asked: { name: string; answer: () => void }[] = []
  const waves: string[][] = []
  return {
    waves,
    hold: <T>(name: string, value: T): Promise<T> =>
      new Promise((resolve) => asked.push({ name, answer: () => resolve(value) })),
    async release(): Promise<void> {
      const wave = asked
      asked = []
      waves.push(wave.map(({ name }) => name).sort())
      for (const { answer } of wave) answer()
      await settled()
    },
  }
}

function startInWaves(identity = answered({ userId: myUserId, name: 'Ada', scopes: null })) {
  const { waves, hold, release } = createWaves()
  const browser = createBrowser()
  const carrier = createTestBackend()
  const ports: Partial<PanelPorts> = {
    auth: { ...createTestAuth(identity), fetchIdentity: () => hold('identity', identity) },
    conversations: {
      fetchCall: () => hold('call', answered(conversation())),
      fetchMyCalls: () => hold('calls', answered([conversation()])),
      fetchMyCallBodies: () => hold('calls', answered([])),
      writeAttributes: browser.attributes.writeAttributes,
      readCall: () => null,
    },
    channels: {
      createChannel: () =>
        hold('channel', answered({ id: 'channel-1', connectUri: 'wss://streaming.example/channel-1' })),
      subscribe: () => hold('topics', answered([])),
    },
    openSocket: (_uri, listener) => {
      void hold('socket', undefined).then(() => listener.open())
      return { send: () => true, close: () => undefined }
    },
    catalogues: [
      {
        fetchCatalogue: () => hold('catalogue', answered({ prompts: [prompt({ pinned: true })], gaps: [] })),
      },
    ],
    assets: { check: ({ url }) => hold('file', { ok: true, asset: asset({ url }) }) },
    createBackend: () => ({
      ...carrier.backend,
      watch: (interactionId) =>
        hold('subscription', undefined).then(() => carrier.backend.watch(interactionId)),
    }),
  }
  const { panel } = setUp(browser, ports)
  browser.storage.write('cueline.nonce.n-1', '1')
  void panel.start({
    kind: 'token',
    token: 'secret',
    expiresInS: 3_600,
    state: { nonce: 'n-1', search: '', apart: false },
  })
  return { panel, waves, release, carrier }
}

it('has a prompt that can be clicked, and the live connection, after two waves', async () => {
  const { panel, waves, release } = startInWaves()
  await settled()
  await release()
  expect(panel.prompts.snapshot.value.readiness.welcome?.status).toBe('checking')
  await release()
  expect(panel.prompts.snapshot.value.readiness.welcome?.status).toBe('ready')
  expect(panel.channel.snapshot.value.status).toBe('live')
  expect(waves[0]).toEqual(['call', 'catalogue', 'channel', 'identity'])
  expect(waves[1]).toEqual(expect.arrayContaining(['file', 'socket', 'topics']))
})

it('shows nothing of the call where it turns out that the person may not use the panel', async () => {
  const refusal = {
    kind: 'forbidden',
    status: null,
    message: 'no licence',
    missing: ['a licence'],
    retryAfterMs: null,
    correlationId: null,
    mayHaveArrived: false,
  } as const
  const { panel, waves, release } = startInWaves({ ok: false, refusal } as never)
  await settled()
  await release()
  await release()
  expect(panel.session.snapshot.value).toMatchObject({ status: 'signed-out', why: 'not-allowed' })
  expect(panel.live.snapshot.value).toMatchObject({ status: 'loading', conversation: null })
  expect(waves).toEqual([['call', 'catalogue', 'channel', 'identity'], []])
})

it('knows of a call that ended, by a frame of another panel, between its reading ahead and the word who is signed in', async () => {
  const browser = createBrowser()
  const leader = setUp(browser)
  await leader.start()
  const me = answered({ userId: myUserId, name: 'Ada', scopes: null })
  const identity = createHeld<typeof me>()
  const auth = { ...createTestAuth(me), fetchIdentity: () => identity.promise }
  const { panel, facts, start, sockets } = setUp(browser, { auth })
  const starting = start()
  await settled()
  facts.call = ended('call-1')
  leader.sockets.say(topicFrame(`v2.users.${myUserId}.conversations.calls`, facts.call))
  await settled()
  identity.release(me)
  await starting
  expect(sockets.all).toHaveLength(0)
  expect(panel.live.snapshot.value.interaction?.callState).toBe('ended')
})
