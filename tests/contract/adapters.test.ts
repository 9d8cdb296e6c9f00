// The app's own adapters, through the real SDK client and a real wire, against a real sandbox.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import catalogueFile from '../../sandbox/cdn/files/catalogue.json'
import { catalogueTable } from '../../sandbox/org/catalogue-table'
import { systemClock } from '../../sandbox/org/clock'
import type { Fault } from '../../sandbox/org/fault-kinds'
import { agentId, people } from '../../sandbox/org/people'
import type { Sandbox } from '../../sandbox/server'
import { createAuth } from '../../src/adapters/genesys/auth'
import { createChannels } from '../../src/adapters/genesys/channels'
import { createPlatformClient, type PlatformClient } from '../../src/adapters/genesys/client'
import { createConversations } from '../../src/adapters/genesys/conversations'
import { createDataTable } from '../../src/adapters/genesys/datatables'
import { createPeople } from '../../src/adapters/genesys/people'
import { createArchitectPrompts } from '../../src/adapters/genesys/prompts'
import { readCatalogue, type Catalogue } from '../../src/core/catalogue'
import type { Answer, Refusal } from '../../src/core/errors'
import { watchTraffic, type Traffic } from '../support/sdk-traffic'
import { appUrl, control, openSandbox, openWire, signIn } from './sandbox-harness'

// The SDK publishes itself on `window`: in Node the global object stands in for it.
Object.assign(globalThis, { window: globalThis })

let sandbox: Sandbox
let traffic: Traffic
let callId: string
beforeAll(async () => {
  sandbox = await openSandbox()
  traffic = watchTraffic(sandbox.org)
})
beforeEach(async () => {
  await control(sandbox, 'reset')
  sandbox.org.faults.clear()
  callId = sandbox.org.calls.all()[0]?.conversation.id ?? ''
})
afterAll(async () => {
  await sandbox.close()
  traffic.verify()
})

const clientAt = (gateway: string, timeoutMs = 10_000): PlatformClient =>
  createPlatformClient({ gateway, environment: null, timeoutMs }, systemClock, (url, init) =>
    fetch(url, init),
  )

async function signedIn(userId = agentId, timeoutMs?: number): Promise<PlatformClient> {
  const client = clientAt(sandbox.url, timeoutMs)
  client.setToken((await signIn(sandbox, userId)).token)
  return client
}

