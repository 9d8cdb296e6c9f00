// The busy floor: the same for the same seed, at the pace that was asked for, and what its topics tell is its truth.
import { beforeEach, describe, expect, it } from 'vitest'
import type { FloorAgent, FloorState } from '../../sandbox/org/floor'
import { supervisorId } from '../../sandbox/org/people'
import { createInMemoryFetch } from '../../sandbox/org/wire'
import { type Memory, openMemory, origin } from './sandbox-memory'

let memory: Memory
beforeEach(async () => {
  memory = await openMemory()
})

const send = (method: string, path: string, body?: unknown) =>
  createInMemoryFetch(memory.org)(`${origin}/sandbox/${path}`, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
  })
const floor = async (): Promise<FloorState> => (await (await send('GET', 'floor')).json()) as FloorState

const wish = { agents: 200, eventsPerSecond: 40, seed: 7 }
const floorQueue = 'c1e7d3a0-0000-4000-8000-000000000009'

/** Badge by agent, as the events of the floor's queue tell it. */
function badgesIn(frames: readonly { eventBody?: Record<string, unknown> }[]): Map<string, string | null> {
  const seen = new Map<string, string | null>()
  for (const { eventBody } of frames) {
    const legs = (eventBody?.participants ?? []) as Record<string, never>[]
    for (const { user, state, attributes } of legs as unknown as {
      user?: { id: string }
      state: string
      attributes: Record<string, string>
    }[])
      if (user) seen.set(user.id, state === 'connected' ? (attributes['cueline.badge'] ?? null) : null)
  }
  return seen
}

describe('a floor', () => {
  it('is the same for the same seed, and another for another', async () => {
    const day = async (seed: number): Promise<FloorAgent[]> => {
      memory = await openMemory()
      await memory.control('floor', { ...wish, seed })
      await memory.clock.advance(20_000)
      return (await floor()).members
    }
    const first = await day(7)
    expect(await day(7)).toEqual(first)
    expect(await day(8)).not.toEqual(first)
  })

  it('keeps its pace, and every event of it goes out on the queue of the floor', async () => {
    await memory.control('floor', wish)
    const { frames } = await memory.follow([`v2.routing.queues.${floorQueue}.conversations.calls`])
    await memory.clock.advance(60_000)
    const { events } = await floor()
    expect(events / 60).toBeGreaterThan(0.8 * wish.eventsPerSecond)
    expect(events / 60).toBeLessThan(1.2 * wish.eventsPerSecond)
    expect(frames.filter(({ topicName }) => topicName?.startsWith('v2.routing'))).toHaveLength(events)
  })

  it('is what its topics say: after a while each badge is the truth', async () => {
    await memory.control('floor', wish)
    const { frames } = await memory.follow([`v2.routing.queues.${floorQueue}.conversations.calls`])
    await memory.clock.advance(90_000)
    await memory.control('floor/pause')
    await memory.clock.advance(60_000)
    const { members, isRunning } = await floor()
    expect(isRunning).toBe(false)
    const truth = members.map(({ userId, badge }) => [userId, badge])
    const seen = badgesIn(frames)
    expect(members.map(({ userId }) => [userId, seen.get(userId)])).toEqual(truth)
    const states = new Set(members.map(({ playback }) => playback?.state))
    expect(states.size).toBeGreaterThan(3)
    expect(members.every(({ badge }) => (badge ?? '').length < 256)).toBe(true)
  })

  it('has a thousand people with names of their own, who are in the directory until it closes', async () => {
    await memory.control('floor', { agents: 1000, callsPerMinute: 60 })
    const { members } = await floor()
    expect(new Set(members.map(({ name }) => name)).size).toBe(1000)
    const ids = members.slice(0, 100).map(({ userId }) => `id=${userId}`)
    const path = `/api/v2/users?pageSize=100&expand=presence&expand=routingStatus&${ids.join('&')}`
    const { body } = await memory.api<{ entities: { name: string; routingStatus: { status: string } }[] }>(
      'GET',
      path,
    )
    expect(body.entities.map(({ name }) => name)).toEqual(members.slice(0, 100).map(({ name }) => name))
    const talking = members
      .slice(0, 100)
      .map(({ conversationId }) => (conversationId ? 'INTERACTING' : 'IDLE'))
    expect(body.entities.map(({ routingStatus }) => routingStatus.status)).toEqual(talking)
    await send('DELETE', 'floor')
    expect(await floor()).toBeNull()
    expect((await memory.api('GET', `/api/v2/users/${members[0]!.userId}`)).status).toBe(404)
  })

  it("shows a call of it to those who may see everybody's", async () => {
    await memory.control('floor', wish)
    const { members } = await floor()
    const path = `/api/v2/conversations/calls/${members.find(({ conversationId }) => conversationId)!.conversationId}`
    const lead = await memory.as(supervisorId)
    expect((await lead('GET', path)).status).toBe(200)
    expect((await memory.api('GET', path)).status).toBe(403)
  })

  it.each([
    [{ agents: 1001 }, 'agents'],
    [{ agents: 1.5 }, 'agents'],
    [{ eventsPerSecond: 0 }, 'eventsPerSecond'],
    [{ callsPerMinute: 5, eventsPerSecond: 5 }, 'either'],
    [{ seed: 'x' }, 'seed'],
    [{ sparkle: 1 }, 'sparkle'],
  ])('refuses %j by name', async (body, name) => {
    const answer = await send('POST', 'floor', body)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(name)
  })
})

