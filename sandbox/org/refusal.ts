// A request that is refused, and the error body the platform gives for it.
import type { Models } from 'purecloud-platform-client-v2'
import { jsonAnswer, type OrgAnswer } from './messages'

/** Thrown by a route; becomes the answer's status and platform error body. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly params: Record<string, string>
  readonly headers: Record<string, string>

  /** `message` may name `params` as `%name%`; the body carries both the words and the template. */
  constructor(
    status: number,
    code: string,
    message: string,
    params: Record<string, string> = {},
    headers: Record<string, string> = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.params = params
    this.headers = headers
  }
}

export const badRequest = (message: string): Refusal => new Refusal(400, 'bad.request', message)

export const notFound = (what: string, id: string): Refusal =>
  new Refusal(404, 'not.found', 'The requested resource was not found: %what% %id%.', { what, id })

/** The platform's own words for a permission that the user's roles do not grant. */
export const missingPermission = (permission: string): Refusal =>
  new Refusal(
    403,
    'missing.any.permissions',
    'Unable to perform the requested action. You must have at least one of the following permissions assigned: %permissions%',
    { permissions: `[${permission}]` },
  )

export const missingScope = (scope: string): Refusal =>
  new Refusal(
    403,
    'not.authorized',
    'You are not authorized to perform the requested action. The token lacks the scope %scope%.',
    { scope },
  )

export function refusalAnswer(refusal: Refusal, contextId: string): OrgAnswer {
  const message = refusal.message.replace(
    /%(\w+)%/g,
    (template, name: string) => refusal.params[name] ?? template,
  )
  const body: Models.ErrorBody = {
    message,
    code: refusal.code,
    status: refusal.status,
    messageWithParams: refusal.message.replace(/%(\w+)%/g, '{$1}'),
    messageParams: refusal.params,
    contextId,
    details: [],
    errors: [],
  }
  const answer = jsonAnswer(refusal.status, body)
  return { ...answer, headers: { ...answer.headers, ...refusal.headers } }
}
