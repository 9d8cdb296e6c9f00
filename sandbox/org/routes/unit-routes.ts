// Queues and teams, and who belongs to each.
import type { Models } from 'purecloud-platform-client-v2'
import type { Directory, Unit } from '../directory'
import type { UserModel } from '../duty'
import { jsonAnswer } from '../messages'
import type { Person } from '../people'
import { notFound } from '../refusal'
import type { Route } from '../routing'
import { queuePermission } from '../topics'
import { page, pageAfter } from './paging'

/** Assumed: the SDK does not say which permission the list of teams needs. */
const teamPermission = 'groups:team:view'

/** The platform hands out queue members by the hundred at most. */
const mostQueueMembers = 100

interface UnitRoutesParts {
  directory: Directory
  user(person: Person): UserModel
}

export function unitRoutes({ directory, user }: UnitRoutesParts): Route[] {
  return [...queueRoutes({ directory, user }), ...teamRoutes(directory)]
}

const queueAccess = { scopes: ['routing:readonly'], permission: queuePermission }

function queueRoutes({ directory, user }: UnitRoutesParts): Route[] {
  const requireQueue = (id: string) => {
    const queue = directory.queues().find((candidate) => candidate.id === id)
    if (!queue) throw notFound('queue', id)
    return queue
  }
  return [
    {
      ...queueAccess,
      method: 'GET',
      pattern: '/api/v2/routing/queues',
      run({ query }) {
        const listing: Models.QueueEntityListing = page(directory.queues(), query, '/api/v2/routing/queues')
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/routing/queues/me',
      scopes: ['routing:readonly'],
      run({ query, person }) {
        const isMine = ({ id }: { id: string }): boolean =>
          directory.queueMembers(id).some((member) => member.id === person.id)
        const mine: Models.UserQueue[] = directory.queues().filter(isMine)
        const listing: Models.UserQueueEntityListing = page(mine, query, '/api/v2/routing/queues/me')
        return jsonAnswer(200, listing)
      },
    },
    {
      ...queueAccess,
      method: 'GET',
      pattern: '/api/v2/routing/queues/{queueId}',
      run: ({ params }) => jsonAnswer(200, requireQueue(params.queueId ?? '')),
    },
    {
      ...queueAccess,
      method: 'GET',
      pattern: '/api/v2/routing/queues/{queueId}/members',
      run({ params, query }) {
        const { id } = requireQueue(params.queueId ?? '')
        const members = directory
          .queueMembers(id)
          .map((person): Models.QueueMember => memberModel(person, user(person)))
        const path = `/api/v2/routing/queues/${id}/members`
        const { total: _total, pageCount: _count, ...listed } = page(members, query, path, mostQueueMembers)
        const listing: Models.QueueMemberEntityListing = listed
        return jsonAnswer(200, listing)
      },
    },
  ]
}

function memberModel({ id, name }: Person, user: UserModel): Models.QueueMember {
  const { presence: _presence, routingStatus, ...rest } = user
  return { id, name, user: rest, joined: true, memberBy: 'user', routingStatus }
}

function teamRoutes(directory: Directory): Route[] {
  const access = { scopes: ['groups:readonly'], permission: teamPermission }
  return [
    {
      ...access,
      method: 'GET',
      pattern: '/api/v2/teams',
      run({ query }) {
        const teams = directory.teams().map(teamModel)
        const listing: Models.TeamEntityListing = pageAfter(teams, query, '/api/v2/teams')
        return jsonAnswer(200, listing)
      },
    },
    {
      ...access,
      method: 'GET',
      pattern: '/api/v2/teams/{teamId}/members',
      run({ params, query }) {
        const team = require(directory.teams(), 'team', params.teamId)
        const isNamed = query.get('expand') === 'name'
        const members = directory.members(team).map(({ id, name }): Models.UserReferenceWithName => ({
          id,
          ...(isNamed ? { name } : {}),
          selfUri: `/api/v2/users/${id}`,
        }))
        const listing: Models.TeamMemberEntityListing = pageAfter(
          members,
          query,
          `/api/v2/teams/${team.id}/members`,
        )
        return jsonAnswer(200, listing)
      },
    },
  ]
}

export const teamModel = ({ id, name, memberIds }: Unit): Models.Team & { id: string } => ({
  id,
  name,
  memberCount: memberIds.length,
  selfUri: `/api/v2/teams/${id}`,
})

export const groupModel = ({ id, name, memberIds }: Unit): Models.Group => ({
  id,
  name,
  memberCount: memberIds.length,
  state: 'active',
  version: 1,
  type: 'official',
  rulesVisible: true,
  visibility: 'public',
  selfUri: `/api/v2/groups/${id}`,
})

function require(units: readonly Unit[], what: string, id = ''): Unit {
  const unit = units.find((candidate) => candidate.id === id)
  if (!unit) throw notFound(what, id)
  return unit
}
