// People by name: POST /api/v2/users/search (Models.UserSearchRequest), which changes nothing.
import * as v from 'valibot'
import { answered } from '../../core/errors'
import type { People } from '../../core/people'
import type { Platform } from '../../core/ports'
import { fetchParsed, readable } from './provisioning-request'

const foundBody = v.object({ results: v.nullish(v.array(v.unknown()), []) })
const personBody = v.object({ id: v.string(), name: v.string() })
const atMost = 8

export function createPeople(platform: Platform): People {
  return {
    async findPeople(text) {
      const query = [{ type: 'CONTAINS', fields: ['name'], value: text }]
      const answer = await fetchParsed(
        platform,
        {
          method: 'POST',
          path: '/api/v2/users/search',
          body: { pageSize: atMost, pageNumber: 1, sortBy: 'name', sortOrder: 'ASC', query },
        },
        foundBody,
        'people',
      )
      return answer.ok ? answered(readable(personBody, answer.value.results).slice(0, atMost)) : answer
    },
  }
}
