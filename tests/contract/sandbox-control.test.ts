// The control door, the desktop's feed, and the files: what the people and the tests around the sandbox rely on.
import { request as plainRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/server'
import {
  type AssetServer,
  control,
  type Frame,
  openAssetServer,
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
beforeAll(async () => {
  sandbox = await openSandbox()
  assets = await openAssetServer()
})
afterAll(async () => {
  await sandbox.close()
  await assets.close()
})
beforeEach(() => control(sandbox, 'reset'))

describe('a call through the control door', () => {
  it('starts as wanted', async () => {
    const wish = {
      customerName: 'Mia',
      attributes: { language: '../../evil' },
      supportedCodecs: ['g722'],
      direction: 'outbound',
      queue: 'Premium care',
    }
    const { status, body } = await control(sandbox, 'calls', wish)
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...wish, held: false, disconnected: false })
    expect((await stateOf(sandbox)).calls.map(({ id }) => id)).toContain(body.id)
  })

  it('starts as an ordinary one without a body', async () => {
    const { status, body } = await control(sandbox, 'calls')
    expect([status, body.participants.map(({ purpose }) => purpose)]).toEqual([
      201,
      ['customer', 'acd', 'agent'],
    ])
  })

  it('has its participants in any order when asked', async () => {
    const orders = new Set<string>()
    while (orders.size < 6) {
      const { body } = await control(sandbox, 'calls', { shuffleParticipants: true })
      orders.add(body.participants.map(({ purpose }) => purpose).join(' '))
    }
    expect(orders.size).toBe(6)
  })

  it.each([
    [{ held: true }, { held: true }],
    [{ muted: true }, { muted: true }],
    [{ confined: true }, { confined: true }],
    [{ disconnected: true }, { disconnected: true, recordingState: 'NONE' }],
    [{ recordingState: 'paused' }, { recordingState: 'PAUSED' }],
    [{ supportedCodecs: 'opus, g722' }, { supportedCodecs: 'opus, g722' }],
    [{ supportedCodecs: null }, { supportedCodecs: null }],
    [
      { attributes: { language: null, vip: 'yes' } },
      { attributes: { service_tier: 'standard', vip: 'yes' } },
    ],
  ])('changes by %j', async (change, expected) => {
    const { id } = (await control(sandbox, 'calls')).body
    const { status, body } = await control(sandbox, `calls/${id}`, change)
    expect(status).toBe(200)
    for (const [name, value] of Object.entries(expected)) expect(Reflect.get(body, name)).toEqual(value)
  })

  it.each([
    ['calls', { colour: 'red' }],
    ['calls', { queue: 'Nowhere' }],
    ['calls', { direction: 'up' }],
    ['calls', { attributes: { n: 1 } }],
    ['settings', { bufferingMs: -1 }],
    ['settings', { backend: 'other' }],
    ['settings', { colour: 'red' }],
  ])('%s refuses %j', async (path, body) => {
    expect((await control(sandbox, path, body)).status).toBe(400)
  })

  it('cannot change what does not exist, nor live again', async () => {
    expect((await control(sandbox, 'calls/none', { held: true })).status).toBe(404)
    const { id } = (await control(sandbox, 'calls')).body
    expect((await control(sandbox, `calls/${id}`, { disconnected: false })).status).toBe(400)
  })
})

describe('the door', () => {
  const post = (headers: Record<string, string>) =>
    request(`${sandbox.url}/sandbox/calls`, 'POST', {}, headers).then(({ status }) => status)

  it('is open to programs and to the sandbox’s own page, not to pages of another origin', async () => {
    expect(await post({})).toBe(201)
    expect(await post({ origin: sandbox.url })).toBe(201)
    expect(await post({ origin: 'https://evil.example' })).toBe(403)
    expect(await post({ origin: 'http://127.0.0.1:9' })).toBe(403)
  })

  it('is closed to a name that only pretends to be this machine', async () => {
    const status = await new Promise((answered, failed) => {
      const asked = plainRequest(
        { port: sandbox.port, host: '127.0.0.1', path: '/sandbox/state' },
        (answer) => {
          answer.resume()
          answered(answer.statusCode)
        },
      )
      asked.setHeader('host', 'rebound.example')
      asked.once('error', failed).end()
    })
    expect(status).toBe(403)
  })

  it('tells the app where the sandbox is and which backend to use', async () => {
    await control(sandbox, 'settings', { backend: 'secure-flow' })
    const { body } = await request(`${sandbox.url}/sandbox/config.json`, 'GET')
    expect(body).toEqual({
      api: { gateway: sandbox.url },
      oauth: { clientId: expect.any(String), grant: 'implicit' },
      setup: { clientId: expect.any(String) },
      cdn: { base: `${sandbox.url}/cdn` },
      backend: 'secure-flow',
      secureFlow: { flowId: expect.any(String) },
      architect: { read: true },
      announcementLeg: { pattern: expect.stringContaining('{key}') },
    })
  })

  it.each(['/sandbox/nothing', '/nothing', '/oauth/nothing', '/desktop/nothing'])(
    '%s is 404',
    async (path) => {
      const answer = await fetch(`${sandbox.url}${path}`)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toContain('<iframe')
    },
  )

  it('answers a body that is too long, and stays alive', async () => {
    const answer = await fetch(`${sandbox.url}/sandbox/calls`, {
      method: 'POST',
      body: 'x'.repeat(2_000_000),
    })
    expect(answer.status).toBe(413)
    expect(await post({})).toBe(201)
  })
})

