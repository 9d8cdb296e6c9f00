// Things of other makers, put into the estate as the control door or a test wants them.
import type { Client, Estate, OwnedFlow, OwnedIntegration, Role } from './estate'
import { objectWithOnly } from './call-wish'
import { homeDivision, typeIds } from './estate-seeds'
import type { Random } from './random'
import { badRequest } from './refusal'
import { text, textOr } from './routes/body-fields'

const kinds = ['role', 'group', 'client', 'integration', 'table', 'flow', 'type'] as const

/** `{ "kind", "name", "note" }`; of a type `name` is its id. Answers with what was made. */
export function seedInto(estate: Estate, random: Random, wanted: unknown): unknown {
  const wish = objectWithOnly(wanted, ['kind', 'name', 'note'])
  const kind = kinds.find((known) => known === wish.kind)
  if (!kind) throw badRequest(`"kind" must be one of: ${kinds.join(', ')}.`)
  const id = kind === 'type' ? text(wish, 'name') : random.id()
  return seeds[kind](estate, id, text(wish, 'name'), textOr(wish, 'note', ''))
}

type Seed = (estate: Estate, id: string, name: string, note: string) => unknown

const seeds: Record<(typeof kinds)[number], Seed> = {
  role(estate, id, name, description) {
    const role: Role = { id, name, description, permissionPolicies: [] }
    return estate.roles.put(id, role)
  },
  group(estate, id, name, description) {
    const group = { id, name, description, type: 'official', rulesVisible: true, visibility: 'public' }
    return estate.groups.put(id, { group: { ...group, version: 1, rolesEnabled: true }, memberIds: [] })
  },
  client(estate, id, name, description) {
    const client: Client = {
      id,
      name,
      description,
      authorizedGrantType: 'CODE',
      registeredRedirectUri: ['https://other.example.org/'],
      scope: ['users:readonly'],
      state: 'active',
    }
    return estate.clients.put(id, client)
  },
  integration(estate, id, name, notes) {
    const integration: OwnedIntegration = {
      id,
      name,
      typeId: typeIds.widget,
      notes,
      intendedState: 'DISABLED',
      version: 5,
      properties: { url: 'https://other.example.org/', communicationTypeFilter: 'call' },
      advanced: {},
    }
    return estate.integrations.put(id, integration)
  },
  table(estate, id, name, description) {
    const schema = { type: 'object', required: ['key'], properties: { key: { type: 'string' } } }
    const table = { id, name, description, division: homeDivision, schema }
    estate.tables.put(id, { table, rows: new Map([['a', { key: 'a' }]]) })
    return table
  },
  flow(estate, id, name, description) {
    const flow: OwnedFlow = { id, name, description, type: 'SECURECALL', active: true }
    return estate.flows.put(id, flow)
  },
  type: (estate, id) => estate.types.put(id, { id, name: id }),
}
