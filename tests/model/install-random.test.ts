// The setup in random organisations: things of others, runs that broke off, gaps in what the admin may do, and requests
// that fail. However it went: no doubles, nothing of others touched, and in the end everything is as it was.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InstallChoices } from '../../src/core/desired'
import { isSettled } from '../../src/core/install-plan'
import { people } from '../../sandbox/org/people'
import { changing, createSetupWorld, troubles, type SetupWorld } from '../support/setup-in-memory'
import { seed } from '../support/seed'

const numRuns = Number(process.env.CUELINE_RUNS ?? 300)

const admin = people.find(({ title }) => title === 'Administrator')
const rights = (admin?.permissions ?? []).filter((name) => /^(auth|dir|oauth|integr|architect)/.test(name))

/** Things of others: some under our names, some with the marker of one of ours on something else. */
const foreign = fc.record({
  kind: fc.constantFrom('role', 'group', 'client', 'integration', 'table', 'flow'),
  name: fc.constantFrom(
    'Cueline agent',
    'Cueline agents',
    'cueline',
    'Cueline catalogue',
    'cueline-prompt',
    'Other',
  ),
  note: fc.constantFrom(
    '',
    'Made by somebody else',
    'Copied [cueline-setup role]',
    'Copied [cueline-setup widget]',
  ),
})

/** With kind, name and marker of ours it would be ours: there is nothing else to know it by. */
const isOurs = ({ kind, name, note }: { kind: string; name: string; note: string }): boolean =>
  kind === 'role' && name === 'Cueline agent' && note.includes('[cueline-setup role]')

const choices: fc.Arbitrary<Partial<InstallChoices>> = fc.record({
  grant: fc.constantFrom('CODE' as const, 'TOKEN' as const),
  backend: fc.constantFrom('secure-flow' as const, 'media-api' as const),
  dataTable: fc.boolean(),
  instances: fc.subarray(['widget' as const, 'app' as const]),
  leftovers: fc.constantFrom('keep' as const, 'remove' as const),
})

const schedules = fc.record({
  world: fc.nat(1_000_000),
  foreign: fc.uniqueArray(
    foreign.filter((thing) => !isOurs(thing)),
    {
      maxLength: 4,
      selector: ({ kind, name }) => `${kind}/${name.toLowerCase()}`,
    },
  ),
  choices,
  /** Earlier runs with choices of their own, each left after so many requests. */
  broken: fc.array(fc.record({ after: fc.integer({ min: 1, max: 80 }), choices }), { maxLength: 2 }),
  gaps: fc.oneof(fc.constant<string[]>([]), fc.subarray(rights, { maxLength: 4 })),
  everyNth: fc.constantFrom(0, 2, 3, 5, 8, 13),
  trouble: fc.constantFrom(...troubles),
})
type Schedule = typeof schedules extends fc.Arbitrary<infer T> ? T : never

/** Each of ours at most once: told by marker and name, in the organisation itself. */
function expectNoDoubles(world: SetupWorld, strays: number): void {
  const estate = JSON.parse(world.dump()) as Record<string, unknown>
  const flat = JSON.stringify(estate)
  const marks = [...flat.matchAll(/"(?:description|notes)":"[^"]*(\[cueline-setup [a-z-]+)/g)].map(
    ([, mark]) => mark,
  )
  const copies = marks.length - new Set(marks).size
  expect(copies).toBeLessThanOrEqual(strays)
}

/** Every single thing that was there before is there still, to the letter. */
function expectForeignUntouched(world: SetupWorld, before: string): void {
  const things = (dump: string): string[] =>
    Object.values(JSON.parse(dump) as Record<string, unknown>)
      .filter(Array.isArray)
      .flat()
      .map((thing) => JSON.stringify(thing))
  expect(things(world.dump())).toEqual(expect.arrayContaining(things(before)))
}

/** The browser is closed in the middle of a request: whether it arrived nobody knows, and nothing follows. */
async function breakOff(world: SetupWorld, after: number, wishes: Partial<InstallChoices>): Promise<void> {
  const install = await world.open(wishes)
  Object.assign(world.faults, { dieAfter: after, hasDied: false })
  await world.during(install.begin().then(install.apply))
  install.dispose()
  Object.assign(world.faults, { dieAfter: null, hasDied: false })
}

async function run(schedule: Schedule): Promise<void> {
  const world = await createSetupWorld(schedule.world, {}, false)
  const strays = schedule.foreign.filter(({ note }) => note.includes('[cueline-setup')).length
  for (const { kind, name, note } of schedule.foreign) world.seed(kind, name, note)
  const before = world.dump()

  Object.assign(world.faults, { everyNth: schedule.everyNth, trouble: schedule.trouble })
  for (const { after, choices: wishes } of schedule.broken) await breakOff(world, after, wishes)
  expectNoDoubles(world, strays)
  expectForeignUntouched(world, before)

  world.permit((admin?.permissions ?? []).filter((name) => !schedule.gaps.includes(name)))
  const troubled = await world.open(schedule.choices)
  await world.during(troubled.begin())
  await world.during(troubled.apply())
  const { stage, problem } = troubled.snapshot.value
  expect(['done', 'failed']).toContain(stage)
  if (stage === 'failed') expect(problem).not.toBeNull()
  expectNoDoubles(world, strays)
  expectForeignUntouched(world, before)
  troubled.dispose()

  // The next run completes what broke off; the one after it has nothing to do.
  world.faults.everyNth = 0
  const next = await world.open(schedule.choices)
  await world.during(next.begin())
  await world.during(next.apply())
  await world.during(next.begin())
  const { plan } = next.snapshot.value
  expect(plan && isSettled(plan)).toBe(true)
  for (const step of plan?.steps ?? []) if (step.action === 'blocked') expect(step.reason).not.toBeNull()
  expectNoDoubles(world, strays)
  expectForeignUntouched(world, before)
  world.requests.length = 0
  await world.during(next.apply())
  expect(changing(world.requests)).toEqual([])

  // Whoever may do everything takes all of it away, through faults and again without.
  world.permit(null)
  world.faults.everyNth = schedule.everyNth
  for (const everyNth of [schedule.everyNth, 0]) {
    world.faults.everyNth = everyNth
    await world.during(next.planRemoval())
    next.keep()
    await world.during(next.apply())
  }
  expect(next.snapshot.value).toMatchObject({ stage: 'removed', problem: null })
  expect(world.dump()).toBe(before)
  next.dispose()
}

test(
  `${numRuns} organisations are set up and left as they were`,
  { timeout: 60_000 + numRuns * 1_000 },
  async () => {
    const result = await fc.check(fc.asyncProperty(schedules, run), {
      numRuns,
      seed,
    })
    // On failure: the seed, the shrunk organisation and what was broken, in one message.
    if (result.failed) {
      const broken = result.errorInstance instanceof Error ? result.errorInstance.message : ''
      throw new Error(`${broken}\n${fc.defaultReportMessage(result) ?? ''}`)
    }
    expect(result.numRuns).toBe(numRuns)
  },
)
