// The table of API routes and the order in which a request is checked: route, token, rate, scope, permission.
import { isJsonObject, type JsonObject, type OrgAnswer, type OrgRequest, parseJson } from './messages'
import type { Person } from './people'
import { badRequest, missingPermission, missingScope, Refusal } from './refusal'
import { type AccessToken, grants } from './tokens'

export interface RouteCall {
  /** The named parts of the path, decoded. */
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  token: AccessToken
  person: Person
  /** The body as a JSON object; refuses with 400. */
  object(): JsonObject
  /** The body as a JSON list; refuses with 400. */
  list(): unknown[]
}

export interface Route {
  method: string
  /** A path with `{names}`. */
  pattern: string
  /** One of these must be granted; none: any token will do. */
  scopes: readonly string[]
  permission?: string
  run(call: RouteCall): OrgAnswer
}

export interface FoundRoute {
  route: Route
  params: Record<string, string>
}

/** The route of a request; refuses with 501 what the sandbox does not know, by name. */
export function findRoute(routes: readonly Route[], method: string, path: string): FoundRoute {
  for (const route of routes) {
    const params = route.method === method ? match(route.pattern, path) : null
    if (params) return { route, params }
  }
  throw new Refusal(501, 'not.implemented', 'The sandbox does not know %method% %path%.', { method, path })
}

export function runRoute(
  { route, params }: FoundRoute,
  request: OrgRequest,
  token: AccessToken,
  person: Person,
): OrgAnswer {
  const wanted = route.scopes[0]
  if (wanted !== undefined && !route.scopes.some((scope) => grants(token.scopes, scope))) {
    throw missingScope(wanted)
  }
  if (route.permission && !person.permissions.includes(route.permission)) {
    throw missingPermission(route.permission)
  }
  return route.run({
    params,
    query: request.query,
    token,
    person,
    object() {
      const body = parseJson(request.body)
      if (isJsonObject(body)) return body
      throw badRequest('The body must be a JSON object.')
    },
    list() {
      const body = parseJson(request.body)
      if (Array.isArray(body)) return body
      throw badRequest('The body must be a JSON list.')
    },
  })
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [place, part] of wanted.entries()) {
    const value = given[place] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined && part !== value) return null
    if (name !== undefined) {
      const decoded = decode(value)
      if (decoded === '') return null
      params[name] = decoded
    }
  }
  return params
}

/** A path part without its percent-encoding; refuses what is badly encoded. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw new Refusal(400, 'bad.request', `The path is badly encoded: ${String(cause)}`)
  }
}
