// Integration types and instances; an instance's configuration has versions, and only the current one may be replaced.
import type { Models } from 'purecloud-platform-client-v2'
import type { Estate, OwnedIntegration } from '../estate'
import { typeIds } from '../estate-seeds'
import { isJsonObject, jsonAnswer, type JsonObject } from '../messages'
import type { Random } from '../random'
import { badRequest, notFound, Refusal } from '../refusal'
import type { Route } from '../routing'
import { object, requireVersion, text, textOr } from './body-fields'
import { page } from './paging'

const uri = '/api/v2/integrations'
const readScopes = ['integrations:readonly']
const scopes = ['integrations']
const view = 'integrations:integration:view'
const edit = 'integrations:integration:edit'

const inEveryApp = ['url', 'sandbox', 'permissions', 'groups']
const known: Record<string, readonly string[]> = {
  [typeIds.app]: [...inEveryApp, 'displayType', 'featureCategory'],
  [typeIds.widget]: [...inEveryApp, 'communicationTypeFilter', 'queueIdFilterList'],
}
const knownInPremium = ['url', 'displayType', 'featureCategory', 'communicationTypeFilter', 'groupFilter']

interface IntegrationRoutesParts {
  estate: Estate
  random: Random
  /** What the desktop embeds may have changed. */
  changed(): void
}

export function integrationRoutes({ estate, random, changed }: IntegrationRoutesParts): Route[] {
  const config = (one: OwnedIntegration): Models.IntegrationConfiguration => ({
    id: one.id,
    name: one.name,
    version: one.version,
    properties: one.properties,
    advanced: one.advanced,
    notes: one.notes,
    credentials: {},
    selfUri: `${uri}/${one.id}/config/current`,
  })
  const shown = (one: OwnedIntegration, whole = false): Models.Integration => ({
    id: one.id,
    name: one.name,
    integrationType: { ...estate.types.find(one.typeId), id: one.typeId },
    notes: one.notes,
    intendedState: one.intendedState,
    reportedState: { code: one.intendedState === 'ENABLED' ? 'ACTIVE' : 'INACTIVE' },
    attributes: {},
    ...(whole ? { config: { current: config(one) } } : {}),
    selfUri: `${uri}/${one.id}`,
  })
  const expands = (query: URLSearchParams) =>
    query.getAll('expand').some((fields) => fields.split(',').includes('config.current'))

  return [
    {
      method: 'GET',
      pattern: `${uri}/types`,
      scopes: readScopes,
      permission: view,
      run({ query }) {
        const listing: Models.IntegrationTypeEntityListing = page(estate.types.all(), query, `${uri}/types`)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: uri,
      scopes: readScopes,
      permission: view,
      run({ query }) {
        const models = estate.integrations.all().map((one) => shown(one, expands(query)))
        const listing: Models.IntegrationEntityListing = page(models, query, uri)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{integrationId}`,
      scopes: readScopes,
      permission: view,
      run: ({ params, query }) =>
        jsonAnswer(200, shown(estate.integrations.get(params.integrationId), expands(query))),
    },
    {
      method: 'POST',
      pattern: uri,
      scopes,
      permission: 'integrations:integration:add',
      run(call) {
        const body = call.object()
        const typeId = text(object(body, 'integrationType'), 'id')
        if (!estate.types.find(typeId)) throw notFound('integration type', typeId)
        const one: OwnedIntegration = {
          id: random.id(),
          name: text(body, 'name'),
          typeId,
          notes: '',
          intendedState: 'DISABLED',
          version: 1,
          properties: {},
          advanced: {},
        }
        return jsonAnswer(200, shown(estate.integrations.put(one.id, one)))
      },
    },
    {
      method: 'PATCH',
      pattern: `${uri}/{integrationId}`,
      scopes,
      permission: edit,
      run(call) {
        const one = estate.integrations.get(call.params.integrationId)
        const { intendedState, ...more } = call.object()
        if (Object.keys(more).length > 0) throw badRequest(`Only "intendedState" can be changed here.`)
        if (intendedState !== 'ENABLED' && intendedState !== 'DISABLED')
          throw badRequest('"intendedState" must be ENABLED or DISABLED.')
        if (intendedState === 'ENABLED' && typeof one.properties.url !== 'string')
          throw badRequest('The integration has no "url" yet.')
        one.intendedState = intendedState
        changed()
        return jsonAnswer(200, shown(one))
      },
    },
    {
      method: 'DELETE',
      pattern: `${uri}/{integrationId}`,
      scopes,
      permission: 'integrations:integration:delete',
      run({ params }) {
        const one = estate.integrations.get(params.integrationId)
        if (one.intendedState === 'ENABLED')
          throw new Refusal(409, 'integration.enabled', 'Disable the integration before it is deleted.')
        return jsonAnswer(200, shown(estate.integrations.remove(one.id)))
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{integrationId}/config/current`,
      scopes: readScopes,
      permission: view,
      run: ({ params }) => jsonAnswer(200, config(estate.integrations.get(params.integrationId))),
    },
    {
      method: 'PUT',
      pattern: `${uri}/{integrationId}/config/current`,
      scopes,
      permission: edit,
      run(call) {
        const one = estate.integrations.get(call.params.integrationId)
        const body = call.object()
        requireVersion(body.version, one.version)
        one.properties = readProperties(one.typeId, object(body, 'properties'))
        one.advanced = object(body, 'advanced')
        one.name = text(body, 'name')
        one.notes = textOr(body, 'notes', '')
        one.version += 1
        changed()
        return jsonAnswer(200, config(one))
      },
    },
  ]
}

/** As far as the types are known: their own fields, by name, and no message widgets. */
function readProperties(typeId: string, properties: JsonObject): JsonObject {
  const allowed = known[typeId] ?? (typeId.startsWith('premium-') ? knownInPremium : null)
  if (allowed === null) return properties
  const strange = Object.keys(properties).filter((name) => !allowed.includes(name))
  if (strange.length > 0) throw badRequest(`The type ${typeId} has no property ${strange.join(', ')}.`)
  const { url, communicationTypeFilter = 'call', groups = [] } = properties
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw badRequest('"url" must be an address.')
  if (communicationTypeFilter !== 'call') throw badRequest('"communicationTypeFilter" must be "call".')
  if (!Array.isArray(groups) || isJsonObject(groups)) throw badRequest('"groups" must be a list.')
  return properties
}
