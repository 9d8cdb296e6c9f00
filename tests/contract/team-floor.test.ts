// A team of a thousand through the real adapters: read by pages, followed under the limits, and true when all is quiet.
import { beforeEach, describe, expect, it } from 'vitest'
import type { FloorAgent, FloorState } from '../../sandbox/org/floor'
import { people, supervisorId } from '../../sandbox/org/people'
import { createInMemoryFetch, createInMemorySocket, signInInMemory } from '../../sandbox/org/wire'
import { createChannels } from '../../src/adapters/genesys/channels'
import { createPlatformClient } from '../../src/adapters/genesys/client'
import { createConversations } from '../../src/adapters/genesys/conversations'
import { createDirectory } from '../../src/adapters/genesys/directory'
import { lingerMs, type Badge } from '../../src/core/badge'
import type { Circle } from '../../src/core/team'
import { createSnapshot } from '../../src/services/snapshot'
import type { SessionState } from '../../src/services/session'
import { createTeam } from '../../src/services/team'
import { createDeskInMemory, type DeskInMemory } from '../support/desk-in-memory'
import { keptStorageOf, tabStorageOf } from '../support/desk-parts'

const gateway = 'http://localhost:4680'
let desk: DeskInMemory
beforeEach(() => {
  desk = createDeskInMemory(3)
})

const control = (path: string, body: object = {}) =>
  createInMemoryFetch(desk.org)(`${gateway}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })

async function floor(): Promise<FloorState> {
  const answer = await createInMemoryFetch(desk.org)(`${gateway}/sandbox/floor`, { method: 'GET' })
  return (await answer.json()) as FloorState
}

async function signedIn(userId = supervisorId) {
  const settings = { gateway, environment: null, timeoutMs: 10_000 }
  const platform = createPlatformClient(settings, desk.clock, createInMemoryFetch(desk.org))
  platform.setToken(await signInInMemory(desk.org, userId))
  return platform
}

async function openTeam() {
  const platform = await signedIn()
  const identity = { userId: supervisorId, name: 'Linda', scopes: null }
  const team = createTeam({
    clock: desk.clock,
    chance: { number: () => 0.5, id: () => 'id' },
    storage: tabStorageOf(new Map()),
    kept: keptStorageOf(new Map()),
    channels: createChannels(platform),
    openSocket: createInMemorySocket(desk.org),
    conversations: createConversations(platform),
    directory: createDirectory(platform),
    session: {
      snapshot: createSnapshot<SessionState>({ status: 'signed-in', identity, renewalDue: false }),
      refused: () => undefined,
    },
  })
  await desk.clock.advance(200)
  const busy = team.snapshot.value.circles.find(({ name, kind }) => name === 'Busy floor' && kind === 'queue')
  if (busy === undefined) throw new Error('The floor is not offered.')
  await team.choose(busy)
  await desk.clock.advance(3_000)
  return team
}

/** What the floor says of an agent, in the words of a badge. */
function truthOf({ conversationId, playback }: FloorAgent): Badge['state'] {
  if (conversationId === null) return 'idle'
  if (playback === null) return 'on a call'
  if (playback.state === 'playing') return 'playing'
  if (playback.state === 'completed') return 'done'
  return playback.state === 'unknown' ? 'unknown' : 'failed'
}

describe('the directory', () => {
  it('offers the own team, queues and groups, each once', async () => {
    const { circles, refusals } = await createDirectory(await signedIn(people[0]?.id)).fetchCircles()
    expect(refusals).toEqual([])
    expect(circles.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'team Service centre North',
      'queue Claims',
      'queue Premium care',
      'queue New contracts',
      'group Prompt champions',
    ])
  })

  it.each(['team', 'queue', 'group'] as const)('reads all members of a %s, page by page', async (kind) => {
    await control('floor', { agents: 250, seed: 1 })
    const platform = await signedIn()
    const ids: Record<Circle['kind'], string> = {
      team: '7ea30000-0000-4000-8000-000000000009',
      queue: 'c1e7d3a0-0000-4000-8000-000000000009',
      group: '9009b000-0000-4000-8000-000000000009',
    }
    const answer = await createDirectory(platform).fetchMembers({ kind, id: ids[kind], name: '' })
    if (!answer.ok) throw new Error(answer.refusal.message)
    expect(new Set(answer.value).size).toBe(kind === 'team' ? 250 : 252)
    desk.traffic.verify()
  })

  it('reads people with their pictures and whether they are busy, a hundred in one request', async () => {
    await control('floor', { agents: 200, eventsPerSecond: 50, seed: 1 })
    await desk.clock.advance(10_000)
    const { members } = await floor()
    const asked = members.slice(0, 100).map(({ userId }) => userId)
    const answer = await createDirectory(await signedIn()).fetchPeople([...asked, 'nobody'].slice(1))
    if (!answer.ok) throw new Error(answer.refusal.message)
    expect(answer.value.map(({ userId }) => userId)).toEqual(asked.slice(1))
    for (const { userId, name, activity } of answer.value) {
      const truth = members.find((member) => member.userId === userId)
      expect({ name, busy: activity?.busy }).toEqual({
        name: truth?.name,
        busy: truth?.conversationId !== null,
      })
    }
    desk.traffic.verify()
  })

  it('says which permission a refusal names', async () => {
    const starter = people.find(({ name }) => name === 'Hana Suzuki')?.id
    const directory = createDirectory(await signedIn(starter))
    const team: Circle = { kind: 'team', id: '7ea30000-0000-4000-8000-000000000001', name: '' }
    expect(await directory.fetchMembers(team)).toMatchObject({
      ok: false,
      refusal: { kind: 'forbidden', missing: ['groups:team:view'] },
    })
  })
})

describe('a thousand agents at 200 events a second', { timeout: 120_000 }, () => {
  it('end in badges that each equal the truth, seen or fallen back', async () => {
    await control('floor', { agents: 1_000, eventsPerSecond: 200, seed: 5 })
    await desk.clock.advance(5_000)
    const team = await openTeam()
    expect(team.snapshot.value).toMatchObject({ total: 1_002, connection: 'live', gaps: [] })
    await desk.clock.advance(30_000)
    await control('floor/pause')
    // Outcomes stay for a while after their call: then only what is true now is left.
    await desk.clock.advance(lingerMs + 2_000)
    const { members, events } = await floor()
    expect(events).toBeGreaterThan(5_000)
    const wrong = members.flatMap((agent) => {
      const badge = team.row(agent.userId)?.badge
      // A prompt that was to end while the floor stood still is over by its own length.
      const isOverdue = badge?.because === 'overdue' && truthOf(agent) === 'playing'
      const isUnseen = badge?.because === 'not seen' && agent.conversationId !== null
      return badge?.state === truthOf(agent) || isOverdue || isUnseen ? [] : [{ agent, badge }]
    })
    expect(wrong).toEqual([])
    const seen = members.filter(({ userId }) => team.row(userId)?.badge.because !== 'not seen')
    expect(seen.length).toBeGreaterThan(900)
    team.dispose()
  })
})
