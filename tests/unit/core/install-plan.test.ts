// Desired + actual -> steps: created, kept, changed, removed, or blocked with the reason.
import { describe, expect, it } from 'vitest'
import { desiredState, kinds, usualChoices, type InstallChoices } from '../../../src/core/desired'
import { answered, refused } from '../../../src/core/errors'
import type { Actual, Found } from '../../../src/core/install-found'
import { birthName, markedKey, markedNote } from '../../../src/core/install-marker'
import { isSettled, planInstall, planRemoval } from '../../../src/core/install-plan'
import type { Rights } from '../../../src/core/install-rights'

const choices: InstallChoices = {
  ...usualChoices,
  appUrl: 'https://cueline.example.org/',
  memberIds: ['anna'],
}
const wanted = desiredState(choices)
const anyone: Rights = { permissions: null, scopes: null, carriers: [], types: null }
const empty = Object.fromEntries(kinds.map((kind) => [kind, answered([])])) as unknown as Actual

/** All that is wanted, as if it had been made a moment ago. */
function installed(): Record<(typeof kinds)[number], Found[]> {
  const things = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<
    (typeof kinds)[number],
    Found[]
  >
  for (const { key, kind, name, note, facts } of wanted) {
    const values = Object.entries(facts).map(([fact, { value }]) => [
      fact,
      JSON.parse(JSON.stringify(value).replace(/"@([a-z-]+)"/g, '"id-$1"')) as Found['facts'][string],
    ])
    things[kind].push({ id: `id-${key}`, name, note, facts: Object.fromEntries(values) as Found['facts'] })
  }
  return things
}
const actualOf = (things: ReturnType<typeof installed>): Actual =>
  Object.fromEntries(kinds.map((kind) => [kind, answered(things[kind])])) as unknown as Actual
const stepOf = (actual: Actual, key: string, rights = anyone, leftovers: 'keep' | 'remove' = 'keep') =>
  planInstall(wanted, actual, rights, leftovers).steps.find((step) => step.key === key)

describe('the marker', () => {
  it.each([
    ['Words. [cueline-setup role]', 'role'],
    ['Words. [cueline-setup flow v12]', 'flow'],
    ['[cueline-setup client-code]', 'client-code'],
    ['Words about the cueline-setup role', null],
    ['[cueline-setup]', null],
    ['[cueline-setup role] and [cueline-setup group]', null],
    ['', null],
  ])('in %j is %j', (note, key) => {
    expect(markedKey(note)).toBe(key)
  })
})

describe('a plan', () => {
  it('creates all in an empty organisation, what is needed first', () => {
    const { steps } = planInstall(wanted, empty, anyone, 'keep')
    expect(steps.map(({ action }) => action)).toEqual(wanted.map(() => 'create'))
    expect(steps.map(({ key }) => key).indexOf('group')).toBeLessThan(
      steps.map(({ key }) => key).indexOf('widget'),
    )
  })

  it('keeps all where all is as wanted', () => {
    const plan = planInstall(wanted, actualOf(installed()), anyone, 'keep')
    expect(plan.steps.map(({ action }) => action)).toEqual(wanted.map(() => 'keep'))
    expect(isSettled(plan)).toBe(true)
  })

  it('changes only what does not hold, and leaves what an admin added', () => {
    const things = installed()
    const client = things.client[0]!
    things.client = [
      {
        ...client,
        facts: {
          ...client.facts,
          redirectUris: ['https://staging.example.org/'],
          scopes: ['notifications', 'wem'],
        },
      },
    ]
    const step = stepOf(actualOf(things), 'client-code')
    expect(step).toMatchObject({ action: 'update', id: 'id-client-code' })
    const changed = new Map(step?.changes.map(({ fact, to }) => [fact, to]))
    expect(changed.get('redirectUris')).toEqual(['https://cueline.example.org/'])
    expect(changed.get('scopes')).not.toContain('notifications')
    expect(changed.has('tokenSeconds')).toBe(false)
  })

  it('publishes a newer flow', () => {
    const things = installed()
    things.flow = [{ ...things.flow[0]!, note: markedNote('Older.', 'flow', 0) }]
    expect(stepOf(actualOf(things), 'flow')).toMatchObject({ action: 'update', changes: [{ fact: 'note' }] })
  })

  it('goes on with an integration that was only just created', () => {
    const things = installed()
    const name = birthName('Cueline', 'widget')
    things.integration = [
      {
        id: 'w',
        name,
        note: name,
        facts: { typeId: things.integration[0]!.facts.typeId!, enabled: false, hooks: [] },
      },
    ]
    const step = stepOf(actualOf(things), 'widget')
    expect(step).toMatchObject({ action: 'update', id: 'w' })
    expect(step?.changes.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['name', 'url', 'enabled']))
  })

  it('keeps what is no longer chosen, unless it is told to remove it', () => {
    const things = installed()
    const implicit = {
      id: 'old',
      name: 'Cueline (implicit)',
      note: markedNote('Old.', 'client-token'),
      facts: {},
    }
    things.client.push(implicit)
    const actual = actualOf(things)
    expect(stepOf(actual, 'client-token')).toMatchObject({ action: 'keep', reason: { kind: 'leftover' } })
    expect(stepOf(actual, 'client-token', anyone, 'remove')).toMatchObject({ action: 'remove', id: 'old' })
  })
})

