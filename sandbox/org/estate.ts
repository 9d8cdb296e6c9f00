// What an organisation owns and an admin can change: roles, groups, OAuth clients, integrations, data tables, flows.
import type { Models } from 'purecloud-platform-client-v2'
import { notFound } from './refusal'

type Kept<T> = T & { id: string; name: string }
type Cell = string | number | boolean

export type Role = Kept<Models.DomainOrganizationRole>
export interface Grant {
  subjectId: string
  roleId: string
  divisionId: string
  grantMadeAt: string
}
export interface OwnedGroup {
  group: Kept<Models.Group> & { version: number }
  memberIds: string[]
}
export type Client = Kept<Models.OAuthClient> & { registeredRedirectUri: string[]; scope: string[] }
export interface OwnedIntegration {
  id: string
  name: string
  typeId: string
  notes: string
  intendedState: 'ENABLED' | 'DISABLED'
  version: number
  properties: Record<string, unknown>
  advanced: Record<string, unknown>
}
export type Row = Record<string, Cell> & { key: string }
export interface OwnedTable {
  table: Kept<Models.DataTable> & { schema: Models.JsonSchemaDocument }
  rows: Map<string, Row>
}
export type OwnedFlow = Kept<Models.Flow> & { type: string }
export interface Job {
  id: string
  status: 'Created' | 'Running' | 'Success' | 'Failure'
  flowId: string | null
  messages: Models.ArchitectJobMessage[]
}

/** Things of one kind, by id, in the order in which they came. */
export interface Shelf<T> {
  all(): T[]
  find(id: string | undefined): T | undefined
  /** Refuses with 404. */
  get(id: string | undefined): T
  put(id: string, thing: T): T
  /** Refuses with 404. */
  remove(id: string | undefined): T
  clear(): void
}

function createShelf<T>(what: string): Shelf<T> {
  const things = new Map<string, T>()
  const get = (id = ''): T => {
    const thing = things.get(id)
    if (thing === undefined) throw notFound(what, id)
    return thing
  }
  return {
    all: () => [...things.values()],
    find: (id = '') => things.get(id),
    get,
    put(id, thing) {
      things.set(id, thing)
      return thing
    },
    remove(id = '') {
      const thing = get(id)
      things.delete(id)
      return thing
    },
    clear: () => things.clear(),
  }
}

export interface Estate {
  roles: Shelf<Role>
  grants: Grant[]
  groups: Shelf<OwnedGroup>
  clients: Shelf<Client>
  integrations: Shelf<OwnedIntegration>
  types: Shelf<Models.IntegrationType>
  tables: Shelf<OwnedTable>
  flows: Shelf<OwnedFlow>
  /** The platform keeps what became of a job: no request removes it. */
  jobs: Shelf<Job>
}

export const createEstate = (): Estate => ({
  roles: createShelf('role'),
  grants: [],
  groups: createShelf('group'),
  clients: createShelf('OAuth client'),
  integrations: createShelf('integration'),
  types: createShelf('integration type'),
  tables: createShelf('datatable'),
  flows: createShelf('flow'),
  jobs: createShelf('job'),
})

export function clearEstate(estate: Estate): void {
  estate.grants = []
  for (const shelf of Object.values(estate)) if ('clear' in shelf) shelf.clear()
}

/** All of it as one text that is the same for the same estate, whatever the order in which it came to be. */
export function dumpEstate({ grants, ...shelves }: Estate): string {
  const named = Object.entries(shelves).map(([kind, shelf]) => [kind, shelf.all()])
  return JSON.stringify(sorted({ ...Object.fromEntries(named), grants }), null, 1)
}

/** Fields by name; lists and maps of things by what is in them. */
function sorted(value: unknown): unknown {
  if (value instanceof Map) return sorted([...(value as Map<unknown, unknown>).values()])
  if (Array.isArray(value)) return value.map(sorted).sort(byText)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([name, content]) => [name, sorted(content)]))
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
