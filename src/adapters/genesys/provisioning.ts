// All that the setup needs of the platform, joined: a keeper for each kind, the table's rows, and who the admin is.
import * as v from 'valibot'
import { answered } from '../../core/errors'
import type { Provisioning } from '../../core/install-ports'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import { createClients } from './provisioning-clients'
import { createFlows, type FlowParts } from './provisioning-flows'
import { createGrants } from './provisioning-grants'
import { createGroups, createMembers } from './provisioning-groups'
import { createIntegrations } from './provisioning-integrations'
import { fetchParsed, names, readable } from './provisioning-request'
import { createRoles } from './provisioning-roles'
import { createTableRows, createTables } from './provisioning-tables'

const meBody = v.object({
  id: v.string(),
  name: v.optional(v.string(), ''),
  authorization: v.optional(v.object({ permissions: names })),
})
const tokenBody = v.object({
  authorizedScope: v.optional(v.array(v.string())),
  organization: v.optional(v.object({ name: v.optional(v.string()) })),
})
const idBody = v.object({ id: v.string() })

export function createProvisioning(platform: Platform, flowParts: FlowParts): Provisioning {
  return {
    keepers: {
      role: createRoles(platform),
      group: createGroups(platform),
      grant: createGrants(platform),
      members: createMembers(platform),
      client: createClients(platform),
      integration: createIntegrations(platform),
      table: createTables(platform),
      flow: createFlows(platform, flowParts),
    },
    rows: createTableRows(platform),
    async fetchAdmin() {
      const [me, token] = await Promise.all([
        fetchParsed(
          platform,
          { method: 'GET', path: '/api/v2/users/me', query: { expand: 'authorization' } },
          meBody,
          'user',
        ),
        fetchParsed(platform, { method: 'GET', path: '/api/v2/tokens/me' }, tokenBody, 'token'),
      ])
      if (!me.ok) return me
      if (!token.ok) return token
      return answered({
        userId: me.value.id,
        name: me.value.name,
        organisation: token.value.organization?.name ?? null,
        permissions: me.value.authorization?.permissions ?? null,
        scopes: token.value.authorizedScope ?? null,
      })
    },
    async fetchTypes() {
      const spec = { method: 'GET', path: '/api/v2/integrations/types' } as const
      const answer = await fetchAllPages(platform, spec, 'the platform sent no readable integration types')
      return answer.ok ? answered(idsIn(answer.value)) : answer
    },
    /** A list without pages. */
    async fetchProducts() {
      const spec = { method: 'GET', path: '/api/v2/authorization/products' } as const
      const answer = await fetchParsed(platform, spec, listBody, 'products')
      return answer.ok ? answered(idsIn(answer.value.entities)) : answer
    },
  }
}

const listBody = v.object({ entities: v.nullish(v.array(v.unknown()), []) })
const idsIn = (list: readonly unknown[]): string[] => readable(idBody, list).map(({ id }) => id)
