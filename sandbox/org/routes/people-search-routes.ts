// POST /api/v2/users/search: people by a part of their name. It reads, and changes nothing.
import type { Models } from 'purecloud-platform-client-v2'
import type { UserModel } from '../duty'
import { isJsonObject, jsonAnswer } from '../messages'
import { people, type Person } from '../people'
import { badRequest } from '../refusal'
import type { Route } from '../routing'
import { text, texts } from './body-fields'

const pageSizeMost = 100

export function peopleSearchRoutes(user: (person: Person) => UserModel): Route[] {
  return [
    {
      method: 'POST',
      pattern: '/api/v2/users/search',
      scopes: ['users:readonly'],
      run({ object }) {
        const { query, pageSize = 25, pageNumber = 1 } = object()
        const [criterion] = Array.isArray(query) ? (query as unknown[]) : []
        if (!isJsonObject(criterion)) throw badRequest('"query" must have a criterion.')
        if (criterion.type !== 'CONTAINS' || texts(criterion, 'fields').join() !== 'name')
          throw badRequest('The sandbox looks for people only by a part of their name.')
        if (typeof pageSize !== 'number' || pageSize < 1 || pageSize > pageSizeMost || pageNumber !== 1)
          throw badRequest(`"pageSize" must be from 1 to ${pageSizeMost}, and "pageNumber" 1.`)
        const wanted = text(criterion, 'value').toLowerCase()
        const found = people.filter(({ name }) => name.toLowerCase().includes(wanted))
        const answer: Models.UsersSearchResponse = {
          total: found.length,
          pageCount: Math.ceil(found.length / pageSize),
          pageSize,
          pageNumber,
          types: ['users'],
          results: found.slice(0, pageSize).map(user),
        }
        return jsonAnswer(200, answer)
      },
    },
  ]
}
