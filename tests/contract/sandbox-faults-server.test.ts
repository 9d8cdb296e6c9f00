// Faults over the real server: what only a real connection can show, and the door through which they are set.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/org/fault-kinds'
import type { FaultsState } from '../../sandbox/org/faults'
import type { Sandbox } from '../../sandbox/server'
import {
  type AssetServer,
  type Client,
  control,
  openAssetServer,
  openChannel,
  openSandbox,
  openWire,
  playBody,
  request,
  signIn,
  stateOf,
  wav,
} from './sandbox-harness'

let sandbox: Sandbox
let assets: AssetServer
let agent: Client
beforeAll(async () => {
  sandbox = await openSandbox()
  assets = await openAssetServer()
  agent = await signIn(sandbox)
})
afterAll(async () => {
  await sandbox.close()
  await assets.close()
})
beforeEach(() => control(sandbox, 'reset'))

const add = (faults: Fault | Fault[]) => control<FaultsState>(sandbox, 'faults', faults)
const list = async () => (await request<FaultsState>(`${sandbox.url}/sandbox/faults`, 'GET')).body
const clear = (id = '') => request<FaultsState>(`${sandbox.url}/sandbox/faults${id}`, 'DELETE')
const firstCall = async () => (await stateOf(sandbox)).calls[0]!.id ?? ''
const play = async (durationMs = 50) => {
  const url = assets.put(`${durationMs}.wav`, wav(durationMs))
  return agent.api('POST', '/api/v2/media/play', playBody(await firstCall(), url))
}

describe('a request', () => {
  it('loses its answer: the connection breaks, and the play is heard once', async () => {
    await add({ kind: 'lose-answer', match: { method: 'POST', path: '/api/v2/media/play' } })
    const wire = await openChannel(agent)
    await wire.follow(await firstCall())
    await expect(play()).rejects.toThrow('fetch failed')
    await wire.until(({ state }) => state === 'completed')
    expect((await stateOf(sandbox)).heard).toHaveLength(1)
  })

  it('is lost itself: the connection breaks, and nothing is played', async () => {
    await add({ kind: 'lose-request' })
    await expect(play()).rejects.toThrow('fetch failed')
    expect((await stateOf(sandbox)).plays).toEqual([])
  })

  it('hangs until the client gives up', async () => {
    await add({ kind: 'hang', match: { path: '/api/v2/users/me' } })
    const abort = new AbortController()
    const answer = fetch(`${sandbox.url}/api/v2/users/me`, { signal: abort.signal })
    const outcome = answer.catch((error: unknown) => error)
    await until(async () => (await list()).faults.length === 0)
    abort.abort()
    expect(await outcome).toMatchObject({ name: 'AbortError' })
  })

  it('is answered with an error that a page of another origin can read', async () => {
    await add({ kind: 'status', status: 429, retryAfterS: 3 })
    const headers = { origin: 'http://127.0.0.1:9' }
    const answer = await request(`${sandbox.url}/api/v2/users/me`, 'GET', undefined, headers)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3'])
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:9')
    expect(answer.headers.get('inin-correlation-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('for a file meets the faults that name it, and no others', async () => {
    const file = `${sandbox.url}/cdn/catalogue.json`
    await add([
      { kind: 'status', status: 500 },
      { kind: 'status', status: 503, match: { path: '/cdn/' } },
    ])
    expect((await fetch(file)).status).toBe(503)
    expect((await fetch(file)).status).toBe(200)
  })
})

it('no connection carries a second request: a browser would repeat on its own what breaks on a used one', async () => {
  for (const path of ['/', '/cdn/catalogue.json', '/api/v2/users/me', '/sandbox/state']) {
    expect((await fetch(`${sandbox.url}${path}`)).headers.get('connection')).toBe('close')
  }
})

describe('a socket', () => {
  it('is cut without a word', async () => {
    const wire = await openChannel(agent)
    await add({ kind: 'cut', match: { channelId: wire.id } })
    expect((await wire.closed).code).toBe(1006)
  })

  it('is closed with the code asked for', async () => {
    const wire = await openChannel(agent)
    await add({ kind: 'cut', closeCode: 1012 })
    expect((await wire.closed).code).toBe(1012)
  })

  it('is told by a channel that ends soon, and closed with it', async () => {
    await control(sandbox, 'settings', { channelLifetimeS: 1 })
    const wire = await openChannel(agent)
    expect((await wire.closed).code).toBe(1001)
    expect(wire.frames.map(({ topicName }) => topicName)).toEqual(['v2.system.socket_closing'])
  })
})

describe('the network', () => {
  it('is down for API and channels, not for the door, the desktop and the files', async () => {
    const channel = (
      await agent.api<{ id: string; connectUri: string }>('POST', '/api/v2/notifications/channels')
    ).body
    const wire = await openWire(channel.connectUri)
    const desktop = await openWire(`ws://localhost:${sandbox.port}/sandbox/desktop`)
    await add({ kind: 'network', down: true })
    expect((await wire.closed).code).toBe(1006)
    await expect(agent.api('GET', '/api/v2/users/me')).rejects.toThrow('fetch failed')
    await expect(fetch(`${sandbox.url}/api/v2/users/me`, { method: 'OPTIONS' })).rejects.toThrow()
    await expect(openWire(channel.connectUri)).rejects.toThrow()
    expect((await list()).network).toEqual({ down: true, backAtMs: null })
    expect((await fetch(`${sandbox.url}/cdn/catalogue.json`)).status).toBe(200)
    await desktop.until(({ state }) => (state as { faults: FaultsState }).faults.network.down)
    await add({ kind: 'network', down: false })
    await (await openWire(channel.connectUri)).ping()
    desktop.close()
  })

  it('comes back by itself', async () => {
    await add({ kind: 'network', forMs: 30 })
    await until(async () => !(await list()).network.down)
    expect((await agent.api('GET', '/api/v2/users/me')).status).toBe(200)
  })
})

describe('the door', () => {
  it('sets one fault or several, lists them, and takes them back', async () => {
    const set = await add([{ kind: 'hang', times: null }, { kind: 'stuck' }])
    expect([set.status, set.body.faults]).toMatchObject([
      201,
      [
        { kind: 'hang', left: null, hits: 0 },
        { kind: 'stuck', left: 1 },
      ],
    ])
    expect((await list()).faults).toEqual(set.body.faults)
    expect((await clear(`/${set.body.faults[0]!.id}`)).body.faults).toMatchObject([{ kind: 'stuck' }])
    expect((await clear('/none')).status).toBe(404)
    expect((await clear()).body.faults).toEqual([])
  })

  it('sets none of several where one makes no sense', async () => {
    const answer = await control<{ message: string }>(sandbox, 'faults', [
      { kind: 'stuck' },
      { kind: 'late' },
    ])
    expect([answer.status, answer.body.message]).toEqual([400, 'The fault "late" needs "delayMs".'])
    expect((await list()).faults).toEqual([])
  })

  it('is shut for pages of other origins', async () => {
    const headers = { origin: 'http://127.0.0.1:9' }
    const answer = await request(`${sandbox.url}/sandbox/faults`, 'DELETE', undefined, headers)
    expect(answer.status).toBe(403)
  })

  it('forgets every fault with a reset', async () => {
    await add([{ kind: 'hang', times: null }, { kind: 'network' }])
    await control(sandbox, 'reset')
    expect(await list()).toEqual({ faults: [], network: { down: false, backAtMs: null } })
  })
})

/** Asks until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await Promise.resolve()
}
