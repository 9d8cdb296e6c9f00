// The organisation as an app under test meets it in memory: a fetch, a socket, and a clock that only moves when told.
import { beforeEach, describe, expect, it } from 'vitest'
import { createVirtualClock, type VirtualClock } from '../../sandbox/org/clock'
import { createOrg, type Org } from '../../sandbox/org/org'
import { createSeededRandom } from '../../sandbox/org/random'
import { createInMemoryFetch, createInMemorySocket, signInInMemory } from '../../sandbox/org/wire'
import { appUrl, playBody } from './sandbox-harness'

const origin = 'http://localhost:4680'
const prompt = `${origin}/cdn/en/standard/welcome.mp3`

let clock: VirtualClock
let org: Org
let token: string

beforeEach(async () => {
  clock = createVirtualClock(1_800_000_000_000)
  org = createOrg({
    clock,
    random: createSeededRandom(1),
    origin,
    appUrl,
    fetchAsset: async () => ({ status: 200, bytes: new Uint8Array(1) }),
    decodeAudio: async () => ({ codec: 'mp3', codecs: ['mp3'], durationMs: 6000 }),
  })
  token = await signInInMemory(org)
})

const api = (method: string, path: string, body?: unknown, signal?: AbortSignal) =>
  createInMemoryFetch(org)(`${origin}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  })

async function openChannel() {
  const channel = (await (await api('POST', '/api/v2/notifications/channels')).json()) as {
    id: string
    connectUri: string
  }
  const said: string[] = []
  const socket = createInMemorySocket(org)(channel.connectUri, {
    open: () => void said.push('open'),
    message: (text) => void said.push(text),
    closed: () => void said.push('closed'),
  })
  return { ...channel, socket, said }
}

const mediaStates = (said: string[]) =>
  said
    .filter((text) => text.includes('media.playback.state'))
    .map((text) => (JSON.parse(text) as { state: string }).state)

async function playOnce(interactionId: string): Promise<string[]> {
  const { socket, said } = await openChannel()
  await clock.advance(0)
  socket.send(
    JSON.stringify({
      action: 'subscribe',
      eventTypes: ['media.playback.state'],
      filters: { interactionId },
    }),
  )
  socket.send(JSON.stringify({ message: 'ping' }))
  await clock.advance(0)
  expect(said.at(-1)).toContain('pong')
  expect((await api('POST', '/api/v2/media/play', playBody(interactionId, prompt))).status).toBe(202)
  await clock.advance(7000)
  socket.close()
  return said
}

describe('a request', () => {
  it('is answered with the global Response', async () => {
    const answer = await api('GET', '/api/v2/users/me')
    expect(answer).toBeInstanceOf(Response)
    expect([answer.status, answer.headers.get('inin-ratelimit-allowed')]).toEqual([200, '300'])
    expect(await answer.json()).toMatchObject({ id: org.state().agentId })
  })

  it('may be answered without a body', async () => {
    const { id } = await openChannel()
    expect((await api('DELETE', `/api/v2/notifications/channels/${id}/subscriptions`)).status).toBe(204)
  })

  it('is carried out though its caller gives up on the answer', async () => {
    await createInMemoryFetch(org)(`${origin}/sandbox/settings`, {
      method: 'POST',
      body: '{"apiLatencyMs":3000}',
    })
    const abort = new AbortController()
    const { id } = org.calls.all()[0]!.conversation
    const answer = api('POST', '/api/v2/media/play', playBody(id, prompt), abort.signal)
    const outcome = answer.catch((error: unknown) => error)
    await clock.advance(1000)
    abort.abort(new DOMException('No answer in time', 'TimeoutError'))
    expect(await outcome).toMatchObject({ name: 'TimeoutError' })
    await clock.advance(2000)
    expect(org.state().plays).toHaveLength(1)
  })

  it('is never sent where its caller has given up before', async () => {
    await expect(api('GET', '/api/v2/users/me', undefined, AbortSignal.abort('over'))).rejects.toBe('over')
  })
})

describe('a socket', () => {
  it('opens in a later turn, and may speak at once', async () => {
    const { connectUri } = await openChannel()
    const said: string[] = []
    const socket = createInMemorySocket(org)(connectUri, {
      open: () => void said.push(`open ${socket.send('{"message":"ping"}')}`),
      message: (text) => void said.push(text),
      closed: () => void said.push('closed'),
    })
    expect([said, socket.send('{}')]).toEqual([[], false])
    await clock.advance(0)
    expect(said).toEqual(['open true', expect.stringContaining('pong')])
  })

  it('is closed without having been open where the channel is unknown', async () => {
    const said: string[] = []
    createInMemorySocket(org)('ws://localhost:4680/streaming/channels/none', {
      open: () => void said.push('open'),
      message: (text) => void said.push(text),
      closed: () => void said.push('closed'),
    })
    await clock.advance(0)
    expect(said).toEqual(['closed'])
  })

  it('is told when another one takes its channel', async () => {
    const first = await openChannel()
    await clock.advance(0)
    createInMemorySocket(org)(first.connectUri, {
      open: () => undefined,
      message: () => undefined,
      closed: () => undefined,
    })
    await clock.advance(0)
    expect(first.said).toEqual(['open', 'closed'])
    expect(first.socket.send('{}')).toBe(false)
  })

  it('says nothing more once its client closed it, and leaves no timer', async () => {
    const { socket, said } = await openChannel()
    await clock.advance(0)
    socket.close()
    await clock.advance(100_000)
    expect(said).toEqual(['open'])
    expect([org.state().sockets, clock.pending()]).toEqual([[], 0])
  })
})

describe('a whole play', () => {
  it('runs from the channel to what the customer heard', async () => {
    const { id } = org.calls.all()[0]!.conversation
    expect(mediaStates(await playOnce(id))).toEqual(['buffering', 'playing', 'completed'])
    expect(org.state().heard).toMatchObject([{ interactionId: id, playedMs: 6000, outcome: 'completed' }])
    expect(clock.pending()).toBe(0)
  })

  it('takes well under five milliseconds of real time', async () => {
    const { id } = org.calls.all()[0]!.conversation
    const plays = 200
    await playOnce(id)
    const startedAtMs = performance.now()
    for (let count = 0; count < plays; count++) await playOnce(id)
    expect((performance.now() - startedAtMs) / plays).toBeLessThan(5)
  })
})
