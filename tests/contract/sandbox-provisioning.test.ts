// What an admin can set up in the sandbox, and how it refuses: permissions, scopes, names, versions, and things in use.
import { beforeEach, describe, expect, it } from 'vitest'
import { panelClient, setupClient } from '../../sandbox/org/oauth-clients'
import { adminId, agentId, people } from '../../sandbox/org/people'
import { createInMemoryFetch, signInByCodeInMemory, signInInMemory } from '../../sandbox/org/wire'
import { type Memory, openMemory, origin } from './sandbox-memory'

type Body = Record<string, unknown> & { id: string; code?: string; message?: string }

let memory: Memory
let api: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Body }>
beforeEach(async () => {
  memory = await openMemory()
  await memory.control('settings', { estate: 'empty' })
  api = clientOf(await signInByCodeInMemory(memory.org, { clientId: setupClient.id, userId: adminId }))
})

const clientOf = (token: string): typeof api => {
  return async (method, path, body) => {
    const answer = await createInMemoryFetch(memory.org)(`${origin}/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Body }
  }
}

const role = { name: 'Tester', permissionPolicies: [{ domain: 'a', entityName: 'b', actionSet: ['view'] }] }
const group = {
  name: 'Testers',
  type: 'official',
  rulesVisible: true,
  visibility: 'public',
  rolesEnabled: true,
}
const client = {
  name: 'Test',
  authorizedGrantType: 'CODE',
  registeredRedirectUri: ['https://a.example/'],
  scope: [],
}
const widget = { name: 'Test', integrationType: { id: 'embedded-client-app-interaction-widget' } }
const schema = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['key'],
  properties: { key: { type: 'string' }, pinned: { type: 'boolean' }, durationMs: { type: 'integer' } },
}
const table = { name: 'Test', schema }

describe('who may not', () => {
  it('is told the permission; a change of permissions holds at once', async () => {
    await memory.control(`permissions/${adminId}`, { permissions: ['authorization:role:view'] })
    expect((await api('GET', '/authorization/roles')).status).toBe(200)
    const { status, body } = await api('POST', '/authorization/roles', role)
    expect([status, body.code, body.message]).toEqual([
      403,
      'missing.any.permissions',
      expect.stringContaining('[authorization:role:add]'),
    ])
    await memory.control(`permissions/${adminId}`, { permissions: null })
    expect((await api('POST', '/authorization/roles', role)).status).toBe(200)
  })

  it('is told their own permissions where they ask for them', async () => {
    await memory.control(`permissions/${adminId}`, { permissions: ['a:b:view'] })
    const { body } = await api('GET', '/users/me?expand=authorization')
    expect(body.authorization).toEqual({ permissions: ['a:b:view'] })
    expect((await api('GET', '/users/me')).body).not.toHaveProperty('authorization')
  })

  it('is told the scope that the client lacks', async () => {
    await memory.control('settings', { estate: 'ready' })
    const narrow = clientOf(await signInInMemory(memory.org, adminId))
    expect(await narrow('POST', '/authorization/roles', role)).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('lacks the scope authorization') as string },
    })
  })
})

describe('names and versions', () => {
  it.each([
    ['/authorization/roles', role],
    ['/groups', group],
    ['/flows/datatables', table],
  ])('of %s are taken once only', async (path, body) => {
    expect((await api('POST', path, body)).status).toBe(200)
    expect(await api('POST', path, { ...body, name: body.name.toUpperCase() })).toMatchObject({
      status: 409,
      body: { code: 'name.taken' },
    })
  })

  it('an older version of a configuration, or of a group, is a conflict', async () => {
    const { body } = await api('POST', '/integrations', widget)
    const path = `/integrations/${body.id}/config/current`
    const { body: config } = await api('GET', path)
    const properties = { url: 'https://a.example/' }
    expect((await api('PUT', path, { ...config, properties })).body).toMatchObject({ version: 2, properties })
    expect((await api('PUT', path, { ...config, properties })).status).toBe(409)

    const { body: made } = await api('POST', '/groups', group)
    const members = { memberIds: [agentId], version: made.version }
    expect((await api('POST', `/groups/${made.id}/members`, members)).status).toBe(202)
    expect((await api('POST', `/groups/${made.id}/members`, members)).status).toBe(409)
  })
})

describe('an integration', () => {
  it('is born bare and off, needs an address to be on, and goes only when it is off', async () => {
    const { body } = await api('POST', '/integrations', widget)
    expect(body).toMatchObject({ name: 'Test', notes: '', intendedState: 'DISABLED' })
    const path = `/integrations/${body.id}`
    expect((await api('PATCH', path, { intendedState: 'ENABLED' })).status).toBe(400)
    const { body: config } = await api('GET', `${path}/config/current`)
    await api('PUT', `${path}/config/current`, { ...config, properties: { url: 'https://a.example/' } })
    expect((await api('PATCH', path, { intendedState: 'ENABLED' })).status).toBe(200)
    expect((await api('DELETE', path)).status).toBe(409)
    await api('PATCH', path, { intendedState: 'DISABLED' })
    expect((await api('DELETE', path)).status).toBe(200)
    expect((await api('GET', path)).status).toBe(404)
  })

  it.each([
    ['a message widget', { url: 'https://a.example/', communicationTypeFilter: 'message' }],
    ['a field of another type', { url: 'https://a.example/', displayType: 'standalone' }],
    ['no address', {}],
  ])('is refused as %s', async (_what, properties) => {
    const { body } = await api('POST', '/integrations', widget)
    const { body: config } = await api('GET', `/integrations/${body.id}/config/current`)
    const answer = await api('PUT', `/integrations/${body.id}/config/current`, { ...config, properties })
    expect(answer.status).toBe(400)
  })

  it('of a type that is not here cannot be made', async () => {
    const other = { name: 'x', integrationType: { id: 'premium-app-cueline' } }
    expect((await api('POST', '/integrations', other)).status).toBe(404)
    await memory.control('estate', { kind: 'type', name: 'premium-app-cueline' })
    expect((await api('POST', '/integrations', other)).status).toBe(200)
  })
})

describe('an OAuth client', () => {
  it('signs people in on its own address with its own scopes, until it is removed', async () => {
    const { body } = await api('POST', '/oauth/clients', { ...client, scope: ['users:readonly'] })
    const signIn = { clientId: body.id, redirectUri: 'https://a.example/' }
    const token = await signInByCodeInMemory(memory.org, signIn)
    expect((await clientOf(token)('GET', '/tokens/me')).body).toMatchObject({
      authorizedScope: ['users:readonly'],
    })
    await expect(
      signInByCodeInMemory(memory.org, { ...signIn, redirectUri: 'https://b.example/' }),
    ).rejects.toThrow('not exactly one of those registered')
    expect((await api('DELETE', `/oauth/clients/${body.id}`)).status).toBe(204)
    expect((await clientOf(token)('GET', '/tokens/me')).status).toBe(401)
  })

  it('of the implicit grant is refused where the organisation has none any more', async () => {
    const implicit = { ...client, authorizedGrantType: 'TOKEN' }
    expect((await api('POST', '/oauth/clients', implicit)).status).toBe(200)
    await memory.control('settings', { implicitClients: false })
    expect((await api('POST', '/oauth/clients', implicit)).status).toBe(400)
  })

  it('keeps its grant, and names addresses without a query', async () => {
    const { body } = await api('POST', '/oauth/clients', client)
    const changed = { ...client, authorizedGrantType: 'TOKEN' }
    expect((await api('PUT', `/oauth/clients/${body.id}`, changed)).status).toBe(400)
    const queried = { ...client, registeredRedirectUri: ['https://a.example/?a=b'] }
    expect((await api('POST', '/oauth/clients', queried)).status).toBe(400)
  })

  it('of the panel is not there in an empty organisation', async () => {
    await expect(signInInMemory(memory.org)).rejects.toThrow('No token')
    const { body } = await api('GET', '/oauth/clients')
    expect(JSON.stringify(body)).not.toContain(panelClient.id)
    expect(JSON.stringify(body)).not.toContain(setupClient.id)
  })
})

describe('a role', () => {
  it('that a group has permits its members, and goes from them with group or role', async () => {
    const agent = people.find(({ name }) => name === 'Hana Suzuki')?.id ?? ''
    const permission = { domain: 'architect', entityName: 'flow', actionSet: ['view'] }
    const { body: made } = await api('POST', '/authorization/roles', {
      ...role,
      permissionPolicies: [permission],
    })
    const { body: team } = await api('POST', '/groups', group)
    await api('POST', `/groups/${team.id}/members`, { memberIds: [agent], version: team.version })
    const { body: home } = await api('GET', '/authorization/divisions/home')
    const grants = { grants: [{ roleId: made.id, divisionId: home.id }] }
    const subject = `/authorization/subjects/${team.id}`
    const token = await signInByCodeInMemory(memory.org, { clientId: setupClient.id, userId: agent })
    const look = async () => (await clientOf(token)('GET', '/flows')).status

    expect(await look()).toBe(403)
    expect((await api('POST', `${subject}/bulkadd?subjectType=PC_GROUP`, grants)).status).toBe(204)
    expect(await look()).toBe(200)
    expect((await api('GET', subject)).body.grants).toMatchObject([{ role: { id: made.id, name: 'Tester' } }])
    expect((await api('DELETE', `/authorization/roles/${made.id}`)).status).toBe(204)
    expect(await look()).toBe(403)
    expect((await api('GET', subject)).body.grants).toEqual([])
  })
})

describe('a data table', () => {
  it('has rows as its schema says, each key once', async () => {
    const { body } = await api('POST', '/flows/datatables', table)
    const rows = `/flows/datatables/${body.id}/rows`
    const row = { key: 'welcome.de', pinned: true, durationMs: 1200 }
    expect(await api('POST', rows, row)).toMatchObject({ status: 200, body: row })
    expect((await api('POST', rows, row)).status).toBe(409)
    expect((await api('POST', rows, { key: 'b', pinned: 'yes' })).status).toBe(400)
    expect((await api('POST', rows, { key: 'b', sparkle: true })).status).toBe(400)
    expect((await api('PUT', `${rows}/welcome.de`, { ...row, pinned: false })).status).toBe(200)
    expect((await api('GET', `${rows}/welcome.de?showbrief=false`)).body).toMatchObject({ pinned: false })
    expect((await api('DELETE', `${rows}/welcome.de`)).status).toBe(204)
    expect((await api('GET', rows)).body).toMatchObject({ total: 0 })
  })

  it('needs a key, and loses no column', async () => {
    const keyless = { ...table, schema: { ...schema, required: [] } }
    expect((await api('POST', '/flows/datatables', keyless)).status).toBe(400)
    const { body } = await api('POST', '/flows/datatables', table)
    const less = { ...table, schema: { ...schema, properties: { key: { type: 'string' } } } }
    expect((await api('PUT', `/flows/datatables/${body.id}`, less)).status).toBe(400)
  })
})

describe('a flow', () => {
  const publish = async (file: string) => {
    const { body: job } = await api('POST', '/flows/jobs', {})
    const headers = job.headers as Record<string, string>
    const put = createInMemoryFetch(memory.org)
    const strange = await put(String(job.presignedUrl), { method: 'PUT', body: file })
    expect(strange.status).toBe(404)
    expect((await put(String(job.presignedUrl), { method: 'PUT', headers, body: file })).status).toBe(200)
    expect((await api('GET', `/flows/jobs/${job.id}`)).body.status).toBe('Running')
    await memory.clock.advance(2_000)
    return (await api('GET', `/flows/jobs/${job.id}`)).body
  }

  it('is published by a job, anew under the same name, and can be removed', async () => {
    const first = await publish('secureCall:\n  name: test\n  description: "One"\n')
    expect(first).toMatchObject({ status: 'Success', flow: { id: expect.any(String) as string } })
    const second = await publish('secureCall:\n  name: test\n  description: "Two"\n')
    expect(second.flow).toEqual(first.flow)
    const { id } = first.flow as { id: string }
    expect((await api('GET', `/flows/${id}`)).body).toMatchObject({ name: 'test', description: 'Two' })
    expect((await api('DELETE', `/flows/${id}`)).status).toBe(204)
    expect((await api('GET', '/flows?type=securecall')).body).toMatchObject({ total: 0 })
  })

  it('that nobody can read fails with a message', async () => {
    expect(await publish('inboundCall:\n  name: test\n')).toMatchObject({
      status: 'Failure',
      messages: [{ type: 'Error' }],
    })
  })
})

describe('the estate', () => {
  it('is told as the same text for the same things, and things of others can be put into it', async () => {
    const before = memory.org.provisioning.dump()
    await memory.control('estate', { kind: 'role', name: 'Somebody else', note: 'By hand' })
    expect(memory.org.provisioning.dump()).not.toBe(before)
    const { body } = await api('GET', '/authorization/roles?name=somebody%20else')
    const [made] = body.entities as { id: string }[]
    expect((await api('DELETE', `/authorization/roles/${made?.id}`)).status).toBe(204)
    expect(memory.org.provisioning.dump()).toBe(before)
  })

  it('begins anew with a reset, and as somebody left it where it is ready', async () => {
    await api('POST', '/authorization/roles', role)
    await memory.control('settings', { estate: 'ready' })
    expect(memory.org.state().integration).toMatchObject({ name: 'Cueline' })
    expect(memory.org.provisioning.dump()).not.toContain('Tester')
  })
})
