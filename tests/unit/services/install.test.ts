// A setup over a platform that lags, loses answers, conflicts, or signs the admin out in the middle.
import { describe, expect, it } from 'vitest'
import { kinds, usualChoices, type Kind } from '../../../src/core/desired'
import { answered, refused, type Answer } from '../../../src/core/errors'
import type { Found } from '../../../src/core/install-found'
import type { Keeper, Provisioning, Wish } from '../../../src/core/install-ports'
import { createInstall } from '../../../src/services/install'
import { createTestChance, createTestClock } from '../../support/ports'

const lost = refused({ kind: 'offline', message: 'no answer', mayHaveArrived: true })
const conflict = refused({ kind: 'conflict', message: 'older version' })

/** One organisation in a few lines: each kind a list, each deed counted. `meet` may answer in the platform's place. */
function setUp() {
  const things = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<Kind, Found[]>
  const deeds: string[] = []
  const fake = {
    meet: (_deed: string, _carryOut: () => void): Answer<void> | null => null,
    shown: (kind: Kind): readonly Found[] => things[kind],
  }
  const keeperOf = (kind: Kind): Keeper => {
    const put = ({ name, note, facts }: Wish) => {
      const known = things[kind].filter((one) => one.note !== note)
      things[kind] = [...known, { id: `id-${things[kind].length}-${kind}`, name, note, facts }]
    }
    const act = (deed: string, carryOut: () => void): Promise<Answer<void>> => {
      deeds.push(`${deed} ${kind}`)
      const met = fake.meet(`${deed} ${kind}`, carryOut)
      if (met) return Promise.resolve(met)
      carryOut()
      return Promise.resolve(answered(undefined))
    }
    return {
      list: () => Promise.resolve(answered(fake.shown(kind))),
      create: (wish) => act('create', () => put(wish)),
      update: (_id, wish) => act('update', () => put(wish)),
      remove: (id) => act('remove', () => void (things[kind] = things[kind].filter((one) => one.id !== id))),
    }
  }
  const nothing = () => Promise.resolve(answered(undefined))
  const provisioning: Provisioning = {
    keepers: Object.fromEntries(kinds.map((kind) => [kind, keeperOf(kind)])) as unknown as Record<
      Kind,
      Keeper
    >,
    rows: {
      fetchRows: () => Promise.resolve(answered([])),
      addRow: nothing,
      writeRow: nothing,
      removeRow: nothing,
    },
    fetchAdmin: () =>
      Promise.resolve(
        answered({ userId: 'u', name: 'Noor', organisation: 'Northwind', permissions: null, scopes: null }),
      ),
    fetchTypes: () => Promise.resolve(refused({ kind: 'forbidden', message: 'no' })),
    fetchProducts: () => Promise.resolve(refused({ kind: 'forbidden', message: 'no' })),
  }
  const clock = createTestClock(1_000)
  const ports = { provisioning, clock, chance: createTestChance(), records: () => [], config: () => ({}) }
  const choices = {
    ...usualChoices,
    appUrl: 'https://a.example/',
    memberIds: [],
    dataTable: false,
    backend: 'media-api' as const,
  }
  const install = createInstall(ports, choices)
  const run = async (work: Promise<void>): Promise<void> => {
    let isOver = false
    void work.finally(() => (isOver = true))
    for (let second = 0; second < 900 && !isOver; second += 1) await clock.advance(1_000)
  }
  return { fake, deeds, things, install, run, clock, state: () => install.snapshot.value }
}

