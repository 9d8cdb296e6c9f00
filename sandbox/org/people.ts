// Who works in the organisation, in which queues, and what their roles permit.
import type { Models } from 'purecloud-platform-client-v2'

export interface Person {
  id: string
  name: string
  title: string
  department: string
  permissions: readonly string[]
}

export const organisation: Models.NamedEntity = {
  id: '7d0f0a4e-5b3c-4f0e-9a51-0b7f3f2f5a10',
  name: 'Northwind Care',
}

const starterPermissions = ['routing:queue:view']
const agentPermissions = [
  ...starterPermissions,
  'architect:userPrompt:view',
  'architect:datatable:view',
  'architect:datatableRow:view',
  'groups:team:view',
]
const leadPermissions = [...agentPermissions, 'conversation:communication:view', 'routing:queue:join']
const every = (entity: string, ...actions: string[]): string[] =>
  actions.map((action) => `${entity}:${action}`)
const adminPermissions = [
  ...leadPermissions,
  ...every('authorization:role', 'view', 'add', 'edit', 'delete'),
  ...every('authorization:grant', 'view', 'add', 'delete'),
  ...every('directory:group', 'add', 'edit', 'delete'),
  ...every('oauth:client', 'view', 'add', 'edit', 'delete'),
  ...every('integrations:integration', 'view', 'add', 'edit', 'delete'),
  ...every('architect:datatable', 'add', 'edit', 'delete'),
  ...every('architect:datatableRow', 'add', 'edit', 'delete'),
  ...every('architect:userPrompt', 'add', 'edit', 'delete'),
  ...every('architect:flow', 'view', 'delete'),
  ...every('architect:job', 'create', 'view'),
]

const agentTitle = 'Customer adviser'
const colleagueNames = [
  'Amina Okafor',
  'Ben Fischer',
  'Carla Jiménez',
  'Davide Ricci',
  'Elif Yilmaz',
  'Freya Lindqvist',
  'Goran Petrović',
  'Hana Suzuki',
]

/** Started last week: the role of the panel is still to be given to them. */
const starterName = 'Hana Suzuki'

const personId = (place: number): string => `5a9e1c00-0000-4000-8000-${String(place).padStart(12, '0')}`

export const people: readonly Person[] = [
  person(1, 'Alex Morgan', agentTitle, agentPermissions),
  ...colleagueNames.map((name, index) =>
    person(index + 2, name, agentTitle, name === starterName ? starterPermissions : agentPermissions),
  ),
  person(10, 'Linda Berger', 'Team lead', leadPermissions),
  person(11, 'Noor de Vries', 'Administrator', adminPermissions),
]

function person(place: number, name: string, title: string, permissions: readonly string[]): Person {
  return { id: personId(place), name, title, department: 'Service centre', permissions }
}

/** The one whose desktop the sandbox shows. */
export const agentId = personId(1)

/** The one who may set Cueline up. */
export const adminId = personId(11)

/** The one who listens in where a call is monitored. */
export const supervisorId = personId(10)

export const queues: readonly (Models.Queue & { id: string; name: string })[] = [
  { id: 'c1e7d3a0-0000-4000-8000-000000000001', name: 'Claims', memberCount: 9 },
  { id: 'c1e7d3a0-0000-4000-8000-000000000002', name: 'Premium care', memberCount: 9 },
  { id: 'c1e7d3a0-0000-4000-8000-000000000003', name: 'New contracts', memberCount: 9 },
].map((queue) => ({ ...queue, selfUri: `/api/v2/routing/queues/${queue.id}` }))

export const findPerson = (id: string | undefined): Person | undefined =>
  people.find((candidate) => candidate.id === id)
