// The organisation as an app under test meets it in memory: a fetch, a socket, and a clock that only moves when told.
import { beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench, origin, prompt } from './sandbox-bench'
import { ordinaryCall } from '../../sandbox/org/call-build'
import { createInMemoryFetch, createInMemorySocket } from '../../sandbox/org/wire'
import { playBody } from './sandbox-harness'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})

async function playOnce({ clock, openLine, play, callId }: Bench): Promise<unknown[]> {
  const line = await openLine()
  line.follow(callId)
  expect(await line.pings()).toBe(true)
  expect((await play()).status).toBe(202)
  await clock.advance(7000)
  line.socket.close()
  return line.mediaStates()
}

describe('a request', () => {
  it('is answered with the global Response', async () => {
    const answer = await bench.api('GET', '/api/v2/users/me')
    expect(answer).toBeInstanceOf(Response)
    expect([answer.status, answer.headers.get('inin-ratelimit-allowed')]).toEqual([200, '300'])
    expect(await answer.json()).toMatchObject({ id: bench.org.state().agentId })
  })

  it('may be answered without a body', async () => {
    const { id } = await bench.openLine()
    const answer = await bench.api('DELETE', `/api/v2/notifications/channels/${id}/subscriptions`)
    expect(answer.status).toBe(204)
  })

  it('is carried out though its caller gives up on the answer', async () => {
    const { clock, org, api, callId } = bench
    await createInMemoryFetch(org)(`${origin}/sandbox/settings`, {
      method: 'POST',
      body: '{"apiLatencyMs":3000}',
    })
    const abort = new AbortController()
    const answer = api('POST', '/api/v2/media/play', playBody(callId, prompt), abort.signal)
    const outcome = answer.catch((error: unknown) => error)
    await clock.advance(1000)
    abort.abort(new DOMException('No answer in time', 'TimeoutError'))
    expect(await outcome).toMatchObject({ name: 'TimeoutError' })
    await clock.advance(2000)
    expect(org.state().plays).toHaveLength(1)
  })

  it('is never sent where its caller has given up before', async () => {
    const { api } = bench
    await expect(api('GET', '/api/v2/users/me', undefined, AbortSignal.abort('over'))).rejects.toBe('over')
  })
})

describe('a socket', () => {
  it('opens in a later turn, and may speak at once', async () => {
    const { clock, org, openLine } = bench
    const { connectUri } = await openLine()
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
    const { said } = bench.connect('ws://localhost:4680/streaming/channels/none')
    await bench.clock.advance(0)
    expect(said).toEqual(['closed'])
  })

  it('is told when another one takes its channel', async () => {
    const first = await bench.openLine()
    bench.connect(first.connectUri)
    await bench.clock.advance(0)
    expect([first.said, first.socket.send('{}')]).toEqual([['open', 'closed'], false])
  })

  it('says nothing more once its client closed it, and leaves no timer', async () => {
    const { socket, said } = await bench.openLine()
    socket.close()
    await bench.clock.advance(100_000)
    expect(said).toEqual(['open'])
    expect([bench.org.state().sockets, bench.clock.pending()]).toEqual([[], 0])
  })
})

describe('a whole play', () => {
  it('runs from the channel to what the customer heard', async () => {
    expect(await playOnce(bench)).toEqual(['buffering', 'playing', 'completed'])
    expect(bench.org.state().heard).toMatchObject([{ playedMs: 6000, outcome: 'completed' }])
    expect(bench.clock.pending()).toBe(0)
  })

  it('takes well under five milliseconds of real time', async () => {
    const plays = 200
    const alone = await openBench({}, (org) => org)
    await playOnce(alone)
    const startedAtMs = performance.now()
    for (let count = 0; count < plays; count++) await playOnce(alone)
    expect((performance.now() - startedAtMs) / plays).toBeLessThan(5)
  })
})

it('remembers as much of what is over as it was told, and all that runs', async () => {
  const { clock, org, play } = await openBench({ keepPlays: 3 })
  const running = org.calls.all().map(({ conversation }) => conversation.id)
  for (let count = 0; count < 5; count++) {
    const { conversation } = org.calls.start(ordinaryCall)
    org.calls.change(conversation.id, { disconnected: true })
    await play()
    await clock.advance(7000)
  }
  org.calls.start(ordinaryCall)
  await play()
  await clock.advance(1000)
  const { plays, heard, calls } = org.state()
  expect(plays.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed', 'playing'])
  expect(heard.map(({ outcome }) => outcome)).toEqual(['completed', 'completed', 'playing'])
  expect(calls.filter(({ disconnected }) => disconnected)).toHaveLength(3)
  expect(calls.map(({ id }) => id)).toEqual(expect.arrayContaining(running))
})