describe('the files', () => {
  it('of the CDN may be read by any page, with their type and a tag', async () => {
    const answer = await fetch(`${sandbox.url}/cdn/en/standard/welcome.opus`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('audio/ogg')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const etag = answer.headers.get('etag') ?? ''
    const again = await fetch(`${sandbox.url}/cdn/en/standard/welcome.opus`, {
      headers: { 'if-none-match': etag },
    })
    expect(again.status).toBe(304)
  })

  it.each([
    '/cdn/../../package.json',
    '/cdn/%2e%2e/%2e%2e/package.json',
    '/cdn/..%2f..%2fpackage.json',
    '/desktop/..%2fserver',
    '/desktop/%2e%2e/server.ts',
    '/cdn/en%00.mp3',
    '/cdn/%E0%A4%A',
    '/cdn/en',
  ])('outside are out of reach: %s', async (path) => {
    const status = await new Promise((answered, failed) => {
      plainRequest({ port: sandbox.port, host: '127.0.0.1', path }, (answer) => {
        answer.resume()
        answered(answer.statusCode)
      })
        .once('error', failed)
        .end()
    })
    expect(status).toBe(404)
  })

  it('of the desktop come as JavaScript, with or without an extension', async () => {
    const [bare, named] = await Promise.all(
      ['main', 'main.ts'].map(async (name) => {
        const answer = await fetch(`${sandbox.url}/desktop/${name}`)
        expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
        return answer.text()
      }),
    )
    expect(bare).toBe(named)
    expect(bare).not.toMatch(/import type|: string\b/)
  })
})

describe('the desktop’s feed', () => {
  const open = () => openWire(`ws://localhost:${sandbox.port}/sandbox/desktop`)
  const isType = (type: string) => (frame: Frame) => frame.type === type
  const startPlay = async (durationMs: number) => {
    const agent = await signIn(sandbox)
    const { id } = (await control(sandbox, 'calls')).body
    const url = assets.put(`feed-${durationMs}.wav`, wav(durationMs))
    await agent.api('POST', '/api/v2/media/play', playBody(id ?? '', url, 0.5))
    return { id: id ?? '', url }
  }
  const heardBy = async (measuredBy: string) => {
    const { heard } = await stateOf(sandbox)
    expect(heard[0]?.measuredBy).toBe(measuredBy)
    return heard[0]
  }

  it('begins with the world and goes on with each change', async () => {
    const page = await open()
    const first = await page.until(isType('state'))
    expect(Object.keys(first.state as object)).toEqual(Object.keys(await stateOf(sandbox)))
    const { id } = (await control(sandbox, 'calls', { customerName: 'Nina' })).body
    await page.until((frame) => frame.type === 'state' && JSON.stringify(frame.state).includes(id ?? ''))
    page.close()
  })

  it('tells the telephone what to play, and takes its measurement', async () => {
    const page = await open()
    const { id, url } = await startPlay(400)
    expect(await page.until(isType('phone.prepare'))).toEqual({ type: 'phone.prepare', url })
    const order = await page.until(isType('phone.play'))
    expect(order).toEqual({
      type: 'phone.play',
      playId: expect.any(String),
      interactionId: id,
      url,
      volume: 0.5,
      durationMs: 400,
    })
    const report = (event: string, playedMs: number) =>
      page.send({ type: 'phone.report', playId: order.playId, event, playedMs })
    report('started', 0)
    report('ended', 391)
    await page.until((frame) => JSON.stringify(frame).includes('web-audio'))
    expect(await heardBy('web-audio')).toMatchObject({ playedMs: 391, durationMs: 400 })
    page.close()
  })

  it('tells the telephone to stop when the call ends', async () => {
    const page = await open()
    const { id } = await startPlay(30_000)
    const order = await page.until(isType('phone.play'))
    await control(sandbox, `calls/${id}`, { disconnected: true })
    const stop = { type: 'phone.stop', playId: order.playId, reason: 'participant_disconnected' }
    expect(await page.until(isType('phone.stop'))).toEqual(stop)
    page.close()
  })

  it('keeps to the clock where the page could not play, and where it says nonsense', async () => {
    const page = await open()
    await startPlay(300)
    const { playId } = await page.until(isType('phone.play'))
    page.send({ type: 'phone.report', playId, event: 'blocked', playedMs: 0 })
    page.send({ type: 'phone.report', playId, event: 'started', playedMs: 0 })
    page.send({ type: 'phone.report', playId, event: 'ended', playedMs: 9000 })
    expect(await page.until(isType('error'))).toMatchObject({ error: expect.stringContaining('300 ms') })
    await page.until((frame) => JSON.stringify(frame).includes('"outcome":"completed"'))
    expect(await heardBy('clock')).toMatchObject({ playedMs: 300, outcome: 'completed' })
    page.close()
  })

  it('is closed to pages of another origin', async () => {
    const url = `ws://localhost:${sandbox.port}/sandbox/desktop`
    await expect(openWire(url, { origin: 'https://evil.example' })).rejects.toThrow('403')
  })
})

it('the desktop page is sent to its proper name, so that the app’s frame is of another site', async () => {
  const answer = await fetch(`http://127.0.0.1:${sandbox.port}/`, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `${sandbox.url}/`])
})
