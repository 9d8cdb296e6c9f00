// Roles of the organisation, and who is granted which.
import type { Models } from 'purecloud-platform-client-v2'
import type { Clock } from '../clock'
import type { Estate, Role } from '../estate'
import { homeDivision } from '../estate-seeds'
import { emptyAnswer, isJsonObject, jsonAnswer, type JsonObject } from '../messages'
import type { Random } from '../random'
import { badRequest, notFound } from '../refusal'
import type { Route } from '../routing'
import { requireFreeName, text, textOr, texts } from './body-fields'
import { page } from './paging'

const uri = '/api/v2/authorization/roles'
const readScopes = ['authorization:readonly']
const scopes = ['authorization']

interface RoleRoutesParts {
  estate: Estate
  clock: Clock
  random: Random
}

export function roleRoutes({ estate, clock, random }: RoleRoutesParts): Route[] {
  const shown = (role: Role): Models.DomainOrganizationRole => ({ ...role, selfUri: `${uri}/${role.id}` })
  const namesBut = (id: string) =>
    estate.roles
      .all()
      .filter((role) => role.id !== id)
      .map(({ name }) => name)
  const read = (id: string, body: JsonObject): Role => ({
    id,
    name: text(body, 'name'),
    description: textOr(body, 'description', ''),
    permissionPolicies: readPolicies(body.permissionPolicies),
  })
  return [
    {
      method: 'GET',
      pattern: uri,
      scopes: readScopes,
      permission: 'authorization:role:view',
      run({ query }) {
        const name = query.get('name')?.toLowerCase()
        const found = estate.roles
          .all()
          .filter((role) => name === undefined || role.name.toLowerCase() === name)
        const listing: Models.OrganizationRoleEntityListing = page(found.map(shown), query, uri)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{roleId}`,
      scopes: readScopes,
      permission: 'authorization:role:view',
      run: ({ params }) => jsonAnswer(200, shown(estate.roles.get(params.roleId))),
    },
    {
      method: 'POST',
      pattern: uri,
      scopes,
      permission: 'authorization:role:add',
      run(call) {
        const role = read(random.id(), call.object())
        requireFreeName(namesBut(role.id), role.name)
        return jsonAnswer(200, shown(estate.roles.put(role.id, role)))
      },
    },
    {
      method: 'PUT',
      pattern: `${uri}/{roleId}`,
      scopes,
      permission: 'authorization:role:edit',
      run(call) {
        const { id } = estate.roles.get(call.params.roleId)
        const role = read(id, call.object())
        requireFreeName(namesBut(id), role.name)
        return jsonAnswer(200, shown(estate.roles.put(id, role)))
      },
    },
    {
      method: 'DELETE',
      pattern: `${uri}/{roleId}`,
      scopes,
      permission: 'authorization:role:delete',
      run({ params }) {
        const { id } = estate.roles.remove(params.roleId)
        estate.grants = estate.grants.filter(({ roleId }) => roleId !== id)
        return emptyAnswer(204)
      },
    },
    ...grantRoutes({ estate, clock }),
  ]
}

function grantRoutes({ estate, clock }: Omit<RoleRoutesParts, 'random'>): Route[] {
  const subject = '/api/v2/authorization/subjects/{subjectId}'
  const granted = ({ subjectId, roleId, grantMadeAt }: Estate['grants'][number]): Models.AuthzGrant => ({
    subjectId,
    grantMadeAt,
    division: { ...homeDivision, description: '', homeDivision: true },
    role: { id: roleId, name: estate.roles.find(roleId)?.name ?? '', policies: [] },
  })
  return [
    {
      method: 'GET',
      pattern: '/api/v2/authorization/divisions/home',
      scopes: readScopes,
      run() {
        const home: Models.AuthzDivision = { ...homeDivision, description: '', homeDivision: true }
        return jsonAnswer(200, home)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/authorization/products',
      scopes: readScopes,
      run({ query }) {
        const products: Models.DomainOrganizationProduct[] = [{ id: 'purecloud3' }, { id: 'byoCloud' }]
        const { entities, pageSize, pageNumber, total, pageCount } = page(products, query, '')
        const listing: Models.OrganizationProductEntityListing = {
          entities,
          pageSize,
          pageNumber,
          total,
          pageCount,
        }
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: subject,
      scopes: readScopes,
      permission: 'authorization:grant:view',
      run({ params: { subjectId = '' } }) {
        const grants = estate.grants.filter((grant) => grant.subjectId === subjectId)
        const answer: Models.AuthzSubject = { id: subjectId, grants: grants.map(granted), version: 1 }
        return jsonAnswer(200, answer)
      },
    },
    {
      method: 'POST',
      pattern: `${subject}/bulkadd`,
      scopes,
      permission: 'authorization:grant:add',
      run(call) {
        const { subjectId = '' } = call.params
        if (call.query.get('subjectType') === 'PC_GROUP' && !estate.groups.find(subjectId))
          throw notFound('group', subjectId)
        for (const pair of readPairs(call.object())) {
          const { id: roleId } = estate.roles.get(pair.roleId)
          const isThere = estate.grants.some(
            (grant) => grant.subjectId === subjectId && grant.roleId === roleId,
          )
          const grantMadeAt = new Date(clock.now()).toISOString()
          if (!isThere) estate.grants.push({ ...pair, subjectId, roleId, grantMadeAt })
        }
        return emptyAnswer(204)
      },
    },
    {
      method: 'POST',
      pattern: `${subject}/bulkremove`,
      scopes,
      permission: 'authorization:grant:delete',
      run(call) {
        const pairs = readPairs(call.object())
        estate.grants = estate.grants.filter(
          (grant) =>
            grant.subjectId !== call.params.subjectId ||
            !pairs.some(
              ({ roleId, divisionId }) => roleId === grant.roleId && divisionId === grant.divisionId,
            ),
        )
        return emptyAnswer(204)
      },
    },
  ]
}

function readPairs(body: JsonObject): Models.RoleDivisionPair[] {
  if (!Array.isArray(body.grants)) throw badRequest('"grants" must be a list.')
  return body.grants.map((pair: unknown) => {
    if (!isJsonObject(pair)) throw badRequest('Each of "grants" must be an object.')
    const divisionId = text(pair, 'divisionId')
    if (divisionId !== homeDivision.id) throw notFound('division', divisionId)
    return { roleId: text(pair, 'roleId'), divisionId }
  })
}

function readPolicies(policies: unknown): Models.DomainPermissionPolicy[] {
  if (!Array.isArray(policies ?? [])) throw badRequest('"permissionPolicies" must be a list.')
  return ((policies ?? []) as unknown[]).map((policy) => {
    if (!isJsonObject(policy)) throw badRequest('Each policy must be an object.')
    return {
      ...policy,
      domain: text(policy, 'domain'),
      entityName: text(policy, 'entityName'),
      actionSet: texts(policy, 'actionSet'),
    }
  })
}
