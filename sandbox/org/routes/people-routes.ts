// Tokens and users.
import type { Models } from 'purecloud-platform-client-v2'
import { emptyAnswer, jsonAnswer } from '../messages'
import type { OAuthClient } from '../oauth-clients'
import type { UserModel } from '../duty'
import type { Directory, Unit } from '../directory'
import { organisation, type Person } from '../people'
import { notFound } from '../refusal'
import type { Route } from '../routing'
import type { AccessToken } from '../tokens'
import { page } from './paging'
import { groupModel, teamModel } from './unit-routes'

interface PeopleRoutesParts {
  revoke(token: AccessToken): void
  user(person: Person): UserModel
  /** How many calls the person has now. */
  callCount(person: Person): number
  directory: Directory
  findClient(id: string | null): OAuthClient | undefined
}

const expandOf = (query: URLSearchParams): string[] =>
  query.getAll('expand').flatMap((fields) => fields.split(','))

export function peopleRoutes({ revoke, user, callCount, directory, findClient }: PeopleRoutesParts): Route[] {
  const summary = (person: Person): Models.UserConversationSummary => {
    const active = callCount(person)
    const none = { active: 0, acw: 0 }
    return { userId: person.id, call: { contactCenter: { active, acw: 0 }, enterprise: none } }
  }
  /** Presence, routing status, calls, team and groups come only where they are asked for. */
  const expanded = (person: Person, expand: readonly string[]): UserModel => {
    const { presence, routingStatus, ...shown } = user(person)
    const isIn = ({ memberIds }: Unit): boolean => memberIds.includes(person.id)
    const team = directory.teams().find(isIn)
    return {
      ...shown,
      ...(expand.includes('presence') ? { presence } : {}),
      ...(expand.includes('routingStatus') ? { routingStatus } : {}),
      ...(expand.includes('conversationSummary') ? { conversationSummary: summary(person) } : {}),
      ...(expand.includes('team') && team ? { team: teamModel(team) } : {}),
      ...(expand.includes('groups') ? { groups: directory.groups().filter(isIn).map(groupModel) } : {}),
    }
  }
  return [
    {
      method: 'GET',
      pattern: '/api/v2/tokens/me',
      scopes: [],
      run: ({ token }) => jsonAnswer(200, tokenModel(token, findClient(token.clientId))),
    },
    {
      method: 'DELETE',
      pattern: '/api/v2/tokens/me',
      scopes: [],
      run({ token }) {
        revoke(token)
        return emptyAnswer(204)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/users/me',
      scopes: ['user-basic-info', 'users:readonly'],
      run({ person, query }) {
        const expand = expandOf(query)
        const me: Models.UserMe = {
          ...expanded(person, expand),
          ...(expand.includes('organization') && { organization: { ...organisation, version: 1 } }),
          ...(expand.includes('authorization')
            ? { authorization: { permissions: [...person.permissions] } }
            : {}),
        }
        return jsonAnswer(200, me)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/users',
      scopes: ['users:readonly'],
      run({ query }) {
        const wanted = query.getAll('id').flatMap((ids) => ids.split(','))
        const everybody = directory.people()
        const found = wanted.length === 0 ? everybody : wanted.flatMap((id) => directory.find(id) ?? [])
        const expand = expandOf(query)
        const listed = page(found, query, '/api/v2/users')
        const listing: Models.UserEntityListing = {
          ...listed,
          entities: listed.entities.map((person) => expanded(person, expand)),
        }
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/users/{userId}',
      scopes: ['users:readonly'],
      run({ params, query }) {
        const found = directory.find(params.userId)
        if (!found) throw notFound('user', params.userId ?? '')
        return jsonAnswer(200, expanded(found, expandOf(query)))
      },
    },
  ]
}

function tokenModel(token: AccessToken, client: OAuthClient | undefined): Models.TokenInfo {
  return {
    organization: organisation,
    homeOrganization: organisation,
    authorizedScope: [...token.scopes],
    OAuthClient: {
      id: token.clientId,
      name: client?.name ?? '',
      authorizedGrantType: client?.grant ?? 'TOKEN',
      scope: [...token.scopes],
      organization: organisation,
    },
  }
}
