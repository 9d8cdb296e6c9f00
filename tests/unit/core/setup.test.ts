// The setup's own decisions: what it reads of config.json, what was chosen before, what an admin lacks, which page is shown.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backends } from '../../../src/adapters/playback/backends'
import { readConfig, type Config } from '../../../src/core/config'
import { backendMedia } from '../../../src/core/backend-media'
import { backendNames } from '../../../src/core/backend-names'
import { usualChoices, type InstallChoices } from '../../../src/core/desired'
import { rememberedChoices } from '../../../src/core/install-choices'
import { lacksFor } from '../../../src/core/install-lack'
import type { Plan, Step } from '../../../src/core/install-plan'
import type { InventoryEntry } from '../../../src/core/install-result'
import type { InstallState } from '../../../src/core/install-run'
import type { Capabilities } from '../../../src/core/ports'
import { readSetupConfig } from '../../../src/core/setup-config'
import { pageFor, type SetupPage } from '../../../src/core/setup-page'
import {
  abilities,
  announce,
  describeLack,
  describeLanguage,
  describePlan,
  describeTypes,
  withNames,
} from '../../../src/core/setup-words'

const choices: InstallChoices = {
  ...usualChoices,
  appUrl: 'https://cueline.example.org/',
  memberIds: ['anna'],
}
const entry = (key: string, kind: InventoryEntry['kind']): InventoryEntry => ({
  key,
  kind,
  name: key,
  id: `id-${key}`,
})
const step = (of: Partial<Step>): Step => ({
  key: 'role',
  kind: 'role',
  action: 'create',
  name: 'Cueline agent',
  id: null,
  changes: [],
  reason: null,
  needs: [],
  ...of,
})

describe('config.json for the setup', () => {
  const read = (file: unknown) => readSetupConfig(JSON.stringify(file))

  it('has a client of its own for the admin, by code unless it says otherwise', () => {
    const reading = read({
      oauth: { clientId: 'panel' },
      setup: { clientId: 'setup' },
      api: { environment: 'mypurecloud.de' },
    })
    expect(reading).toMatchObject({
      ok: true,
      config: { gateway: null, environment: 'mypurecloud.de', signIn: { clientId: 'setup', grant: 'pkce' } },
    })
  })

  it("falls back to the panel's client, and does not mind that the panel's part is not complete", () => {
    const reading = read({ oauth: { clientId: 'panel' }, backend: 'secure-flow' })
    expect(reading).toMatchObject({ ok: true, config: { signIn: { clientId: 'panel', grant: 'implicit' } } })
  })

  it.each([
    ['(file)', []],
    ['(file)', 'text'],
    ['setup', {}],
    ['setup', { setup: { clientId: 'a b' }, oauth: { clientId: 'panel' } }],
    ['setup', { oauth: { clientId: 7 } }],
    ['api', { api: { gateway: 'http://gateway.example' }, setup: { clientId: 'x' } }],
    ['api', { api: { gateway: 'https://me@gateway.example' }, setup: { clientId: 'x' } }],
    ['api', { api: { environment: 'https://x' }, setup: { clientId: 'x' } }],
  ])('names the field %s where it is wrong: %j', (field, file) => {
    const reading = read(file)
    expect(reading.ok ? null : reading.complaints.map((complaint) => complaint.field)).toEqual([field])
  })

  it('never throws, whatever the file holds', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof readSetupConfig(text).ok === 'boolean'))
    fc.assert(fc.property(fc.json(), (text) => typeof readSetupConfig(text).ok === 'boolean'))
  })

  it('does not go to a login with the example that the app came with', () => {
    expect(read({ oauth: { clientId: 'replace-with-your-oauth-client-id' } })).toMatchObject({
      ok: false,
      complaints: [{ field: 'setup' }],
    })
  })
})

describe('what was chosen before', () => {
  it('is told from what is there', () => {
    const there = [entry('client-token', 'client'), entry('app', 'integration')]
    expect(rememberedChoices(choices, there, 'media-api')).toMatchObject({
      grant: 'TOKEN',
      instances: ['app'],
      dataTable: false,
      backend: 'media-api',
    })
    expect(
      rememberedChoices(choices, [...there, entry('flow', 'flow'), entry('table', 'table')], 'x'),
    ).toMatchObject({
      backend: 'secure-flow',
      dataTable: true,
    })
  })

  it('is not told from a run that broke off before its end', () => {
    expect(rememberedChoices(choices, [entry('role', 'role')], 'media-api')).toBe(choices)
  })
})

describe('what an admin lacks', () => {
  const admin = (permissions: readonly string[] | null, scopes: readonly string[] | null = null) => ({
    userId: 'u',
    name: 'Noor',
    organisation: null,
    permissions,
    scopes,
  })
  const names = (lacks: ReturnType<typeof lacksFor>) =>
    lacks.flatMap(({ permissions, scopes }) => [...permissions, ...scopes])

  it('is nothing where the platform does not say, or a star covers it', () => {
    expect(lacksFor(choices, admin(null), null)).toEqual([])
    expect(lacksFor(choices, admin(['*']), null)).toEqual([])
  })

  it('is all at once, of that which is wanted only', () => {
    const all = names(lacksFor(choices, admin([]), null))
    expect(all).toContain('authorization:role:view')
    expect(all).toContain('authorization:role:add')
    expect(all).not.toContain('authorization:role:edit')
    const less = names(lacksFor({ ...choices, dataTable: false, backend: 'media-api' }, admin([]), null))
    expect(all.filter((name) => !less.includes(name)).every((name) => name.startsWith('architect:'))).toBe(
      true,
    )
  })

  it('is no right to create what is there, but the one to change it where it has to be', () => {
    const plan: Plan = { steps: [step({ id: 'id-role', action: 'blocked' })] }
    const role = lacksFor(choices, admin([]), plan).find(({ kind }) => kind === 'role')
    expect(role?.permissions).toEqual(['authorization:role:view', 'authorization:role:edit'])
  })

  it('asks for the wider scope only', () => {
    const role = lacksFor(choices, admin(null, []), null).find(({ kind }) => kind === 'role')
    expect(role?.scopes).toEqual(['authorization'])
    expect(describeLack([role!])).toBe('You lack 1 scope. Nothing was changed.')
  })
})

