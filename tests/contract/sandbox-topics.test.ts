// Which topics the sandbox says exist, and that it says the truth about what they require.
import type { Models } from 'purecloud-platform-client-v2'
import { beforeEach, expect, it } from 'vitest'
import { agentId, people, queues } from '../../sandbox/org/people'
import { firstCall, type Memory, openMemory } from './sandbox-memory'

let memory: Memory
beforeEach(async () => {
  memory = await openMemory()
})

const available = async (query = ''): Promise<Models.AvailableTopic[]> => {
  const path = `/api/v2/notifications/availabletopics${query}`
  return (await memory.api<Models.AvailableTopicEntityListing>('GET', path)).body.entities ?? []
}

it('permissions are named only where they are asked for', async () => {
  const plain = await available()
  expect(plain.every((topic) => !('requiresPermissions' in topic))).toBe(true)
  const whole = await available('?expand=requiresPermissions&expand=requiresCurrentUserOrPermission')
  expect(whole.map(({ id }) => id)).toEqual(plain.map(({ id }) => id))
  expect(whole.every(({ requiresPermissions }) => Array.isArray(requiresPermissions))).toBe(true)
  expect(whole[0]).toMatchObject({ requiresCurrentUserOrPermission: true })
})

it.each([true, false])(
  'the list agrees with what a subscription gets, flow events %s',
  async (flowEvents) => {
    await memory.control('settings', { flowEvents })
    const mine = people.find(({ id }) => id === agentId)!.permissions
    const listed = await available('?expand=requiresPermissions')
    const idFor = (topic: string): string => {
      if (topic.startsWith('v2.users')) return people[1]!.id
      return topic.startsWith('v2.routing') ? queues[0]!.id : firstCall(memory).id
    }
    const wanted = listed.map(({ id = '' }) => id.replace('{id}', idFor(id)))
    const { verdicts } = await memory.follow(wanted)
    const told = listed.map(({ requiresPermissions = [] }) =>
      requiresPermissions.every((permission) => mine.includes(permission)) ? 'Permitted' : 'Rejected',
    )
    expect(verdicts.map(({ state }) => state)).toEqual(told)
    expect(new Set(told)).toEqual(new Set(['Permitted', 'Rejected']))
  },
)
