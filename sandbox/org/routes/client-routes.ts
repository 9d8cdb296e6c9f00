// OAuth clients of the organisation.
import type { Models } from 'purecloud-platform-client-v2'
import type { Clock } from '../clock'
import type { Client, Estate } from '../estate'
import { emptyAnswer, jsonAnswer, type JsonObject } from '../messages'
import type { Random } from '../random'
import { badRequest } from '../refusal'
import type { Route } from '../routing'
import { text, textOr, texts } from './body-fields'

const uri = '/api/v2/oauth/clients'
const readScopes = ['oauth:readonly']
const scopes = ['oauth']

interface ClientRoutesParts {
  estate: Estate
  clock: Clock
  random: Random
  /** May a client of the implicit grant still be created? */
  allowsImplicit(): boolean
  removed(clientId: string): void
}

export function clientRoutes({ estate, clock, random, ...parts }: ClientRoutesParts): Route[] {
  const shown = (client: Client): Models.OAuthClient => ({ ...client, selfUri: `${uri}/${client.id}` })
  const now = (): string => new Date(clock.now()).toISOString()
  const read = (body: JsonObject) => ({
    name: text(body, 'name'),
    description: textOr(body, 'description', ''),
    accessTokenValiditySeconds: readSeconds(body.accessTokenValiditySeconds ?? 86_400),
    authorizedGrantType: readGrant(body.authorizedGrantType),
    registeredRedirectUri: texts(body, 'registeredRedirectUri').map(readRedirect),
    scope: texts(body, 'scope'),
  })
  return [
    {
      method: 'GET',
      pattern: uri,
      scopes: readScopes,
      permission: 'oauth:client:view',
      run() {
        const entities = estate.clients.all().map(shown)
        const total = entities.length
        const listing: Models.OAuthClientEntityListing = {
          entities,
          total,
          pageSize: total,
          pageNumber: 1,
          pageCount: 1,
        }
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{clientId}`,
      scopes: readScopes,
      permission: 'oauth:client:view',
      run: ({ params }) => jsonAnswer(200, shown(estate.clients.get(params.clientId))),
    },
    {
      method: 'POST',
      pattern: uri,
      scopes,
      permission: 'oauth:client:add',
      run(call) {
        const wanted = read(call.object())
        if (wanted.authorizedGrantType === 'TOKEN' && !parts.allowsImplicit())
          throw badRequest('Clients of the implicit grant can no longer be created.')
        const id = random.id()
        const by = { id: call.person.id }
        const client: Client = {
          ...wanted,
          id,
          state: 'active',
          // The platform gives every code client one, wanted or not. Nobody who signs in with a proof needs it.
          ...(wanted.authorizedGrantType === 'CODE' ? { secret: random.token() } : {}),
          dateCreated: now(),
          dateModified: now(),
          createdBy: by,
          modifiedBy: by,
        }
        return jsonAnswer(200, shown(estate.clients.put(id, client)))
      },
    },
    {
      method: 'PUT',
      pattern: `${uri}/{clientId}`,
      scopes,
      permission: 'oauth:client:edit',
      run(call) {
        const client = estate.clients.get(call.params.clientId)
        const wanted = read(call.object())
        if (wanted.authorizedGrantType !== client.authorizedGrantType)
          throw badRequest('The grant of a client cannot be changed.')
        const next = { ...client, ...wanted, dateModified: now(), modifiedBy: { id: call.person.id } }
        return jsonAnswer(200, shown(estate.clients.put(client.id, next)))
      },
    },
    {
      method: 'DELETE',
      pattern: `${uri}/{clientId}`,
      scopes,
      permission: 'oauth:client:delete',
      run({ params }) {
        parts.removed(estate.clients.remove(params.clientId).id)
        return emptyAnswer(204)
      },
    },
  ]
}

function readGrant(grant: unknown): string {
  if (grant === 'CODE' || grant === 'TOKEN') return grant
  throw badRequest('"authorizedGrantType" must be CODE or TOKEN here.')
}

function readSeconds(seconds: unknown): number {
  if (Number.isInteger(seconds) && Number(seconds) >= 300 && Number(seconds) <= 172_800)
    return Number(seconds)
  throw badRequest('"accessTokenValiditySeconds" must be 300 to 172800.')
}

function readRedirect(uri: string): string {
  if (URL.canParse(uri) && !/[?#]/.test(uri)) return uri
  throw badRequest(`The redirect URI "${uri}" must be absolute, without query and fragment.`)
}
