// From an empty organisation to all of it and back, over the real adapters and the sandbox's whole estate.
import { expect, it } from 'vitest'
import { changing, createSetupWorld } from '../support/setup-in-memory'

it('sets up an empty organisation, changes nothing the second time, and leaves it as it was', async () => {
  const world = await createSetupWorld(1)
  const before = world.dump()
  const install = await world.open({ instances: ['widget', 'app'] })
  await world.during(install.begin())
  expect(install.snapshot.value).toMatchObject({ stage: 'planned', problem: null })
  expect(install.snapshot.value.plan?.steps.map(({ key, action }) => [key, action])).toEqual([
    ['role', 'create'],
    ['group', 'create'],
    ['grant', 'create'],
    ['client-code', 'create'],
    ['members', 'create'],
    ['table', 'create'],
    ['flow', 'create'],
    ['widget', 'create'],
    ['app', 'create'],
  ])
  await world.during(install.apply())
  expect(install.snapshot.value).toMatchObject({ stage: 'done', problem: null })
  world.traffic?.verify()

  world.requests.length = 0
  await world.during(install.begin())
  await world.during(install.apply())
  expect(install.snapshot.value.stage).toBe('done')
  expect(changing(world.requests)).toEqual([])

  await world.during(install.planRemoval())
  await world.during(install.apply())
  expect(install.snapshot.value.problem).toContain('file to keep')
  install.keep()
  await world.during(install.apply())
  expect(install.snapshot.value).toMatchObject({ stage: 'removed', problem: null, inventory: [] })
  expect(world.dump()).toBe(before)
  world.traffic?.verify()
})
