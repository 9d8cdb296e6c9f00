// From what the SDK throws to a refusal: status, the platform's error body, headers, or the transport's failure.
import * as v from 'valibot'
import type { Refusal } from '../../core/errors'

const thrown = v.object({
  status: v.number(),
  headers: v.optional(v.record(v.string(), v.unknown()), {}),
  body: v.unknown(),
})
/** `{message, code, status, messageWithParams, messageParams, contextId, details, errors}` as the platform writes it. */
const errorBody = v.object({
  message: v.optional(v.string()),
  code: v.optional(v.string()),
  contextId: v.optional(v.string()),
  messageParams: v.optional(v.record(v.string(), v.unknown())),
})

const kinds: Record<number, Refusal['kind']> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'not-found',
  408: 'timeout',
  409: 'conflict',
  410: 'not-found',
  429: 'rate-limited',
}

/** An answer of 400 or more proves that the request was refused, except 408 and 5xx other than "not implemented". */
export function readHttpRefusal(error: unknown): Refusal | null {
  const parsed = v.safeParse(thrown, error)
  if (!parsed.success) return null
  const { status, headers, body } = parsed.output
  const details = v.safeParse(errorBody, body)
  const known = details.success ? details.output : {}
  const kind = kinds[status] ?? (status >= 500 && status !== 501 ? 'server-error' : 'rejected')
  const retryAfterS = Number(headers['retry-after'])
  const hasRetryAfter = headers['retry-after'] !== undefined && Number.isFinite(retryAfterS)
  return {
    kind,
    status,
    message: known.message ?? `HTTP ${status}`,
    missing: kind === 'forbidden' ? missingNames(known.messageParams) : [],
    retryAfterMs: hasRetryAfter ? retryAfterS * 1000 : null,
    correlationId: readText(headers['inin-correlation-id']) ?? known.contextId ?? null,
    mayHaveArrived: (status >= 500 && status !== 501) || status === 408,
  }
}

/** No answer at all. A browser cannot tell "refused before sending" from "lost on the way", so it may have arrived. */
export function readTransportRefusal(error: unknown): Refusal {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError'
  const message = error instanceof Error ? error.message : String(error)
  return {
    kind: timedOut ? 'timeout' : 'offline',
    status: null,
    message: timedOut ? 'no answer in time' : message,
    missing: [],
    retryAfterMs: null,
    correlationId: null,
    mayHaveArrived: true,
  }
}

function missingNames(params: Record<string, unknown> | undefined): readonly string[] {
  const texts = Object.values(params ?? {}).filter((value): value is string => typeof value === 'string')
  return texts.flatMap((text) => text.replace(/[[\]"]/g, '').split(/[,\s]+/)).filter(Boolean)
}

function readText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
