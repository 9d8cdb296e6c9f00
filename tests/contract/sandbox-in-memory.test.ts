// The very same organisation without a wire, under a clock that only moves when told: what takes minutes, in no time.
import { beforeEach, describe, expect, it } from 'vitest'
import { createChannels } from '../../sandbox/org/channels'
import { createVirtualClock, type VirtualClock } from '../../sandbox/org/clock'
import type { OrgAnswer } from '../../sandbox/org/messages'
import { panelClient } from '../../sandbox/org/oauth-clients'
import { createOrg, type Org } from '../../sandbox/org/org'
import { agentId } from '../../sandbox/org/people'
import { createSeededRandom } from '../../sandbox/org/random'
import type { OrgState } from '../../sandbox/org/world-state'
import { appUrl, playBody } from './sandbox-harness'

let clock: VirtualClock
let org: Org
let token: string

const build = (seed: number): Org =>
  createOrg({
    clock,
    random: createSeededRandom(seed),
    origin: 'http://localhost:4680',
    appUrl,
    fetchAsset: async () => ({ status: 200, bytes: new Uint8Array(1) }),
    decodeAudio: async () => ({ codec: 'mp3', codecs: ['mp3'], durationMs: 6000 }),
  })
const send = (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<OrgAnswer> => {
  const url = new URL(path, 'http://localhost:4680')
  const text = body === undefined ? '' : JSON.stringify(body)
  return org.http({ method, path: url.pathname, query: url.searchParams, headers, body: text })
}
const api = (method: string, path: string, body?: unknown): Promise<OrgAnswer> =>
  send(method, path, body, { authorization: `Bearer ${token}` })

beforeEach(async () => {
  clock = createVirtualClock(1_800_000_000_000)
  org = build(1)
  const query = new URLSearchParams({
    client_id: panelClient.id,
    redirect_uri: appUrl,
    response_type: 'token',
  })
  const answer = await send('GET', `/oauth/authorize?${query.toString()}`, undefined, {
    cookie: `sandbox_user=${agentId}`,
  })
  token = new URLSearchParams(answer.headers.location?.split('#')[1]).get('access_token') ?? ''
})

async function openSocket() {
  const { id } = JSON.parse((await api('POST', '/api/v2/notifications/channels')).body) as { id: string }
  const frames: { atMs: number; text: string }[] = []
  const closes: number[] = []
  const startMs = clock.now()
  const connection = org.connect(id, {
    send: (text) => void frames.push({ atMs: clock.now() - startMs, text }),
    close: (code) => void closes.push(code),
    cut: () => void closes.push(1006),
  })
  return { id, frames, closes, connection }
}

describe('time', () => {
  it('brings a heartbeat every 30 seconds until the socket closes', async () => {
    const { frames, connection } = await openSocket()
    await clock.advance(95_000)
    expect(frames.map(({ atMs }) => atMs)).toEqual([30_000, 60_000, 90_000])
    expect(JSON.parse(frames[0]!.text)).toEqual({
      topicName: 'channel.metadata',
      eventBody: { message: 'WebSocket Heartbeat' },
    })
    connection.closed()
    await clock.advance(60_000)
    expect(frames).toHaveLength(3)
  })

  it('ends a token after a day, to the second', async () => {
    await clock.advance(86_399_999)
    expect((await api('GET', '/api/v2/tokens/me')).status).toBe(200)
    await clock.advance(1)
    const answer = await api('GET', '/api/v2/tokens/me')
    expect([answer.status, (JSON.parse(answer.body) as { code: string }).code]).toEqual([
      401,
      'credentials.expired',
    ])
  })

  it('ends a channel after a day', async () => {
    await clock.advance(1000)
    const { id } = await openSocket()
    await clock.advance(86_399_999)
    expect(org.hasChannel(id)).toBe(true)
    await clock.advance(1)
    expect(org.hasChannel(id)).toBe(false)
  })

  it('allows 300 requests, then waits for the next minute', async () => {
    const statuses = []
    for (let count = 0; count < 301; count++) statuses.push((await api('GET', '/api/v2/users/me')).status)
    expect([statuses[299], statuses[300]]).toEqual([200, 429])
    await clock.advance(15_000)
    expect((await api('GET', '/api/v2/users/me')).headers['retry-after']).toBe('45')
    await clock.advance(45_000)
    expect((await api('GET', '/api/v2/users/me')).status).toBe(200)
  })

  it('closes an announced socket a minute later', async () => {
    const { id, closes } = await openSocket()
    await send('POST', `/sandbox/socket-closing/${id}`)
    await clock.advance(59_999)
    expect(closes).toEqual([])
    await clock.advance(1)
    expect(closes).toEqual([1001])
  })
})

describe('a play of six seconds', () => {
  const play = async () => {
    const { frames, connection } = await openSocket()
    const { id } = org.calls.all()[0]!.conversation
    connection.receive(
      JSON.stringify({
        action: 'subscribe',
        eventTypes: ['media.playback.state'],
        filters: { interactionId: id },
      }),
    )
    await api('POST', '/api/v2/media/play', playBody(id, 'http://cdn.example/a.mp3'))
    return { id, frames }
  }
  const states = (frames: { atMs: number; text: string }[]) =>
    frames.map(({ atMs, text }) => [atMs, (JSON.parse(text) as { state?: string }).state])

  it('is buffered for 80 ms and over after exactly six more seconds', async () => {
    const { frames } = await play()
    await clock.advance(10_000)
    expect(states(frames)).toEqual([
      [0, 'buffering'],
      [80, 'playing'],
      [6080, 'completed'],
    ])
  })

  it('cut by hold after two seconds was heard for two seconds', async () => {
    const { id, frames } = await play()
    await clock.advance(2080)
    org.calls.change(id, { held: true })
    expect(states(frames).at(-1)).toEqual([2080, 'error'])
    await clock.advance(10_000)
    expect(org.state().heard).toMatchObject([{ playedMs: 2000, durationMs: 6000, outcome: 'cut' }])
    expect(frames).toHaveLength(3)
  })

  it('is forgotten by a reset, with no late word', async () => {
    const { frames } = await play()
    await clock.advance(1000)
    await send('POST', '/sandbox/reset')
    await clock.advance(10_000)
    expect(states(frames).map(([, state]) => state)).toEqual(['buffering', 'playing'])
    expect(org.state()).toMatchObject({ plays: [], heard: [] })
  })
})

describe('the desktop’s feed', () => {
  it('begins with the world, and sends it once for all that changes within the sixtieth of a second', async () => {
    const startMs = clock.now()
    const frames: { atMs: number; held: boolean | undefined }[] = []
    const { closed } = org.connectDesktop({
      send(text) {
        const { state } = JSON.parse(text) as { state: OrgState }
        frames.push({ atMs: clock.now() - startMs, held: state.calls[0]?.held })
      },
      close: () => undefined,
      cut: () => undefined,
    })
    const { id } = org.state().calls[0]!
    expect(frames).toEqual([{ atMs: 0, held: false }])

    await clock.advance(1_000)
    expect(frames).toHaveLength(1)
    for (const held of [true, false, true]) org.calls.change(id!, { held })
    expect(frames).toHaveLength(1)
    await clock.advance(1_000)
    org.calls.change(id!, { held: false })
    await clock.advance(1_000)
    expect(frames.slice(1)).toEqual([
      { atMs: 1_016, held: true },
      { atMs: 2_016, held: false },
    ])

    closed()
    org.calls.change(id!, { held: true })
    await clock.advance(1_000)
    expect(frames).toHaveLength(3)
  })
})

it('a channel carries a thousand topics and refuses one more as a whole', () => {
  const owner = { token: 't', userId: agentId, clientId: panelClient.id, scopes: [], expiresAtMs: Infinity }
  const channels = createChannels({
    clock,
    random: createSeededRandom(1),
    lifetimeMs: () => 86_400_000,
    isConnected: () => false,
    sparesConnected: () => true,
    pushedOut: () => undefined,
  })
  const channel = channels.create(owner)
  channels.follow(
    channel,
    [...Array(1000).keys()].map((place) => `topic ${place}`),
  )
  expect(() => channels.follow(channel, ['topic 7', 'one more'])).toThrow('at most 1000 topics')
  expect(channel.topics.size).toBe(1000)
})

it('the same seed makes the same world', () => {
  expect(build(7).state()).toEqual(build(7).state())
  expect(build(7).state().calls[0]!.id).not.toBe(build(8).state().calls[0]!.id)
})
