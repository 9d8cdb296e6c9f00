// Lists of the platform come in pages.
import { badRequest } from '../refusal'

interface Page<T> {
  entities: T[]
  pageSize: number
  pageNumber: number
  total: number
  pageCount: number
  selfUri: string
}

export function page<T>(all: readonly T[], query: URLSearchParams, uri: string, most = 500): Page<T> {
  const pageSize = count('pageSize', query, 25, most)
  const pageNumber = count('pageNumber', query, 1, 10_000)
  const from = (pageNumber - 1) * pageSize
  return {
    entities: all.slice(from, from + pageSize),
    pageSize,
    pageNumber,
    total: all.length,
    pageCount: Math.ceil(all.length / pageSize),
    selfUri: `${uri}?pageSize=${pageSize}&pageNumber=${pageNumber}`,
  }
}

interface CursorPage<T extends { id?: string }> {
  entities: T[]
  selfUri: string
  nextUri?: string
}

/** The other kind of page: each names the place after which the next begins. */
export function pageAfter<T extends { id?: string }>(
  all: readonly T[],
  query: URLSearchParams,
  uri: string,
): CursorPage<T> {
  const pageSize = count('pageSize', query, 25, 100)
  const after = query.get('after')
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  if (after !== null && from === 0) throw badRequest('"after" names nothing in this list.')
  const entities = all.slice(from, from + pageSize)
  const last = entities.at(-1)?.id
  const isMore = from + pageSize < all.length && last !== undefined
  const next = isMore ? { nextUri: `${uri}?pageSize=${pageSize}&after=${last}` } : {}
  return { entities, selfUri: `${uri}?pageSize=${pageSize}`, ...next }
}

function count(name: string, query: URLSearchParams, otherwise: number, most: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw badRequest(`"${name}" must be a whole number from 1 to ${most}.`)
}