describe('a creation', () => {
  it('that the list does not show yet is waited for, and never sent again', async () => {
    const { fake, deeds, things, install, run, state } = setUp()
    let hidden = 4
    fake.shown = (kind) => (kind === 'client' && things.client.length > 0 && hidden-- > 0 ? [] : things[kind])
    await run(install.begin())
    await run(install.apply())
    expect(state().stage).toBe('done')
    expect(deeds.filter((deed) => deed === 'create client')).toHaveLength(1)
  })

  it('whose answer was lost is looked for before it is sent again', async () => {
    const { fake, deeds, install, run, state } = setUp()
    let isFirst = true
    fake.meet = (deed, carryOut) => {
      if (deed !== 'create client' || !isFirst) return null
      isFirst = false
      carryOut()
      return lost
    }
    await run(install.begin())
    await run(install.apply())
    expect(state().stage).toBe('done')
    expect(deeds.filter((deed) => deed === 'create client')).toHaveLength(1)
    expect(state().progress.find(({ key }) => key === 'client-code')).toMatchObject({
      state: 'done',
      retries: 1,
    })
  })

  it('that did not arrive is sent again', async () => {
    const { fake, deeds, install, run, state } = setUp()
    let isFirst = true
    fake.meet = (deed) => {
      if (deed !== 'create client' || !isFirst) return null
      isFirst = false
      return lost
    }
    await run(install.begin())
    await run(install.apply())
    expect(state().stage).toBe('done')
    expect(deeds.filter((deed) => deed === 'create client')).toHaveLength(2)
  })

  it('that is refused leaves out what stands on it, and does the rest', async () => {
    const { fake, deeds, install, run, state } = setUp()
    fake.meet = (deed) =>
      deed === 'create group' ? refused({ kind: 'rejected', message: 'too many groups' }) : null
    await run(install.begin())
    await run(install.apply())
    expect(state().stage).toBe('failed')
    expect(state().problem).toContain('look again')
    expect(Object.fromEntries(state().progress.map((one) => [one.key, one.state]))).toEqual({
      role: 'done',
      group: 'failed',
      grant: 'skipped',
      'client-code': 'done',
      widget: 'skipped',
    })
    expect(deeds).not.toContain('create integration')
  })
})

it('a conflict is tried again at once with what is there by then', async () => {
  const { fake, things, install, run, state } = setUp()
  await run(install.begin())
  await run(install.apply())
  things.client = things.client.map((client) => ({ ...client, facts: { ...client.facts, scopes: [] } }))
  let conflicts = 3
  fake.meet = (deed) => (deed === 'update client' && conflicts-- > 0 ? conflict : null)
  await run(install.begin())
  await run(install.apply())
  expect(state()).toMatchObject({ stage: 'done', problem: null })
})

it('a sign-in that ends stops the run, and says so', async () => {
  const { fake, deeds, install, run, state } = setUp()
  fake.meet = (deed) =>
    deed === 'create group' ? refused({ kind: 'signed-out', message: 'HTTP 401' }) : null
  await run(install.begin())
  await run(install.apply())
  expect(state()).toMatchObject({
    stage: 'failed',
    problem: 'You are signed out. Sign in again, then look again.',
  })
  expect(deeds).toEqual(['create role', 'create group'])
})

describe('nothing is sent', () => {
  it('before there is a plan, and twice at once', async () => {
    const { deeds, install, run } = setUp()
    await run(install.apply())
    expect(deeds).toEqual([])
    await run(install.begin())
    await run(Promise.all([install.apply(), install.apply()]).then(() => undefined))
    expect(deeds.filter((deed) => deed.startsWith('create'))).toHaveLength(5)
  })

  it('once the setup was left', async () => {
    const { fake, deeds, install, run } = setUp()
    await run(install.begin())
    fake.meet = (deed) => {
      if (deed === 'create group') install.dispose()
      return null
    }
    await run(install.apply())
    expect(deeds).toEqual(['create role', 'create group'])
  })

  it('to remove anything before the file was taken', async () => {
    const { deeds, things, install, run, state } = setUp()
    await run(install.begin())
    await run(install.apply())
    await run(install.planRemoval())
    await run(install.apply())
    expect(deeds.filter((deed) => deed.startsWith('remove'))).toEqual([])
    expect(state().problem).toContain('file to keep')
    expect(JSON.parse(install.keep().text)).toMatchObject({ organisation: 'Northwind' })
    await run(install.apply())
    expect(state().stage).toBe('removed')
    expect(Object.values(things).flat()).toEqual([])
  })
})
