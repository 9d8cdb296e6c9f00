// Everybody in the organisation, and in which queues, teams and groups: those of every day, and a busy floor while it is open.
import type { Models } from 'purecloud-platform-client-v2'
import { agentId, people, type Person, queues, supervisorId } from './people'

export type NamedQueue = Models.Queue & { id: string; name: string }

/** A queue, a team or a group: a name, and who belongs to it. */
export interface Unit {
  id: string
  name: string
  memberIds: readonly string[]
}

export interface Directory {
  people(): readonly Person[]
  find(id: string | undefined): Person | undefined
  queues(): readonly NamedQueue[]
  queueMembers(queueId: string): readonly Person[]
  teams(): readonly Unit[]
  groups(): readonly Unit[]
  members(unit: Unit): Person[]
  /** Takes these in as the floor, in place of those before; none closes it. */
  setFloor(agents: readonly Person[]): void
}

const teamId = (place: number): string => `7ea30000-0000-4000-8000-${String(place).padStart(12, '0')}`
const groupId = (place: number): string => `9009b000-0000-4000-8000-${String(place).padStart(12, '0')}`

export const floorQueue: NamedQueue = {
  id: 'c1e7d3a0-0000-4000-8000-000000000009',
  name: 'Busy floor',
  selfUri: '/api/v2/routing/queues/c1e7d3a0-0000-4000-8000-000000000009',
}

/** Those of every day who may look at the floor: they are members of its queue and its group. */
const onlookers = [agentId, supervisorId]

const ids = (places: readonly number[]): string[] => places.flatMap((place) => people[place - 1]?.id ?? [])

/** A person is in one team at most, and in as many groups as they like. */
const teams: readonly Unit[] = [
  { id: teamId(1), name: 'Service centre North', memberIds: ids([1, 2, 3, 4, 5, 10]) },
  { id: teamId(2), name: 'Service centre South', memberIds: ids([6, 7, 8, 9]) },
]
const groups: readonly Unit[] = [{ id: groupId(1), name: 'Prompt champions', memberIds: ids([1, 2, 6, 10]) }]

/** Those who take calls are in every queue. */
const takesCalls = (person: Person): boolean => !person.permissions.includes('routing:queue:join')

export function createDirectory(): Directory {
  let floor: readonly Person[] = []
  let byId = new Map(people.map((person) => [person.id, person]))

  const floorUnit = (id: string, others: readonly string[]): Unit[] =>
    floor.length === 0
      ? []
      : [{ id, name: floorQueue.name, memberIds: [...floor.map((agent) => agent.id), ...others] }]
  const members = ({ memberIds }: Pick<Unit, 'memberIds'>): Person[] =>
    memberIds.flatMap((id) => byId.get(id) ?? [])

  return {
    people: () => [...byId.values()],
    find: (id) => byId.get(id ?? ''),
    queues: () =>
      floor.length === 0
        ? queues
        : [...queues, { ...floorQueue, memberCount: floor.length + onlookers.length }],
    queueMembers(queueId) {
      if (queueId === floorQueue.id) return floorUnit(queueId, onlookers).flatMap(members)
      return queues.some(({ id }) => id === queueId) ? people.filter(takesCalls) : []
    },
    teams: () => [...teams, ...floorUnit(teamId(9), [])],
    groups: () => [...groups, ...floorUnit(groupId(9), onlookers)],
    members,
    setFloor(agents) {
      floor = agents
      byId = new Map([...people, ...agents].map((person) => [person.id, person]))
    },
  }
}
