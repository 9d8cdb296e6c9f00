// OAuth clients: their marker stands in `description` (Models.OAuthClient). A secret that comes along is never read.
import * as v from 'valibot'
import { answered } from '../../core/errors'
import type { Keeper } from '../../core/install-ports'
import type { Platform } from '../../core/ports'
import { fetchParsed, names, readable, send, withAdded, words } from './provisioning-request'

const path = '/api/v2/oauth/clients'
const clientBody = v.object({
  id: v.string(),
  name: v.string(),
  description: words,
  accessTokenValiditySeconds: v.optional(v.number()),
  authorizedGrantType: v.string(),
  registeredRedirectUri: names,
  scope: names,
  roleIds: v.optional(v.array(v.string())),
  roleDivisions: v.optional(v.array(v.object({ roleId: v.string(), divisionId: v.string() }))),
  state: v.optional(v.string()),
  dateToDelete: v.optional(v.string()),
})
const clientsBody = v.object({ entities: v.nullish(v.array(v.unknown()), []) })

export function createClients(platform: Platform): Keeper {
  return {
    /** The one list of the platform that comes without pages. */
    async list() {
      const answer = await fetchParsed(platform, { method: 'GET', path }, clientsBody, 'OAuth clients')
      if (!answer.ok) return answer
      return answered(
        readable(clientBody, answer.value.entities).map((client) => ({
          id: client.id,
          name: client.name,
          note: client.description,
          facts: {
            grant: client.authorizedGrantType,
            redirectUris: client.registeredRedirectUri,
            scopes: client.scope,
          },
        })),
      )
    },
    create({ name, note, facts }) {
      const body = {
        name,
        description: note,
        authorizedGrantType: facts.grant,
        accessTokenValiditySeconds: facts.tokenSeconds,
        registeredRedirectUri: facts.redirectUris,
        scope: facts.scopes,
      }
      return send(platform, { method: 'POST', path, body })
    },
    async update(clientId, { changes }) {
      const one = { path: '/api/v2/oauth/clients/{clientId}', pathParams: { clientId } }
      const client = await fetchParsed(platform, { ...one, method: 'GET' }, clientBody, 'OAuth client')
      if (!client.ok) return client
      const { id: _id, ...current } = client.value
      const body = {
        ...current,
        registeredRedirectUri: withAdded(current.registeredRedirectUri, changes, 'redirectUris'),
        scope: withAdded(current.scope, changes, 'scopes'),
      }
      return send(platform, { ...one, method: 'PUT', body })
    },
    remove: (clientId) =>
      send(platform, {
        method: 'DELETE',
        path: '/api/v2/oauth/clients/{clientId}',
        pathParams: { clientId },
      }),
  }
}
