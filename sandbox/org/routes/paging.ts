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

export function page<T>(all: readonly T[], query: URLSearchParams, uri: string): Page<T> {
  const pageSize = count('pageSize', query, 25, 500)
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

function count(name: string, query: URLSearchParams, otherwise: number, most: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw badRequest(`"${name}" must be a whole number from 1 to ${most}.`)
}
