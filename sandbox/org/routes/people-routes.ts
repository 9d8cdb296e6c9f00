// Tokens, users and queues.
import type { Models } from 'purecloud-platform-client-v2'
import { emptyAnswer, jsonAnswer } from '../messages'
import type { OAuthClient } from '../oauth-clients'
import type { UserModel } from '../duty'
import { findPerson, organisation, people, type Person, queues } from '../people'
import { notFound } from '../refusal'
import type { Route } from '../routing'
import type { AccessToken } from '../tokens'
import { page } from './paging'

interface PeopleRoutesParts {
  revoke(token: AccessToken): void
  user(person: Person): UserModel
  findClient(id: string | null): OAuthClient | undefined
}

export function peopleRoutes({ revoke, user, findClient }: PeopleRoutesParts): Route[] {
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
        const expand = query.getAll('expand').flatMap((fields) => fields.split(','))
        const me: Models.UserMe = {
          ...user(person),
          organization: { ...organisation, version: 1 },
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
        const found = wanted.length === 0 ? people : people.filter(({ id }) => wanted.includes(id))
        const listing: Models.UserEntityListing = page(found.map(user), query, '/api/v2/users')
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/users/{userId}',
      scopes: ['users:readonly'],
      run({ params }) {
        const found = findPerson(params.userId)
        if (!found) throw notFound('user', params.userId ?? '')
        return jsonAnswer(200, user(found))
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/routing/queues',
      scopes: ['routing:readonly'],
      permission: 'routing:queue:view',
      run({ query }) {
        const listing: Models.QueueEntityListing = page(queues, query, '/api/v2/routing/queues')
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/routing/queues/{queueId}',
      scopes: ['routing:readonly'],
      permission: 'routing:queue:view',
      run({ params }) {
        const queue: Models.Queue | undefined = queues.find(({ id }) => id === params.queueId)
        if (!queue) throw notFound('queue', params.queueId ?? '')
        return jsonAnswer(200, queue)
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
