// Every step, change, reason and outlook of the setup in a sentence that says what happens and what to do.
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../../src/core/errors'
import { backendOutlooks } from '../../../src/core/install-backends'
import { adminPage, configWith, keepsakeText } from '../../../src/core/install-result'
import type { Change, Reason, Step } from '../../../src/core/install-plan'
import { kinds, usualChoices } from '../../../src/core/desired'
import type { Actual } from '../../../src/core/install-found'
import {
  describeBackend,
  describeChange,
  describeProgress,
  describeReason,
  describeStep,
  grantWords,
} from '../../../src/core/install-words'

const step = (change: Partial<Step>): Step => ({
  key: 'role',
  kind: 'role',
  action: 'create',
  name: 'Cueline agent',
  id: null,
  changes: [],
  reason: null,
  needs: [],
  ...change,
})

describe('a step', () => {
  it.each<[Partial<Step>, string]>([
    [{}, 'Create the role "Cueline agent"'],
    [{ action: 'keep' }, 'Keep the role "Cueline agent": it is as it should be'],
    [
      { action: 'keep', reason: { kind: 'leftover' } },
      'Keep the role "Cueline agent": your choices do not need it any more; it is left as it is',
    ],
    [{ action: 'update', kind: 'client', name: 'Cueline' }, 'Change the OAuth client "Cueline"'],
    [
      { action: 'remove', kind: 'table', name: 'Cueline catalogue' },
      'Remove the data table "Cueline catalogue"',
    ],
    [{ kind: 'grant', name: 'Cueline agent to Cueline agents' }, 'Grant Cueline agent to Cueline agents'],
    [{ kind: 'members', name: 'Members of Cueline agents' }, 'Add: Members of Cueline agents'],
    [{ action: 'blocked' }, 'Cannot set up the role "Cueline agent"'],
  ])('%j is "%s"', (change, sentence) => {
    expect(describeStep(step(change))).toBe(sentence)
  })
})

describe('a change', () => {
  it.each<[Change, string]>([
    [{ fact: 'scopes', rule: 'includes', from: ['a'], to: ['b', 'c'] }, 'scopes: add b, c'],
    [{ fact: 'enabled', rule: 'equal', from: false, to: true }, 'switched on: no becomes yes'],
    [{ fact: 'url', rule: 'equal', from: null, to: 'https://a.example/' }, 'address: https://a.example/'],
    [
      { fact: 'groups', rule: 'includes', from: null, to: ['@group'] },
      "only for the groups: add Cueline's group",
    ],
    [
      { fact: 'permissions', rule: 'equal', from: 'camera', to: '' },
      'rights of the frame: camera becomes none',
    ],
  ])('%j is "%s"', (change, sentence) => {
    expect(describeChange(change)).toBe(sentence)
  })
})

describe('a reason', () => {
  const reasons: Reason[] = [
    { kind: 'missing', permissions: ['oauth:client:add'], scopes: ['oauth'], roles: [] },
    {
      kind: 'unreadable',
      refusal: refused({ kind: 'server-error', message: 'HTTP 500', correlationId: 'c1' }).refusal,
    },
    { kind: 'foreign', id: 'x' },
    { kind: 'stray', id: 'x', name: 'Copy' },
    { kind: 'several', ids: ['x', 'y'] },
    { kind: 'no-type', typeId: 'premium-app-cueline' },
    { kind: 'fixed', fact: 'typeId', from: 'a', to: 'b' },
  ]

  it.each(reasons)('of the kind $kind says what is the matter and what to do', (reason) => {
    const said = describeReason(reason)
    expect(said).toMatch(/\.$/)
    expect(said).toMatch(/can give|can add|Look again|look again|take the text|Ask Genesys|Remove/)
    expect(said).not.toMatch(/undefined|null|\[object/)
  })

  it('names both, the permission and the scope, and who can mend each', () => {
    const said = describeReason(reasons[0]!)
    expect(said).toContain('oauth:client:add')
    expect(said).toContain('authorization:grant:add')
    expect(said).toContain('the scope oauth')
  })
})

describe('a way of playing', () => {
  const rights = { scopes: null, carriers: [], types: null }
  const said = (permissions: readonly string[] | null, note: string | null) =>
    backendOutlooks(
      { ...rights, permissions },
      note === null ? null : [{ id: 'f', name: 'f', note, facts: {} }],
    ).map(describeBackend)

  it('of which nobody can know is said to be unknown', () => {
    const [gateway, , leg] = said(null, null)
    expect(gateway).toMatch(/^Media API of a gateway: unknown until tried\. /)
    expect(leg).toMatch(/^Announcement leg: unknown until tried\. /)
  })

  it('by the flow can work where the flow is, or where the admin may publish it', () => {
    expect(said([], '[cueline-setup flow v1]')[1]).toContain(
      'can work here. The flow that plays prompts is published',
    )
    expect(said(['architect:job:create', 'architect:job:view'], '')[1]).toContain('can publish the flow')
    expect(said([], null)[1]).toContain('cannot work here yet')
  })

  it('is signed in to with the timetable of the vendor told', () => {
    expect(grantWords.TOKEN).toMatch(/March 2026.*March 2027/)
    expect(grantWords.CODE).toContain('no secret')
  })
})

it.each([
  [{ state: 'waiting', retries: 0, problem: null }, 'Waiting'],
  [{ state: 'running', retries: 2, problem: 'HTTP 503' }, 'Under way, tried again 2 times'],
  [{ state: 'done', retries: 1, problem: null }, 'Carried out, tried again once'],
  [{ state: 'failed', retries: 0, problem: 'no' }, 'Failed: no'],
  [
    { state: 'skipped', retries: 0, problem: 'Left out: it needs the part "role".' },
    'Left out: it needs the part "role".',
  ],
] as const)('progress %j is "%s"', (progress, sentence) => {
  expect(describeProgress({ key: 'role', ...progress })).toBe(sentence)
})

describe('what is taken along', () => {
  const empty = Object.fromEntries(kinds.map((kind) => [kind, answered([])])) as unknown as Actual
  const entry = { key: 'widget', kind: 'integration', name: 'Cueline', id: 'w1' } as const

  it('links into the admin’s menu of the region, and nowhere where the region is unknown', () => {
    expect(adminPage(entry, 'mypurecloud.de')).toBe(
      'https://apps.mypurecloud.de/directory/#/admin/integrations/apps/w1',
    )
    expect(adminPage(entry, null)).toBeNull()
  })

  it('leaves in config.json what the setup does not know', () => {
    const choices = { ...usualChoices, appUrl: 'https://a.example/', memberIds: [] }
    const present = { oauth: { clientId: 'old', more: 1 }, cdn: { base: 'https://cdn.example' } }
    expect(configWith(present, choices, empty)).toEqual({
      ...present,
      backend: 'secure-flow',
      architect: { read: true },
    })
  })

  it('holds agents to the licence where the types of the AppFoundry are chosen', () => {
    const choices = {
      ...usualChoices,
      appUrl: 'https://a.example/',
      memberIds: [],
      listing: 'premium' as const,
    }
    expect(configWith({}, choices, empty)).toMatchObject({ licence: 'integration:cueline:view' })
  })

  it('says what stays behind when all is gone', () => {
    const text = keepsakeText({
      writtenAtMs: 0,
      organisation: 'Northwind',
      appUrl: 'https://a.example/',
      inventory: [entry],
      config: {},
      rows: [],
      records: [],
    })
    expect(JSON.parse(text)).toMatchObject({ writtenAt: '1970-01-01T00:00:00.000Z', inventory: [entry] })
    expect(text).toContain('audit log')
  })
})