describe('blocked is', () => {
  const foreign = (name: string, note = 'Made by hand'): Found => ({ id: 'foreign', name, note, facts: {} })

  it('what somebody else has under the same name, in whatever case', () => {
    const things = installed()
    things.role = [foreign(' CUELINE agent')]
    const actual = actualOf({ ...things, grant: [] })
    expect(stepOf(actual, 'role')).toMatchObject({
      action: 'blocked',
      reason: { kind: 'foreign', id: 'foreign' },
    })
    expect(stepOf(actual, 'grant')).toMatchObject({
      action: 'blocked',
      reason: { kind: 'waits', for: 'role' },
    })
  })

  it('nothing where ours is beside it', () => {
    const things = installed()
    things.client.push(foreign('Cueline'))
    expect(stepOf(actualOf(things), 'client-code')).toMatchObject({ action: 'keep', id: 'id-client-code' })
  })

  it('what bears our marker under another name: a copy, or ours renamed', () => {
    const things = installed()
    things.role = [foreign('Copy of Cueline agent', markedNote('Copied.', 'role'))]
    expect(stepOf(actualOf(things), 'role')).toMatchObject({ reason: { kind: 'stray', id: 'foreign' } })
  })

  it('what is there several times', () => {
    const things = installed()
    things.integration.push({ ...things.integration[0]!, id: 'second' })
    expect(stepOf(actualOf(things), 'widget')).toMatchObject({
      reason: { kind: 'several', ids: ['id-widget', 'second'] },
    })
  })

  it('an integration of a type that does not exist here, or of another type than wanted', () => {
    const rights = { ...anyone, types: ['embedded-client-app'] }
    const typeId = 'embedded-client-app-interaction-widget'
    expect(stepOf(empty, 'widget', rights)).toMatchObject({ reason: { kind: 'no-type', typeId } })
    const things = installed()
    const widget = things.integration[0]!
    things.integration = [{ ...widget, facts: { ...widget.facts, typeId: 'premium-widget-cueline' } }]
    expect(stepOf(actualOf(things), 'widget')).toMatchObject({ reason: { kind: 'fixed', fact: 'typeId' } })
  })

  it('what the admin may not do, with the permission, the scope, and the roles that have it', () => {
    const rights: Rights = {
      permissions: ['oauth:client:view', 'authorization:*:view'],
      scopes: ['oauth:readonly', 'authorization'],
      carriers: [
        { role: 'Master Admin', policies: ['oauth:client:*'] },
        { role: 'Clerk', policies: ['oauth:client:view'] },
      ],
      types: null,
    }
    expect(stepOf(empty, 'client-code', rights)?.reason).toEqual({
      kind: 'missing',
      permissions: ['oauth:client:add'],
      scopes: ['oauth'],
      roles: ['Master Admin'],
    })
    expect(stepOf(empty, 'role', rights)?.reason).toMatchObject({
      permissions: ['authorization:role:add'],
      scopes: [],
    })
    expect(stepOf(empty, 'table', rights)?.reason).toMatchObject({
      permissions: ['architect:datatable:view'],
      scopes: ['architect:readonly'],
    })
  })

  it('what could not be read: by the names in the refusal, else by its words', () => {
    const forbidden = refused({ kind: 'forbidden', message: 'no', missing: ['oauth:client:view'] })
    expect(stepOf({ ...empty, client: forbidden }, 'client-code')?.reason).toMatchObject({
      kind: 'missing',
      permissions: ['oauth:client:view'],
    })
    const broken = refused({ kind: 'server-error', message: 'HTTP 500' })
    expect(stepOf({ ...empty, client: broken }, 'client-code')?.reason).toMatchObject({ kind: 'unreadable' })
  })
})

describe('a removal', () => {
  it('takes away all that is ours, what stands on others first, and nothing else', () => {
    const things = installed()
    things.role.push({ id: 'foreign', name: 'employee', note: '', facts: {} })
    things.grant.push({ id: 'other', name: '', note: '', facts: { subject: 'id-group', role: 'foreign' } })
    const { steps } = planRemoval(actualOf(things), anyone)
    expect(steps.map(({ key, action, id }) => [key, action, id])).toEqual([
      ['widget', 'remove', 'id-widget'],
      ['flow', 'remove', 'id-flow'],
      ['table', 'remove', 'id-table'],
      ['client-code', 'remove', 'id-client-code'],
      ['grant', 'remove', 'id-grant'],
      ['group', 'remove', 'id-group'],
      ['role', 'remove', 'id-role'],
    ])
  })

  it('has nothing to do where nothing is ours, and tells what only looks so', () => {
    expect(planRemoval(empty, anyone).steps).toEqual([])
    const copy = { id: 'copy', name: 'My own', note: markedNote('Copied.', 'table'), facts: {} }
    expect(planRemoval({ ...empty, table: answered([copy]) }, anyone).steps).toMatchObject([
      { key: 'table', action: 'keep', reason: { kind: 'stray', id: 'copy' } },
    ])
  })

  it('is blocked where it cannot look', () => {
    const rights: Rights = { ...anyone, permissions: [] }
    expect(planRemoval(empty, rights).steps.map(({ kind, action }) => [kind, action])).toEqual([
      ['integration', 'blocked'],
      ['flow', 'blocked'],
      ['table', 'blocked'],
      ['client', 'blocked'],
      ['role', 'blocked'],
    ])
  })
})
