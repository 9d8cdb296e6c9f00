// A lead's team beside an agent's real panel, over the whole organisation in memory: what one plays, the other sees.
import { afterEach, describe, expect, it } from 'vitest'
import { agentId, people, supervisorId } from '../../sandbox/org/people'
import { createInMemoryFetch, createInMemorySocket, signInInMemory } from '../../sandbox/org/wire'
import { createChannels } from '../../src/adapters/genesys/channels'
import { createPlatformClient } from '../../src/adapters/genesys/client'
import { createConversations } from '../../src/adapters/genesys/conversations'
import { createDirectory } from '../../src/adapters/genesys/directory'
import type { Platform } from '../../src/core/ports'
import { createSnapshot } from '../../src/services/snapshot'
import type { SessionState } from '../../src/services/session'
import { createTeam, type Team } from '../../src/services/team'
import { createDeskInMemory, promptMs, type DeskInMemory, type OpenPanel } from '../support/desk-in-memory'
import { counted, countedClock, keptStorageOf, tabStorageOf } from '../support/desk-parts'

const gateway = 'http://localhost:4680'

/** The browser of somebody else: storage that outlives a reload, and nothing shared with the agent's. */
function createOnlooker(desk: DeskInMemory, userId = supervisorId) {
  const sockets = new Set<object>()
  const timers = new Set<object>()
  const clock = countedClock(desk.clock, timers)
  const tab = new Map<string, string>()
  const kept = new Map<string, string>()
  const open = async (): Promise<{ team: Team; platform: Platform }> => {
    const settings = { gateway, environment: null, timeoutMs: 10_000 }
    const platform = createPlatformClient(settings, clock, createInMemoryFetch(desk.org))
    platform.setToken(await signInInMemory(desk.org, userId))
    const identity = { userId, name: 'Linda', scopes: null }
    const session: SessionState = { status: 'signed-in', identity, renewalDue: false }
    const team = createTeam({
      clock,
      chance: { number: () => 0.5, id: () => 'id' },
      storage: tabStorageOf(tab),
      kept: keptStorageOf(kept),
      channels: createChannels(platform),
      openSocket: counted(createInMemorySocket(desk.org), sockets),
      conversations: createConversations(platform),
      directory: createDirectory(platform),
      session: { snapshot: createSnapshot<SessionState>(session), refused: () => undefined },
    })
    await desk.clock.advance(500)
    return { team, platform }
  }
  return { open, sockets, timers }
}

const opened: { desk: DeskInMemory; close: (() => void)[] }[] = []
afterEach(() => {
  for (const { desk, close } of opened.splice(0)) {
    for (const end of close) end()
    expect([desk.openSockets(), desk.pendingTimers()]).toEqual([0, 0])
    desk.traffic.verify()
  }
})

async function setUp() {
  const desk = createDeskInMemory(7)
  const agent = await desk.open()
  const onlooker = createOnlooker(desk)
  const { team } = await onlooker.open()
  const close = [() => team.dispose(), () => agent.crash()]
  opened.push({ desk, close })
  return { desk, agent, onlooker, team, close, badge: () => team.row(agentId)?.badge }
}

function click({ panel }: OpenPanel): void {
  const [prompt] = panel.prompts.snapshot.value.prompts
  if (prompt === undefined) throw new Error('There is no prompt.')
  panel.queue.request(prompt)
}

const stateOf = ({ panel }: OpenPanel) => panel.playback.snapshot.value.current?.state

describe('what an agent plays', () => {
  it('is seen by their lead within a second of its start, from start to outcome', async () => {
    const { desk, agent, badge } = await setUp()
    click(agent)
    for (let ms = 0; stateOf(agent) !== 'playing' && ms < 5_000; ms += 50) await desk.clock.advance(50)
    const startedAtMs = agent.panel.playback.snapshot.value.current?.times.startedAtMs ?? 0
    for (let ms = 0; badge()?.state !== 'playing' && ms < 1_000; ms += 10) await desk.clock.advance(10)
    expect(badge()).toMatchObject({
      state: 'playing',
      sinceMs: startedAtMs,
      conversationId: desk.interactionId,
      note: { promptKey: 'welcome', language: 'en', durationMs: promptMs },
    })
    expect(desk.clock.now() - startedAtMs).toBeLessThan(1_000)
    await desk.clock.advance(promptMs + 1_000)
    expect(stateOf(agent)).toBe('completed')
    expect(badge()).toMatchObject({ state: 'done' })
  })

  it('is seen again by a lead who reloads in the middle of it', async () => {
    const { desk, agent, onlooker, team, close } = await setUp()
    click(agent)
    await desk.clock.advance(1_500)
    expect(team.row(agentId)?.badge.state).toBe('playing')
    team.dispose()
    const again = await onlooker.open()
    close.push(() => again.team.dispose())
    expect(stateOf(agent)).toBe('playing')
    expect(again.team.row(agentId)?.badge).toMatchObject({ state: 'playing', note: { promptKey: 'welcome' } })
    await desk.clock.advance(promptMs)
    expect(again.team.row(agentId)?.badge.state).toBe('done')
  })

  it('is told to its end by the agent’s next panel after a reload in the middle', async () => {
    const { desk, agent, close, badge } = await setUp()
    click(agent)
    await desk.clock.advance(1_500)
    agent.crash()
    const again = await desk.open()
    close.push(() => again.crash())
    await desk.clock.advance(promptMs + 1_000)
    expect(stateOf(again)).toBe('completed')
    expect(badge()).toMatchObject({ state: 'done', note: { state: 'completed' } })
  })

  it('and what breaks off is seen as interrupted, also after the call', async () => {
    const { desk, agent, badge } = await setUp()
    click(agent)
    await desk.clock.advance(1_500)
    desk.change({ disconnected: true })
    await desk.clock.advance(2_000)
    expect(badge()).toMatchObject({ state: 'failed', note: { state: 'interrupted' } })
    await desk.clock.advance(60_000)
    expect(badge()?.state).toBe('idle')
  })

  it('costs the play not one request before it is heard, and two notes in all', async () => {
    const { desk, agent } = await setUp()
    await desk.clock.advance(2_000)
    const before = desk.requests.length
    click(agent)
    await desk.clock.advance(promptMs + 5_000)
    const sent = desk.requests.slice(before).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)
    expect(sent).toEqual(['POST play', 'PATCH attributes', 'PATCH attributes', 'PATCH attributes'])
    const call = desk.org.calls.get(desk.interactionId).conversation
    const badges = call.participants.map(({ attributes }) => attributes?.['cueline.badge']).filter(Boolean)
    expect(badges).toHaveLength(1)
    expect(badges[0]?.length).toBeLessThan(256)
  })
})

describe('a colleague without the permission', () => {
  it('sees that they do not see, and which permission would show it', async () => {
    const desk = createDeskInMemory(8)
    const onlooker = createOnlooker(desk, people[1]?.id)
    const { team } = await onlooker.open()
    opened.push({ desk, close: [() => team.dispose()] })
    const { gaps, chosen } = team.snapshot.value
    expect(chosen).toMatchObject({ kind: 'team', name: 'Service centre North' })
    expect(gaps).toMatchObject([{ kind: 'calls', permissions: ['conversation:communication:view'] }])
    expect(team.row(agentId)?.badge).toMatchObject({ sight: 'presence' })
    expect(team.row(people[1]?.id ?? '')?.badge).toMatchObject({ sight: 'calls' })
  })
})

it('leaves nothing behind', async () => {
  const { onlooker, team } = await setUp()
  team.dispose()
  expect([onlooker.sockets.size, onlooker.timers.size]).toEqual([0, 0])
})
