// Roles: their marker stands in `description` (Models.DomainOrganizationRole).
import * as v from 'valibot'
import { answered } from '../../core/errors'
import { markedKey } from '../../core/install-marker'
import type { Keeper } from '../../core/install-ports'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import {
  completed,
  fetchParsed,
  listOf,
  names,
  readable,
  send,
  withAdded,
  words,
} from './provisioning-request'

const path = '/api/v2/authorization/roles'

/** Loose: what an admin set on a policy, its conditions for one, is written back as it was. */
const policyBody = v.looseObject({
  domain: v.string(),
  entityName: v.string(),
  actionSet: names,
})
type Policy = v.InferOutput<typeof policyBody>
const roleBody = v.object({
  id: v.string(),
  name: v.string(),
  description: words,
  permissionPolicies: v.nullish(v.array(policyBody)),
})

export function createRoles(platform: Platform): Keeper {
  const fetchRole = (roleId: string) =>
    fetchParsed(
      platform,
      { method: 'GET', path: '/api/v2/authorization/roles/{roleId}', pathParams: { roleId } },
      roleBody,
      'role',
    )
  return {
    async list() {
      const answer = await fetchAllPages(
        platform,
        { method: 'GET', path },
        'the platform sent no readable roles',
      )
      if (!answer.ok) return answer
      const roles = await completed(
        readable(roleBody, answer.value),
        (role) => role.permissionPolicies != null || markedKey(role.description) === null,
        (role) => fetchRole(role.id),
      )
      if (!roles.ok) return roles
      return answered(
        roles.value.map(({ id, name, description, permissionPolicies }) => ({
          id,
          name,
          note: description,
          facts: { policies: (permissionPolicies ?? []).flatMap(permissionsOf) },
        })),
      )
    },
    create({ name, note, facts }) {
      const permissionPolicies = withPermissions([], listOf(facts.policies))
      return send(platform, { method: 'POST', path, body: { name, description: note, permissionPolicies } })
    },
    /** A role has no version: it is written right after it was read. */
    async update(roleId, { changes }) {
      const role = await fetchRole(roleId)
      if (!role.ok) return role
      const { name, description, permissionPolicies } = role.value
      const added = withPermissions(permissionPolicies ?? [], withAdded([], changes, 'policies'))
      return send(platform, {
        method: 'PUT',
        path: '/api/v2/authorization/roles/{roleId}',
        pathParams: { roleId },
        body: { name, description, permissionPolicies: added },
      })
    },
    remove: (roleId) =>
      send(platform, {
        method: 'DELETE',
        path: '/api/v2/authorization/roles/{roleId}',
        pathParams: { roleId },
      }),
  }
}

const permissionsOf = ({ domain, entityName, actionSet }: Policy): string[] =>
  actionSet.map((action) => `${domain}:${entityName}:${action}`)

/** One policy for each entity; a policy with conditions of its own stays alone. */
function withPermissions(policies: readonly Policy[], permissions: readonly string[]): Policy[] {
  const result = policies.map((policy) => ({ ...policy, actionSet: [...policy.actionSet] }))
  for (const permission of permissions) {
    if (result.some((policy) => permissionsOf(policy).includes(permission))) continue
    const [domain = '', entityName = '', action = ''] = permission.split(':')
    const plain = result.find(
      (policy) =>
        policy.domain === domain && policy.entityName === entityName && !('resourceConditionNode' in policy),
    )
    if (plain) plain.actionSet.push(action)
    else result.push({ domain, entityName, actionSet: [action] })
  }
  return result
}