describe('the page', () => {
  const state = (of: Partial<InstallState>): InstallState => ({
    stage: 'planned',
    purpose: 'install',
    choices,
    preflight: null,
    plan: null,
    progress: [],
    inventory: [],
    kept: false,
    problem: null,
    ...of,
  })
  const ran: InstallState['progress'] = [{ key: 'role', state: 'failed', retries: 0, problem: 'x' }]
  const inPlace = [entry('widget', 'integration')]

  it.each<[string, Partial<InstallState>, SetupPage, boolean, SetupPage]>([
    ['begins with the check', {}, 'check', true, 'check'],
    ['begins with what is in place', { inventory: inPlace }, 'check', true, 'result'],
    [
      'begins with the check where a run broke off',
      { inventory: [entry('role', 'role')] },
      'check',
      true,
      'check',
    ],
    ['stays where the admin is', { inventory: inPlace }, 'choose', false, 'choose'],
    ['stays at the plan while it runs', { stage: 'applying' }, 'plan', false, 'plan'],
    ['ends with what exists', { stage: 'done' }, 'plan', false, 'result'],
    ['shows the steps of a run that failed', { stage: 'failed', progress: ran }, 'check', false, 'plan'],
    ['stays where nothing could be read', { stage: 'failed' }, 'check', true, 'check'],
    ['goes out', { stage: 'preflight', purpose: 'remove' }, 'result', false, 'removal'],
    ['is out', { stage: 'removed', purpose: 'remove' }, 'removal', false, 'removal'],
    ['comes back from the way out', { inventory: inPlace }, 'removal', false, 'result'],
    ['begins anew when all is gone', {}, 'removal', false, 'check'],
  ])('%s', (_, of, page, isFirst, wanted) => expect(pageFor(state(of), page, isFirst)).toBe(wanted))

  it('is announced: which step of how many runs', () => {
    const running = state({
      stage: 'applying',
      plan: { steps: [step({}), step({ key: 'group', kind: 'group', name: 'Cueline agents' })] },
      progress: [
        { key: 'role', state: 'done', retries: 0, problem: null },
        { key: 'group', state: 'running', retries: 0, problem: null },
      ],
    })
    expect(announce(running)).toBe('Step 2 of 2: Create the group "Cueline agents"')
    expect(announce(state({ stage: 'failed', problem: 'No.' }))).toBe('No.')
  })
})

describe('words', () => {
  it('say what a plan does', () => {
    expect(describePlan([step({}), step({ action: 'keep' }), step({ action: 'blocked' })])).toBe(
      '1 to create, 1 left as they are, 1 that cannot be done.',
    )
    expect(describePlan([])).toBe('There is nothing of Cueline here.')
  })

  it('say the language of the desktop by name and tag', () => {
    expect(describeLanguage('de_de')).toBe('German (Germany), de-DE')
    expect(describeLanguage(null)).toMatch(/^not told/)
  })

  it('name people, and those whose name is not known by their id', () => {
    const change = { fact: 'members', rule: 'includes', from: null, to: ['a', 'b'] } as const
    expect(withNames(change, [{ id: 'a', name: 'Anna' }]).to).toEqual(['Anna', 'b'])
  })

  it('say which integration types are missing, and that unread ones are unknown', () => {
    expect(describeTypes([]).map(({ tone }) => tone)).toEqual(['failed', 'failed', 'idle'])
    expect(describeTypes(null).map(({ tone }) => tone)).toEqual(['unknown'])
  })
})

describe.each(backendNames)('what is said of %s', (name) => {
  it('is what the backend itself says', async () => {
    const never = () => () => undefined
    const create = await backends[name]?.()
    if (create === undefined) throw new Error(`There is no backend ${name}.`)
    const backend = create(
      {
        platform: { request: () => Promise.reject(new Error('nothing is asked')) },
        wire: {
          sendAndConfirm: () => Promise.resolve(false),
          addTopics: () => Promise.resolve([]),
          onTopic: never,
          onMedia: never,
          onConnected: never,
        },
        calls: { conversation: () => null, onConversation: never },
        clock: { now: () => 0, after: never },
      },
      configOf(name),
    )
    const { stop, agentHears, recorded, medium }: Capabilities = backend.capabilities
    expect(backendMedia[name]).toBe(medium)
    const said = abilities[name]
    expect(said.stop.startsWith('possible')).toBe(stop)
    expect(said.agent).toMatch(
      { yes: /^hears/, no: /^does not/, 'as the gateway does': /^as the/ }[agentHears],
    )
    expect(said.recording).toMatch(
      { yes: /^has it/, no: /^has a gap/, 'as the gateway does': /^as the/ }[recorded],
    )
    backend.dispose()
  })
})

function configOf(backend: string): Config {
  const reading = readConfig(
    JSON.stringify({
      oauth: { clientId: 'c' },
      cdn: { base: 'https://cdn.example' },
      backend,
      secureFlow: { flowId: 'f' },
      announcementLeg: { pattern: 'sip:{key}@x' },
    }),
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading.complaints))
  return reading.config
}