describe('who belongs to what', () => {
  type Listing = { entities: { id: string; name: string }[]; nextUri?: string }

  it('is told of queues, teams and groups, and of the floor while it is open', async () => {
    const names = async (path: string) =>
      (await memory.api<Listing>('GET', path)).body.entities.map(({ name }) => name)
    expect(await names('/api/v2/routing/queues/me')).toEqual(['Claims', 'Premium care', 'New contracts'])
    expect(await names('/api/v2/teams')).toEqual(['Service centre North', 'Service centre South'])
    expect(await names('/api/v2/groups')).toEqual(['Prompt champions', 'Service centre'])
    await memory.control('floor', { agents: 150 })
    expect(await names('/api/v2/routing/queues/me')).toContain('Busy floor')
    const members = await names(`/api/v2/routing/queues/${floorQueue}/members?pageSize=100&pageNumber=2`)
    expect(members).toHaveLength(52)
    expect(
      (await memory.api('GET', `/api/v2/routing/queues/${floorQueue}/members?pageSize=101`)).status,
    ).toBe(400)
  })

  it('comes with the person where it is asked for', async () => {
    const { body } = await memory.api('GET', '/api/v2/users/me?expand=team&expand=groups')
    expect(body).toMatchObject({
      team: { name: 'Service centre North' },
      groups: [{ name: 'Prompt champions' }],
    })
    expect((await memory.api('GET', '/api/v2/users/me')).body).not.toHaveProperty('team')
  })

  it('is listed from place to place for a team', async () => {
    const { body: teams } = await memory.api<Listing>('GET', '/api/v2/teams')
    const path = `/api/v2/teams/${teams.entities[0]!.id}/members?pageSize=4&expand=name`
    const { body: first } = await memory.api<Listing>('GET', path)
    const { body: second } = await memory.api<Listing>('GET', first.nextUri!)
    expect([...first.entities, ...second.entities]).toHaveLength(6)
    expect(second.nextUri).toBeUndefined()
  })
})

describe('topics of colleagues', () => {
  const callsOf = ({ userId }: FloorAgent) => `v2.users.${userId}.conversations.calls`

  it('are refused for the share of them that is wanted, and for queues as a whole', async () => {
    await memory.control('floor', { agents: 100 })
    await memory.control('settings', { hiddenColleagues: 50, queueTopics: 'refused' })
    const lead = await memory.as(supervisorId)
    const { body: channel } = await lead<{ id: string }>('POST', '/api/v2/notifications/channels')
    const topics = [
      ...(await floor()).members.map(callsOf),
      `v2.routing.queues.${floorQueue}.conversations.calls`,
    ]
    const { body } = await lead<{ entities: { state: string; missingPermissions?: string[] }[] }>(
      'POST',
      `/api/v2/notifications/channels/${channel.id}/subscriptions?ignoreErrors=true`,
      topics.map((id) => ({ id })),
    )
    const states = body.entities.map(({ state }) => state)
    expect(states.slice(0, 100).filter((state) => state === 'Rejected')).toHaveLength(50)
    expect(body.entities.at(-1)).toMatchObject({
      state: 'Rejected',
      missingPermissions: ['routing:queue:view'],
    })
  })
})
