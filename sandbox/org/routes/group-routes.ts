// Groups of people, and their members.
import type { Models } from 'purecloud-platform-client-v2'
import type { Clock } from '../clock'
import type { Directory } from '../directory'
import type { Estate, OwnedGroup } from '../estate'
import type { UserModel } from '../duty'
import { emptyAnswer, jsonAnswer, type JsonObject } from '../messages'
import { findPerson, people, type Person } from '../people'
import type { Random } from '../random'
import { notFound } from '../refusal'
import type { Route } from '../routing'
import { flagOr, requireFreeName, requireVersion, text, textOr, texts } from './body-fields'
import { page } from './paging'
import { groupModel } from './unit-routes'

const uri = '/api/v2/groups'
const readScopes = ['groups:readonly']
const scopes = ['groups']

interface GroupRoutesParts {
  /** Groups that were there before any admin's change, and are nobody's to change here. */
  directory: Pick<Directory, 'groups' | 'members'>
  estate: Estate
  clock: Clock
  random: Random
  user(person: Person): UserModel
}

export function groupRoutes({ directory, estate, clock, random, user }: GroupRoutesParts): Route[] {
  const shown = ({ group, memberIds }: OwnedGroup): Models.Group => ({
    ...group,
    memberCount: memberIds.length,
    selfUri: `${uri}/${group.id}`,
  })
  const now = (): string => new Date(clock.now()).toISOString()
  const namesBut = (id: string) =>
    estate.groups.all().flatMap(({ group }) => (group.id === id ? [] : group.name))
  const changed = (owned: OwnedGroup): OwnedGroup => {
    owned.group.version += 1
    owned.group.dateModified = now()
    return owned
  }
  return [
    {
      method: 'GET',
      pattern: uri,
      scopes: readScopes,
      run({ query }) {
        const wanted = query.getAll('id').flatMap((ids) => ids.split(','))
        const all = [...directory.groups().map(groupModel), ...estate.groups.all().map(shown)]
        const found = all.filter(({ id = '' }) => wanted.length === 0 || wanted.includes(id))
        const listing: Models.GroupEntityListing = page(found, query, uri)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{groupId}`,
      scopes: readScopes,
      run: ({ params }) => jsonAnswer(200, shown(estate.groups.get(params.groupId))),
    },
    {
      method: 'POST',
      pattern: uri,
      scopes,
      permission: 'directory:group:add',
      run(call) {
        const body = call.object()
        const id = random.id()
        const name = text(body, 'name')
        requireFreeName(namesBut(id), name)
        const group = {
          ...readGroup(body, { rulesVisible: true, visibility: 'public' }),
          id,
          name,
          type: text(body, 'type'),
          state: 'active',
          version: 1,
          dateModified: now(),
        }
        return jsonAnswer(200, shown(estate.groups.put(id, { group, memberIds: [] })))
      },
    },
    {
      method: 'PUT',
      pattern: `${uri}/{groupId}`,
      scopes,
      permission: 'directory:group:edit',
      run(call) {
        const body = call.object()
        const owned = estate.groups.get(call.params.groupId)
        requireVersion(body.version, owned.group.version)
        const name = textOr(body, 'name', owned.group.name)
        requireFreeName(namesBut(owned.group.id), name)
        Object.assign(owned.group, readGroup(body, owned.group), { name })
        return jsonAnswer(200, shown(changed(owned)))
      },
    },
    {
      method: 'DELETE',
      pattern: `${uri}/{groupId}`,
      scopes,
      permission: 'directory:group:delete',
      run({ params }) {
        const { group } = estate.groups.remove(params.groupId)
        estate.grants = estate.grants.filter(({ subjectId }) => subjectId !== group.id)
        return emptyAnswer(204)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{groupId}/members`,
      scopes: readScopes,
      run({ params, query }) {
        const given = directory.groups().find(({ id }) => id === params.groupId)
        const memberIds = given ? [] : estate.groups.get(params.groupId).memberIds
        const persons = given ? directory.members(given) : people.filter(({ id }) => memberIds.includes(id))
        const members = persons.map((person): Models.User => {
          const { presence: _presence, routingStatus: _status, ...rest } = user(person)
          return rest
        })
        const listing: Models.UserEntityListing = page(members, query, `${uri}/${params.groupId}/members`)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'POST',
      pattern: `${uri}/{groupId}/members`,
      scopes,
      permission: 'directory:group:edit',
      run(call) {
        const body = call.object()
        const owned = estate.groups.get(call.params.groupId)
        const memberIds = texts(body, 'memberIds')
        requireVersion(body.version, owned.group.version)
        for (const id of memberIds) if (!findPerson(id)) throw notFound('user', id)
        owned.memberIds = [...new Set([...owned.memberIds, ...memberIds])]
        changed(owned)
        return jsonAnswer(202, {})
      },
    },
  ]
}

const readGroup = (
  body: JsonObject,
  otherwise: Pick<Models.Group, 'description' | 'rulesVisible' | 'visibility' | 'rolesEnabled'>,
) => ({
  description: textOr(body, 'description', otherwise.description ?? ''),
  rulesVisible: flagOr(body, 'rulesVisible', otherwise.rulesVisible),
  visibility: textOr(body, 'visibility', otherwise.visibility),
  rolesEnabled: flagOr(body, 'rolesEnabled', otherwise.rolesEnabled ?? false),
})