const authOf = (client: PlatformClient) =>
  createAuth(client, { clientId: 'any', redirectUri: appUrl, grant: 'implicit' })

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.refusal.kind}: ${answer.refusal.message}`)
  return answer.value
}

async function refusalOf(answer: Promise<Answer<unknown>>): Promise<Refusal> {
  const came = await answer
  if (came.ok) throw new Error('It was not refused.')
  return came.refusal
}

describe('who is signed in', () => {
  it('is told with the scopes of the token', async () => {
    const identity = valueOf(await authOf(await signedIn()).fetchIdentity())
    expect(identity).toMatchObject({ userId: agentId, name: 'Alex Morgan' })
    expect(identity.scopes).toContain('conversations')
  })

  it('is nobody after signing out, and whoever listens hears that the token is refused', async () => {
    const client = await signedIn()
    const auth = authOf(client)
    const { token } = await signIn(sandbox)
    client.setToken(token)
    valueOf(await auth.signOut())
    let refusals = 0
    const undo = client.onTokenRefused(() => (refusals += 1))
    client.setToken(token)
    expect(await refusalOf(auth.fetchIdentity())).toMatchObject({ kind: 'signed-out', status: 401 })
    expect(refusals).toBeGreaterThan(0)
    undo()
  })
})

describe('people', () => {
  it('are found by a part of their name, a handful at most', async () => {
    const { findPeople } = createPeople(await signedIn())
    expect(valueOf(await findPeople('MORGAN'))).toEqual([{ id: agentId, name: 'Alex Morgan' }])
    expect(valueOf(await findPeople('nobody of this name'))).toEqual([])
    expect(valueOf(await findPeople('a')).length).toBe(8)
  })
})

describe('calls', () => {
  it('are read with all that the panel needs of them', async () => {
    const conversations = createConversations(await signedIn())
    const call = valueOf(await conversations.fetchCall(callId))
    expect(call.id).toBe(callId)
    expect(call.participants.find(({ purpose }) => purpose === 'customer')).toMatchObject({
      name: 'Jordan Blake',
      state: 'connected',
      held: false,
      recording: 'active',
      direction: 'inbound',
      attributes: { language: 'en-GB', service_tier: 'standard' },
      supportedCodecs: ['mp3', 'opus', 'pcm'],
      connectedAtMs: expect.any(Number),
      endedAtMs: null,
    })
    expect(call.participants.find(({ purpose }) => purpose === 'agent')).toMatchObject({ userId: agentId })
    expect(valueOf(await conversations.fetchMyCalls())).toContainEqual(call)
  })

  it('of a colleague are not mine', async () => {
    const conversations = createConversations(await signedIn(people[2]?.id))
    expect(valueOf(await conversations.fetchMyCalls())).toEqual([])
    expect(await refusalOf(conversations.fetchCall(callId))).toMatchObject({ kind: 'forbidden', status: 403 })
  })

  it('keep every other attribute when one is written', async () => {
    const conversations = createConversations(await signedIn())
    const customer = async () =>
      valueOf(await conversations.fetchCall(callId)).participants.find((one) => one.purpose === 'customer')
    const { id = '', attributes } = (await customer()) ?? {}
    valueOf(await conversations.writeAttributes(callId, id, { 'cueline.p1': 'welcome|completed' }))
    expect((await customer())?.attributes).toEqual({ ...attributes, 'cueline.p1': 'welcome|completed' })
  })
})

describe('channels', () => {
  it('have an address on which the platform answers', async () => {
    const { id, connectUri } = valueOf(await createChannels(await signedIn()).createChannel())
    expect(connectUri).toContain(id)
    const wire = await openWire(connectUri)
    await wire.ping()
    wire.close()
  })

  it('take the topics that are permitted, and say of each other one why not', async () => {
    const channels = createChannels(await signedIn())
    const { id } = valueOf(await channels.createChannel())
    const mine = `v2.users.${agentId}.conversations.calls`
    const theirs = `v2.users.${people[1]?.id}.conversations.calls`
    expect(valueOf(await channels.subscribe(id, [mine, theirs, 'v2.nobody.knows']))).toEqual([
      { topic: theirs, reason: 'conversation:communication:view' },
      { topic: 'v2.nobody.knows', reason: expect.any(String) },
    ])
    expect(sandbox.org.state().subscriptions).toEqual(
      expect.arrayContaining([expect.objectContaining({ channelId: id })]),
    )
  })
})

/** The standard recordings of the CDN's catalogue that can be played, by prompt and language. */
const onCdn = recordingsOf(readCatalogue(catalogueFile), 'standard')

function recordingsOf({ prompts }: Catalogue, tier: string) {
  return prompts
    .filter(({ key }) => !key.startsWith('faulty-'))
    .flatMap(({ key, recordings }) =>
      recordings
        .filter((recording) => recording.tier === tier)
        .map(({ language, text, durationMs }) => ({ name: `${key}.${language}`, text, durationMs })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

describe('the other sources of the catalogue', () => {
  it("a data table's rows are the recordings of the CDN, with their words and lengths", async () => {
    const catalogue = valueOf(await createDataTable(await signedIn(), catalogueTable.id).fetchCatalogue())
    expect(recordingsOf(catalogue, 'standard')).toEqual(onCdn)
    expect(catalogue.gaps).toEqual([])
    expect(catalogue.prompts.find(({ key }) => key === 'welcome')).toMatchObject({
      title: 'Welcome',
      category: 'Greeting',
      pinned: true,
      recordings: expect.arrayContaining([expect.objectContaining({ language: 'de', medium: 'cdn' })]),
    })
  })

  it("Architect's prompts are the same recordings, and those that are not ready are gaps", async () => {
    const catalogue = valueOf(await createArchitectPrompts(await signedIn(), 'cueline_').fetchCatalogue())
    expect(recordingsOf(catalogue, 'standard')).toEqual(onCdn)
    expect(catalogue.gaps.map(({ reason }) => reason)).toContain('is not ready (transcodeFailed)')
    const others = await createArchitectPrompts(await signedIn(), 'somebody_').fetchCatalogue()
    expect(valueOf(others)).toEqual({ prompts: [], gaps: [] })
  })

  it.each([
    [
      'a data table',
      'architect:datatableRow:view',
      (c: PlatformClient) => createDataTable(c, catalogueTable.id),
    ],
    ['Architect', 'architect:userPrompt:view', (c: PlatformClient) => createArchitectPrompts(c, 'cueline_')],
  ])('%s names the permission that is missing', async (_what, permission, create) => {
    const starter = people.find(({ name }) => name === 'Hana Suzuki')
    const refusal = await refusalOf(create(await signedIn(starter?.id)).fetchCatalogue())
    expect(refusal).toMatchObject({ kind: 'forbidden', status: 403, missing: [permission] })
  })

  it('a data table that is not there is not found', async () => {
    const refusal = await refusalOf(createDataTable(await signedIn(), 'none').fetchCatalogue())
    expect(refusal).toMatchObject({ kind: 'not-found', status: 404, mayHaveArrived: false })
  })
})

describe('refusals', () => {
  const path = '/api/v2/conversations/calls/'
  const met = async (fault: Partial<Fault>, timeoutMs?: number) => {
    const conversations = createConversations(await signedIn(agentId, timeoutMs))
    sandbox.org.faults.add({ kind: 'status', match: { path }, ...fault })
    return refusalOf(conversations.fetchCall(callId))
  }

  it.each([
    [400, 'rejected', false],
    [401, 'signed-out', false],
    [403, 'forbidden', false],
    [404, 'not-found', false],
    [408, 'timeout', true],
    [409, 'conflict', false],
    [410, 'not-found', false],
    [429, 'rate-limited', false],
    [500, 'server-error', true],
    [501, 'rejected', false],
    [502, 'server-error', true],
    [503, 'server-error', true],
    [504, 'server-error', true],
  ])('%i is "%s", and may have arrived: %s', async (status, kind, mayHaveArrived) => {
    const refusal = await met({ status })
    expect(refusal).toMatchObject({ kind, status, mayHaveArrived, retryAfterMs: null })
    expect(refusal.correlationId).toMatch(/^[0-9a-f-]{36}$/)
    expect(refusal.message).not.toMatch(/^HTTP/)
  })

  it('429 says when to come back', async () => {
    expect(await met({ status: 429, retryAfterS: 7 })).toMatchObject({ retryAfterMs: 7_000 })
  })

  it('403 names every permission that is missing', async () => {
    const missingPermissions = ['conversation:call:view', 'conversation:call:edit']
    expect(await met({ status: 403, missingPermissions })).toMatchObject({ missing: missingPermissions })
  })

  it('no answer in time is a time-out', async () => {
    expect(await met({ kind: 'hang' }, 200)).toMatchObject({
      kind: 'timeout',
      status: null,
      mayHaveArrived: true,
    })
  })

  it('a wire that breaks is offline, and may have arrived', async () => {
    expect(await met({ kind: 'lose-answer' })).toMatchObject({ kind: 'offline', mayHaveArrived: true })
  })

  it('nobody who listens is offline', async () => {
    const server = createServer()
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    await new Promise((closed) => server.close(closed))
    const client = clientAt(`http://127.0.0.1:${port}`)
    client.setToken('any')
    expect(await refusalOf(createChannels(client).createChannel())).toMatchObject({
      kind: 'offline',
      status: null,
    })
  })
})
