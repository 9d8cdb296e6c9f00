// Channels, subscriptions and sockets as the platform has them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { agentId, people, queues } from '../../sandbox/org/people'
import type { Sandbox } from '../../sandbox/server'
import { type Client, control, openChannel, openSandbox, openWire, signIn, stateOf } from './sandbox-harness'

let sandbox: Sandbox
let agent: Client
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  await control(sandbox, 'reset')
  agent = await signIn(sandbox)
})

const myCalls = `v2.users.${agentId}.conversations.calls`
const colleaguesCalls = `v2.users.${people[1]!.id}.conversations.calls`
const queueCalls = `v2.routing.queues.${queues[0]!.id}.conversations.calls`
const channels = '/api/v2/notifications/channels'
type Topics = { entities: Record<string, unknown>[] }
const newChannel = async (client: Client) =>
  (await client.api<{ id: string; connectUri: string; expires: string }>('POST', channels)).body
const subscribe = (client: Client, method: string, id: string, topics: string[], query = '') =>
  client.api<Topics & { messageParams?: unknown }>(
    method,
    `${channels}/${id}/subscriptions${query}`,
    topics.map((topic) => ({ id: topic })),
  )
const topicsOf = async (client: Client, id: string) =>
  (await client.api<Topics>('GET', `${channels}/${id}/subscriptions`)).body.entities.map((topic) => topic.id)

describe('a channel', () => {
  it('tells where to connect, without a token in it, and lives for a day', async () => {
    const channel = await newChannel(agent)
    expect(channel.connectUri).toBe(`ws://localhost:${sandbox.port}/streaming/channels/${channel.id}`)
    expect(channel.connectUri).not.toContain(agent.token)
    const lifeMs = Date.parse(channel.expires) - Date.now()
    expect(lifeMs).toBeGreaterThan(86_390_000)
  })

  it('is one of twenty at most: the next pushes out an idle one, oldest use first, and spares those connected', async () => {
    const other = await signIn(sandbox, people[2]!.id)
    const first = await newChannel(other)
    const wire = await openWire(first.connectUri)
    const second = await newChannel(other)
    const third = await newChannel(other)
    for (let count = 3; count < 20; count++) await newChannel(other)
    await subscribe(other, 'POST', second.id, [`v2.users.${people[2]!.id}.presence`])
    await newChannel(other)
    const left = (await other.api<{ entities: { id: string }[] }>('GET', channels)).body.entities.map(
      ({ id }) => id,
    )
    expect(left).toHaveLength(20)
    expect(left).toContain(first.id)
    expect(left).toContain(second.id)
    expect(left).not.toContain(third.id)
    wire.close()
  })

  it('is pushed out in use too, where the platform goes by the last use alone', async () => {
    await control(sandbox, 'settings', { fullChannels: 'least recently used' })
    const other = await signIn(sandbox, people[3]!.id)
    const first = await newChannel(other)
    const wire = await openWire(first.connectUri)
    for (let count = 1; count < 21; count++) await newChannel(other)
    const { entities } = (await other.api<{ entities: { id: string }[] }>('GET', channels)).body
    expect(entities).toHaveLength(20)
    expect(entities.map(({ id }) => id)).not.toContain(first.id)
    await wire.closed
  })

  it('belongs to its owner', async () => {
    const channel = await newChannel(agent)
    const other = await signIn(sandbox, people[3]!.id)
    expect((await subscribe(other, 'POST', channel.id, [])).status).toBe(404)
  })
})

describe('a subscription', () => {
  it('with ignoreErrors is judged topic by topic', async () => {
    const { id } = await newChannel(agent)
    const topics = [myCalls, colleaguesCalls, queueCalls, 'v2.conversations.x']
    const { status, body } = await subscribe(agent, 'POST', id, topics, '?ignoreErrors=true')
    expect(status).toBe(200)
    expect(body.entities.map(({ state, missingPermissions }) => [state, missingPermissions])).toEqual([
      ['Permitted', undefined],
      ['Rejected', ['conversation:communication:view']],
      ['Permitted', undefined],
      ['Rejected', []],
    ])
    expect(await topicsOf(agent, id)).toEqual([myCalls, queueCalls])
  })

  it('without it fails as a whole for one refused topic, and changes nothing', async () => {
    const { id } = await newChannel(agent)
    const answer = await subscribe(agent, 'POST', id, [myCalls, colleaguesCalls])
    expect(answer.status).toBe(403)
    expect(answer.body.messageParams).toEqual({ permissions: '[conversation:communication:view]' })
    expect(await topicsOf(agent, id)).toEqual([])
  })

  it('to a colleague is permitted for the lead', async () => {
    const lead = await signIn(sandbox, people[9]!.id)
    const { id } = await newChannel(lead)
    expect((await subscribe(lead, 'POST', id, [colleaguesCalls])).status).toBe(200)
  })

  it('is added by POST, replaced by PUT and removed by DELETE', async () => {
    const { id } = await newChannel(agent)
    await subscribe(agent, 'POST', id, [myCalls])
    await subscribe(agent, 'POST', id, [queueCalls])
    expect(await topicsOf(agent, id)).toEqual([myCalls, queueCalls])
    await subscribe(agent, 'PUT', id, [queueCalls])
    expect(await topicsOf(agent, id)).toEqual([queueCalls])
    expect((await agent.api('DELETE', `${channels}/${id}/subscriptions`)).status).toBe(204)
    expect(await topicsOf(agent, id)).toEqual([])
  })
})

