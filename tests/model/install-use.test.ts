// What the setup made is not only there, it works; and what it may not do, it says, and leaves alone.
import { describe, expect, it } from 'vitest'
import type { Models } from 'purecloud-platform-client-v2'
import { readConfig } from '../../src/core/config'
import { describeReason, describeStep } from '../../src/core/install-words'
import type { Install } from '../../src/services/install'
import { adminId, agentId, people } from '../../sandbox/org/people'
import { setupClient } from '../../sandbox/org/oauth-clients'
import { createInMemoryFetch, signInByCodeInMemory } from '../../sandbox/org/wire'
import { changing, createSetupWorld, type SetupWorld } from '../support/setup-in-memory'

const starter = people.find(({ name }) => name === 'Hana Suzuki')
const starterId = starter?.id ?? ''
const origin = 'http://localhost:4680'

async function installed(world: SetupWorld, install: Install): Promise<Install> {
  await world.during(install.begin())
  await world.during(install.apply())
  expect(install.snapshot.value).toMatchObject({ stage: 'done', problem: null })
  return install
}
const idOf = (install: Install, key: string): string =>
  install.snapshot.value.inventory.find((entry) => entry.key === key)?.id ?? ''

async function api(world: SetupWorld, token: string, method: string, path: string, body?: unknown) {
  const answer = await createInMemoryFetch(world.org)(`${origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
}

describe('what was made', () => {
  it('signs agents in, permits what the role says, and starts the flow in a call', async () => {
    const world = await createSetupWorld(2)
    const install = await installed(world, await world.open({ memberIds: [agentId, starterId] }))
    const clientId = idOf(install, 'client-code')
    const rows = `/api/v2/flows/datatables/${idOf(install, 'table')}/rows`
    const token = await signInByCodeInMemory(world.org, { clientId, userId: starterId })
    expect((await api(world, token, 'GET', rows)).status).toBe(200)

    const mine = await signInByCodeInMemory(world.org, { clientId, userId: agentId })
    const { id, participants } = world.org.calls.all()[0]!.conversation
    const customer = participants.find(({ purpose }) => purpose === 'customer')
    const session = await api(
      world,
      mine,
      'POST',
      `/api/v2/conversations/${id}/participants/${customer?.id}/secureivrsessions`,
      { flowId: idOf(install, 'flow'), userData: 'v1|welcome|en|playback-1' },
    )
    expect(session).toMatchObject({ status: 200, body: { flow: { id: idOf(install, 'flow') } } })
    world.traffic?.verify()
  })

  it('is embedded in the desktop of the members of the group, and of nobody else', async () => {
    const world = await createSetupWorld(3)
    expect(world.org.state().integration).toBeNull()
    await installed(world, await world.open())
    expect(world.org.state().integration).toEqual({
      name: 'Cueline',
      url: expect.stringContaining('http://127.0.0.1:4681/?gcConversationId={{gcConversationId}}&') as string,
      sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups',
      permissions: '',
    })
    expect(world.org.provisioning.embedded(starterId)).toBeNull()
  })

  it('comes as a config.json that the app accepts, and a file to keep, and no secret in either', async () => {
    const world = await createSetupWorld(4)
    const install = await installed(world, await world.open())
    const config = readConfig(install.config())
    expect(config).toMatchObject({
      ok: true,
      config: {
        oauth: { clientId: idOf(install, 'client-code'), grant: 'pkce' },
        backend: 'secure-flow',
        secureFlow: { flowId: idOf(install, 'flow') },
        dataTableId: idOf(install, 'table'),
      },
    })
    const secret = /"secret": "([^"]+)"/.exec(world.org.provisioning.dump())?.[1] ?? 'none'
    const shown = JSON.stringify(install.snapshot.value) + install.config() + install.keep().text
    expect(secret).not.toBe('none')
    expect(shown).not.toContain(secret)
    expect(shown).toContain(idOf(install, 'widget'))
  })

  it('gives back the rows of the table before it goes', async () => {
    const world = await createSetupWorld(5)
    const install = await installed(world, await world.open())
    const token = await signInByCodeInMemory(world.org, { clientId: setupClient.id, userId: adminId })
    const rows = `/api/v2/flows/datatables/${idOf(install, 'table')}/rows`
    const row = { key: 'welcome.de', prompt: 'welcome', language: 'de', pinned: true }
    expect((await api(world, token, 'POST', rows, row)).status).toBe(200)
    await world.during(install.planRemoval())
    expect(JSON.parse(install.keep().text)).toMatchObject({ rows: [row] })
  })
})

describe('an admin without permissions', () => {
  it('sees exactly what is missing and who has it, and nothing is created', async () => {
    const world = await createSetupWorld(6)
    const before = world.dump()
    world.permit(['authorization:role:view'])
    const install = await world.open()
    await world.during(install.begin())
    const { preflight, plan, stage } = install.snapshot.value
    expect(stage).toBe('planned')
    expect(preflight?.missingScopes).toEqual([])
    expect(Object.fromEntries((plan?.steps ?? []).map(({ key, reason }) => [key, reason]))).toEqual({
      role: { kind: 'missing', permissions: ['authorization:role:add'], scopes: [], roles: ['Master Admin'] },
      group: { kind: 'missing', permissions: ['directory:group:add'], scopes: [], roles: ['Master Admin'] },
      grant: {
        kind: 'missing',
        permissions: ['authorization:grant:view'],
        scopes: [],
        roles: ['Master Admin'],
      },
      'client-code': {
        kind: 'missing',
        permissions: ['oauth:client:view'],
        scopes: [],
        roles: ['Master Admin'],
      },
      members: {
        kind: 'missing',
        permissions: ['directory:group:edit'],
        scopes: [],
        roles: ['Master Admin'],
      },
      table: {
        kind: 'missing',
        permissions: ['architect:datatable:view'],
        scopes: [],
        roles: ['Master Admin'],
      },
      flow: { kind: 'missing', permissions: ['architect:flow:view'], scopes: [], roles: ['Master Admin'] },
      widget: {
        kind: 'missing',
        permissions: ['integrations:integration:view'],
        scopes: [],
        roles: ['Master Admin'],
      },
    })
    const [role] = plan?.steps ?? []
    expect(role && describeStep(role)).toBe('Cannot set up the role "Cueline agent"')
    expect(role?.reason && describeReason(role.reason)).toBe(
      'You lack the permission authorization:role:add. Somebody who may grant roles (authorization:grant:add) can give you a role with it. Roles here that have it: Master Admin.',
    )
    await world.during(install.apply())
    expect(install.snapshot.value.problem).toBe('8 parts cannot be done: each says why.')
    expect(changing(world.requests)).toEqual([])
    expect(world.dump()).toBe(before)
    world.traffic?.verify()
  })

  it('who signed in with too narrow a client is told which scopes it lacks', async () => {
    const world = await createSetupWorld(7)
    const install = await installed(world, await world.open())
    const clientId = idOf(install, 'client-code')
    const narrow = await world.open({}, clientId)
    await world.during(narrow.begin())
    const { preflight } = narrow.snapshot.value
    expect(preflight?.missingScopes.map(({ scope }) => scope)).toEqual([
      'authorization',
      'groups',
      'oauth',
      'integrations',
      'architect',
    ])
    await world.during(narrow.apply())
    expect(changing(world.requests).filter(({ status }) => status === 403)).toEqual([])
  })
})

describe('somebody else at the same time', () => {
  it('wins their own fields and we ours: a conflict is read again and merged', async () => {
    const world = await createSetupWorld(8)
    const install = await installed(world, await world.open())
    const id = idOf(install, 'widget')
    const token = await signInByCodeInMemory(world.org, { clientId: setupClient.id, userId: adminId })
    const path = `/api/v2/integrations/${id}/config/current`
    const { http } = world.org
    let isFirst = true
    world.org.http = async (request) => {
      if (request.method === 'PUT' && request.path === path && isFirst) {
        isFirst = false
        const { body } = await api(world, token, 'GET', path)
        const config = body as unknown as Models.IntegrationConfiguration
        const properties = { ...config.properties, queueIdFilterList: ['queue-1'] }
        expect((await api(world, token, 'PUT', path, { ...config, properties })).status).toBe(200)
      }
      return http(request)
    }
    install.choose({ appUrl: 'https://cueline.example.org/' })
    expect(install.snapshot.value.plan?.steps.filter(({ action }) => action === 'update')).toHaveLength(2)
    await world.during(install.apply())
    expect(install.snapshot.value.stage).toBe('done')
    const { body } = await api(world, token, 'GET', path)
    expect(body.properties).toMatchObject({
      url: expect.stringContaining('https://cueline.example.org/?') as string,
      queueIdFilterList: ['queue-1'],
    })
    expect(world.requests.filter(({ status }) => status === 409)).toHaveLength(1)
  })

  it('may have forbidden implicit clients: the platform’s words are shown, and the rest is done', async () => {
    const world = await createSetupWorld(9, { implicitClients: false })
    const install = await world.open({ grant: 'TOKEN' })
    await world.during(install.begin())
    await world.during(install.apply())
    const { stage, progress, plan } = install.snapshot.value
    expect(stage).toBe('failed')
    expect(progress.filter(({ state }) => state !== 'done')).toMatchObject([
      { key: 'client-token', problem: expect.stringContaining('can no longer be created') as string },
    ])
    expect(plan?.steps.filter(({ action }) => action !== 'keep').map(({ key }) => key)).toEqual([
      'client-token',
    ])
  })
})
