// Fields of a request's body, each read or refused by name.
import { isJsonObject, type JsonObject } from '../messages'
import { badRequest, Refusal } from '../refusal'

export function text(body: JsonObject, name: string): string {
  const value = body[name]
  if (typeof value === 'string' && value.trim() !== '') return value
  throw badRequest(`"${name}" must be a text.`)
}

export function textOr(body: JsonObject, name: string, otherwise: string): string {
  const value = body[name] ?? otherwise
  if (typeof value === 'string') return value
  throw badRequest(`"${name}" must be a text.`)
}

export function flagOr(body: JsonObject, name: string, otherwise: boolean): boolean {
  const value = body[name] ?? otherwise
  if (typeof value === 'boolean') return value
  throw badRequest(`"${name}" must be true or false.`)
}

export function texts(body: JsonObject, name: string): string[] {
  const value = body[name] ?? []
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw badRequest(`"${name}" must be a list of texts.`)
}

export function object(body: JsonObject, name: string): JsonObject {
  const value = body[name] ?? {}
  if (isJsonObject(value)) return value
  throw badRequest(`"${name}" must be an object.`)
}

/** The platform's answer where a newer version than the caller's is current. */
export function requireVersion(given: unknown, current: number): void {
  if (given === current) return
  const message = 'The version %given% is not the current version %current%.'
  throw new Refusal(409, 'version.conflict', message, { given: String(given), current: String(current) })
}

/** Some kinds allow a name once only. */
export function requireFreeName(names: readonly string[], name: string): void {
  const taken = names.some((other) => other.toLowerCase() === name.toLowerCase())
  if (taken) throw new Refusal(409, 'name.taken', 'The name %name% is already in use.', { name })
}
