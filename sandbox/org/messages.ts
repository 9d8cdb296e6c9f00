// Requests and answers without a transport: what HTTP carries, as plain values.
export interface OrgRequest {
  method: string
  /** The path without query, still percent-encoded. */
  path: string
  query: URLSearchParams
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  body: string
  /** Tells that the caller gave up on the answer. */
  signal?: AbortSignal
}

export interface OrgAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

export function jsonAnswer(status: number, content: unknown): OrgAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(content),
  }
}

export function emptyAnswer(status: number): OrgAnswer {
  return { status, headers: { 'cache-control': 'no-store' }, body: '' }
}

export function htmlAnswer(status: number, html: string): OrgAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: html,
  }
}

export function redirectAnswer(location: string): OrgAnswer {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' }
}

export type JsonObject = Record<string, unknown>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The parsed text, or undefined where it is no JSON at all. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