describe('a socket', () => {
  it('answers a ping with a pong, after everything that came before it', async () => {
    const wire = await openChannel(agent)
    wire.send({
      action: 'subscribe',
      eventTypes: ['media.playback.state'],
      filters: { interactionId: 'nobody' },
    })
    wire.send({ message: 'ping' })
    await wire.until((frame) => frame.eventBody?.message === 'pong')
    expect(wire.frames).toMatchObject([
      { type: 'error', action: 'subscribe' },
      { topicName: 'channel.metadata', eventBody: { message: 'pong' } },
    ])
  })

  it.each(['', 'hello', '[1]', '{"message":"pong"}', 'null'])(
    'counts the frame %j and ignores it',
    async (frame) => {
      const wire = await openChannel(agent)
      wire.send(frame)
      await wire.ping()
      expect(wire.frames).toHaveLength(1)
      const { sockets } = await stateOf(sandbox)
      expect(sockets.find(({ channelId }) => channelId === wire.id)?.ignoredFrames).toBe(1)
    },
  )

  it.each([
    [{ action: 'dance' }, 'dance'],
    [{ action: 'subscribe', eventTypes: ['x'], filters: { interactionId: 'y' } }, 'subscribe'],
    [{ action: 'subscribe', eventTypes: ['media.playback.state'], filters: {} }, 'subscribe'],
  ])('says why it cannot do %j', async (frame, action) => {
    const wire = await openChannel(agent)
    wire.send(frame)
    expect(await wire.until(({ type }) => type === 'error')).toMatchObject({
      action,
      error: expect.any(String),
    })
  })

  it('is closed by a second one on the same channel', async () => {
    const channel = await newChannel(agent)
    const first = await openWire(channel.connectUri)
    const second = await openWire(channel.connectUri)
    expect((await first.closed).code).toBe(1000)
    await second.ping()
  })

  it('cannot be opened on a channel that does not exist', async () => {
    await expect(openWire(`ws://localhost:${sandbox.port}/streaming/channels/none`)).rejects.toThrow('404')
  })

  it('is told that it is about to close', async () => {
    const wire = await openChannel(agent)
    const answer = await control<unknown>(sandbox, `socket-closing/${wire.id}`)
    expect(answer.status).toBe(202)
    expect(await wire.until(({ topicName }) => topicName === 'v2.system.socket_closing')).toMatchObject({
      version: '2',
    })
  })

  it('is told that its token was revoked, and closed', async () => {
    const wire = await openChannel(agent)
    await agent.api('DELETE', '/api/v2/tokens/me')
    await wire.closed
    expect(wire.frames.map(({ topicName }) => topicName)).toEqual([`v2.system.token_revoked.${wire.id}`])
  })
})

describe('a change of a call', () => {
  it('reaches the topics of the user and of the queue with the whole conversation', async () => {
    const wire = await openChannel(agent, [myCalls, queueCalls])
    const call = (await stateOf(sandbox)).calls[0]!
    await control(sandbox, `calls/${call.id}`, { attributes: { language: 'fr' } })
    await wire.until(({ topicName }) => topicName === queueCalls)
    expect(wire.frames.map(({ topicName, version }) => [topicName, version])).toEqual([
      [myCalls, '2'],
      [queueCalls, '2'],
    ])
    const [event] = wire.frames
    expect(event?.metadata).toMatchObject({ CorrelationId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    const seen = await agent.api('GET', `/api/v2/conversations/calls/${call.id}`)
    // Models of events have no addresses.
    const withoutAddresses = JSON.stringify(seen.body, (name, value: unknown) =>
      name === 'selfUri' ? undefined : value,
    )
    expect(event?.eventBody).toEqual(JSON.parse(withoutAddresses))
  })

  it('does not reach a channel without the topic', async () => {
    const wire = await openChannel(agent, [`v2.routing.queues.${queues[1]!.id}.conversations.calls`])
    const call = (await stateOf(sandbox)).calls[0]!
    await control(sandbox, `calls/${call.id}`, { muted: true })
    await wire.ping()
    expect(wire.frames).toHaveLength(1)
  })
})

it('a change of a person reaches the topics of presence, routing status and activity', async () => {
  const topics = ['presence', 'routingStatus', 'activity'].map((name) => `v2.users.${people[4]!.id}.${name}`)
  const wire = await openChannel(agent, topics)
  await control<unknown>(sandbox, `users/${people[4]!.id}`, { presence: 'Meal', routingStatus: 'OFF_QUEUE' })
  await wire.until(({ topicName }) => topicName === topics[2])
  expect(wire.frames.map(({ topicName, eventBody }) => [topicName, eventBody])).toMatchObject([
    [topics[0], { presenceDefinition: { systemPresence: 'Meal' } }],
    [topics[1], { id: people[4]!.id, routingStatus: { status: 'OFF_QUEUE' } }],
    [topics[2], { id: people[4]!.id, routingStatus: { status: 'OFF_QUEUE' } }],
  ])
})
