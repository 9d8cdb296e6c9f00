// What a person may do: their own roles, as the control door sets them, and the roles that groups give them.
import type { Estate, Role } from './estate'
import { isJsonObject } from './messages'
import { findPerson, type Person } from './people'
import { badRequest, notFound } from './refusal'

export interface Rights {
  /** The person with every permission that holds just now. */
  of(person: Person): Person
  /** Replaces what the person's own roles permit; null gives back the first day's. */
  set(personId: string, wanted: unknown): string[]
  reset(): void
}

export function createRights(estate: Estate): Rights {
  const changed = new Map<string, readonly string[]>()

  const granted = (personId: string): string[] => {
    const subjects = new Set([
      personId,
      ...estate.groups
        .all()
        .flatMap(({ group, memberIds }) => (memberIds.includes(personId) ? group.id : [])),
    ])
    return estate.grants
      .filter(({ subjectId }) => subjects.has(subjectId))
      .flatMap(({ roleId }) => permissionsOf(estate.roles.find(roleId)))
  }
  const of = (person: Person): Person => {
    const own = changed.get(person.id) ?? person.permissions
    return { ...person, permissions: [...new Set([...own, ...granted(person.id)])] }
  }

  return {
    of,
    set(personId, wanted) {
      const person = findPerson(personId)
      if (!person) throw notFound('user', personId)
      const { permissions } = isJsonObject(wanted) ? wanted : {}
      if (permissions === null) changed.delete(personId)
      else if (Array.isArray(permissions) && permissions.every((one) => typeof one === 'string'))
        changed.set(personId, permissions)
      else throw badRequest('"permissions" must be a list of names, or null for those of the first day.')
      return [...of(person).permissions]
    },
    reset: () => changed.clear(),
  }
}

/** A role's policies as names; `*` stays a star. */
const permissionsOf = (role: Role | undefined): string[] =>
  (role?.permissionPolicies ?? []).flatMap(({ domain, entityName, actionSet = [] }) =>
    actionSet.map((action) => `${domain}:${entityName}:${action}`),
  )
