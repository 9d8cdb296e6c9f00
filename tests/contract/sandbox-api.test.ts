// The platform API of the sandbox: the order of checks, the error bodies, the headers, and the shapes of calls.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { narrowClient } from '../../sandbox/org/oauth-clients'
import { agentId, people, queues } from '../../sandbox/org/people'
import type { Sandbox } from '../../sandbox/server'
import { appUrl, type Client, control, openSandbox, request, signIn, stateOf } from './sandbox-harness'

interface Leg {
  id: string
  purpose: string
  state: string
  held?: boolean
  muted?: boolean
  wrapupRequired?: boolean
  attributes: Record<string, string>
  calls?: { held: boolean }[]
}
interface Conversation {
  id: string
  participants: Leg[]
}

let sandbox: Sandbox
let agent: Client
let lead: Client
beforeAll(async () => {
  sandbox = await openSandbox()
  agent = await signIn(sandbox)
  lead = await signIn(sandbox, people[9]!.id)
})
afterAll(() => sandbox.close())
beforeEach(() => control(sandbox, 'reset'))

const calls = async () =>
  (await agent.api<{ entities: Conversation[] }>('GET', '/api/v2/conversations/calls')).body.entities
const leg = (call: Conversation, purpose: string) => call.participants.find((one) => one.purpose === purpose)!

describe('a request', () => {
  it.each([
    ['GET', '/api/v2/telephony/sites'],
    ['DELETE', '/api/v2/users/me'],
    ['GET', '/api/v2/users/'],
    ['GET', '/api/v2'],
  ])(
    '%s %s that the sandbox does not know is answered 501, by name, even without a token',
    async (method, path) => {
      const answer = await request<{ message: string }>(`${sandbox.url}${path}`, method)
      expect(answer.status).toBe(501)
      expect(answer.body.message).toBe(`The sandbox does not know ${method} ${path}.`)
    },
  )

  it('without the scope is refused in the shape of the platform', async () => {
    const narrow = await signIn(sandbox, agentId, narrowClient.id)
    const { status, body, headers } = await narrow.api('GET', '/api/v2/conversations/calls')
    expect(status).toBe(403)
    expect(body).toEqual({
      message:
        'You are not authorized to perform the requested action. The token lacks the scope conversations.',
      code: 'not.authorized',
      status: 403,
      messageWithParams:
        'You are not authorized to perform the requested action. The token lacks the scope {scope}.',
      messageParams: { scope: 'conversations' },
      contextId: headers.get('inin-correlation-id'),
      details: [],
      errors: [],
    })
  })

  it('without the permission is refused with its name', async () => {
    const id = (await calls())[0]!.id
    const answer = await agent.api('GET', `/api/v2/conversations/${id}`)
    expect(answer).toMatchObject({
      status: 403,
      body: {
        code: 'missing.any.permissions',
        messageParams: { permissions: '[conversation:communication:view]' },
      },
    })
  })

  it('with a body that is no JSON is refused', async () => {
    const answer = await fetch(`${sandbox.url}/api/v2/media/play`, {
      method: 'POST',
      headers: { authorization: `Bearer ${agent.token}` },
      body: '{',
    })
    expect(answer.status).toBe(400)
  })

  it('too many in a minute is refused with the seconds to wait, and the count is in each answer', async () => {
    await control(sandbox, 'settings', { rateLimit: 2 })
    const counted = await signIn(sandbox, people[2]!.id)
    const answers = [1, 2, 3].map(() => counted.api('GET', '/api/v2/users/me'))
    const [first, second, third] = await Promise.all(answers)
    expect([first?.status, second?.status, third?.status].sort()).toEqual([200, 200, 429])
    const refused = await counted.api('GET', '/api/v2/users/me')
    expect(refused.body.code).toBe('too.many.requests')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect(refused.headers.get('inin-ratelimit-count')).toBe('4')
    expect(refused.headers.get('inin-ratelimit-allowed')).toBe('2')
    expect((await agent.api('GET', '/api/v2/users/me')).status).toBe(200)
  })

  it('from a page is answered to the app and to this machine, with readable headers, and to nobody else', async () => {
    const allowed = async (origin: string) => {
      const answer = await fetch(`${sandbox.url}/api/v2/users/me`, { headers: { origin } })
      return answer.headers.get('access-control-allow-origin')
    }
    expect(await allowed(new URL(appUrl).origin)).toBe('http://127.0.0.1:9')
    expect(await allowed('http://localhost:5173')).toBe('http://localhost:5173')
    expect(await allowed('https://evil.example')).toBe(null)
    expect(await allowed('http://localhost.evil.example')).toBe(null)
    const preflight = await fetch(`${sandbox.url}/api/v2/media/play`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://127.0.0.1:9',
        'access-control-request-headers': 'authorization,purecloud-sdk',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,purecloud-sdk')
    expect(preflight.headers.get('access-control-expose-headers')).toContain('inin-correlation-id')
  })

  it('travels as long as the setting says', async () => {
    await control(sandbox, 'settings', { apiLatencyMs: 120 })
    const sentAtMs = performance.now()
    await agent.api('GET', '/api/v2/users/me')
    expect(performance.now() - sentAtMs).toBeGreaterThan(110)
  })
})

describe('people and queues', () => {
  it('are an agent, eight colleagues, a lead and an admin', async () => {
    const { body } = await agent.api<{ entities: { name: string; title: string }[]; total: number }>(
      'GET',
      '/api/v2/users',
    )
    expect(body.total).toBe(11)
    expect(body.entities.map(({ title }) => title).filter((title) => title !== 'Customer adviser')).toEqual([
      'Team lead',
      'Administrator',
    ])
  })

  it('come in pages', async () => {
    const { body } = await agent.api<{ entities: { name: string }[]; pageCount: number }>(
      'GET',
      '/api/v2/users?pageSize=4&pageNumber=3',
    )
    expect([body.entities.length, body.pageCount]).toEqual([3, 3])
  })

  it('are found by id, and refused where there is none', async () => {
    expect((await agent.api('GET', `/api/v2/users/${people[3]!.id}`)).body.name).toBe(people[3]!.name)
    expect((await agent.api('GET', '/api/v2/users/nobody')).status).toBe(404)
    expect((await agent.api('GET', `/api/v2/routing/queues/${queues[1]!.id}`)).body.name).toBe('Premium care')
    expect((await agent.api('GET', '/api/v2/routing/queues/none')).status).toBe(404)
  })

  it('who talk to a customer are shown as interacting', async () => {
    expect(
      (await agent.api('GET', '/api/v2/users/me?expand=routingStatus')).body.routingStatus,
    ).toMatchObject({
      status: 'INTERACTING',
    })
  })
})

describe('the calls of the agent', () => {
  it('are the three of the day: English, German premium, and Spanish on hold', async () => {
    const customers = (await calls()).map((call) => leg(call, 'customer'))
    expect(
      customers.map(({ attributes, held }) => [attributes.language, attributes.service_tier, held]),
    ).toEqual([
      ['en-GB', 'standard', false],
      ['de-DE', 'premium', false],
      ['es-ES', 'standard', true],
    ])
    expect(customers.map((one) => Reflect.get(one, 'mediaCapabilities'))).toEqual([
      { audio: { supportedCodecs: ['mp3', 'opus', 'wav'] } },
      { audio: { supportedCodecs: 'opus,mp3' } },
      { audio: { supportedCodecs: ['opus', 'mp3', 'wav'] } },
    ])
  })

  it('are his alone: a colleague has none and may not read them', async () => {
    const colleague = await signIn(sandbox, people[1]!.id)
    const { body } = await colleague.api<{ entities: unknown[] }>('GET', '/api/v2/conversations/calls')
    expect(body.entities).toEqual([])
    expect((await colleague.api('GET', `/api/v2/conversations/calls/${(await calls())[0]!.id}`)).status).toBe(
      403,
    )
  })

  it('are nested for those with the permission', async () => {
    const held = (await calls())[2]!
    const { body } = await lead.api<Conversation>('GET', `/api/v2/conversations/${held.id}`)
    expect(leg(body, 'customer').calls).toMatchObject([{ held: true }])
    expect(leg(body, 'customer')).not.toHaveProperty('held')
  })

  it('can be held, muted and hung up', async () => {
    const call = (await calls())[0]!
    const patch = (purpose: string, body: unknown) =>
      agent.api('PATCH', `/api/v2/conversations/calls/${call.id}/participants/${leg(call, purpose).id}`, body)
    const now = async () =>
      (await agent.api<Conversation>('GET', `/api/v2/conversations/calls/${call.id}`)).body
    expect((await patch('customer', { held: true })).status).toBe(202)
    expect(leg(await now(), 'customer').held).toBe(true)
    await patch('agent', { muted: true })
    expect(leg(await now(), 'agent').muted).toBe(true)
    await patch('agent', { state: 'disconnected' })
    expect((await now()).participants.map(({ state }) => state)).toEqual([
      'disconnected',
      'disconnected',
      'disconnected',
    ])
    expect(leg(await now(), 'agent').wrapupRequired).toBe(true)
    expect(await calls()).toHaveLength(3)
    await patch('agent', { wrapupSkipped: true })
    expect(await calls()).toHaveLength(2)
    expect((await patch('agent', { volume: 3 })).status).toBe(400)
  })

  it('keep the attributes that are merged into a participant', async () => {
    const call = (await calls())[0]!
    const path = `/api/v2/conversations/${call.id}/participants/${leg(call, 'customer').id}/attributes`
    expect((await agent.api('PATCH', path, { attributes: { 'cueline.last': 'v1|welcome' } })).status).toBe(
      202,
    )
    expect(leg((await calls())[0]!, 'customer').attributes).toEqual({
      language: 'en-GB',
      service_tier: 'standard',
      'cueline.last': 'v1|welcome',
    })
    expect((await agent.api('PATCH', path, { attributes: { n: 3 } })).status).toBe(400)
  })
})

describe('the first world', () => {
  it('comes back with a reset, under new ids, and tokens stay valid', async () => {
    const before = await stateOf(sandbox)
    await control(sandbox, `calls/${before.calls[0]!.id}`, { disconnected: true })
    await control(sandbox, 'settings', { bufferingMs: 999 })
    await control(sandbox, 'reset')
    const after = await stateOf(sandbox)
    expect(after.generation).toBe(before.generation + 1)
    expect(after.calls.map(({ disconnected }) => disconnected)).toEqual([false, false, false])
    expect(after.calls[0]!.id).not.toBe(before.calls[0]!.id)
    expect(after.settings.bufferingMs).toBe(80)
    expect((await agent.api('GET', '/api/v2/tokens/me')).status).toBe(200)
  })
})
