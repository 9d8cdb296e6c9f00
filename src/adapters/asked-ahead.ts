// Requests that leave while most of the app's code is still being read. Whoever asks for the same soon gets the answer, once.
import type { Clock } from '../core/ports'

type Fetch = (url: string, init?: RequestInit) => Promise<Response>

export interface AskedAhead {
  /** Asks without credentials and without a body; with a token where one is given. */
  ask(url: string, token?: string, method?: 'GET' | 'POST'): void
  /** The browser's fetch, but for what was asked ahead. */
  readonly fetch: Fetch
}

/** What was asked ahead is an old truth after this time. */
const freshMs = 5_000

export function createAskedAhead(fetch: Fetch, clock: Clock): AskedAhead {
  const early = new Map<string, { answer: Promise<Response>; abort: AbortController; atMs: number }>()
  /** An answer to one token is none to another. */
  const keyOf = (url: string, { method = 'GET', headers }: RequestInit) =>
    `${method} ${url} ${new Headers(headers).get('authorization') ?? ''}`

  return {
    ask(url, token, method = 'GET') {
      const headers: HeadersInit =
        token === undefined ? {} : { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
      const key = keyOf(url, { method, headers })
      if (early.has(key)) return
      const abort = new AbortController()
      const answer = fetch(url, {
        method,
        headers,
        signal: abort.signal,
        credentials: 'omit',
        ...(token === undefined ? {} : { cache: 'no-store' }),
      })
      // Nobody may ever ask for it.
      answer.catch(() => undefined)
      early.set(key, { answer, abort, atMs: clock.now() })
    },
    fetch(url, init = {}) {
      const key = keyOf(url, init)
      const found = init.body == null ? early.get(key) : undefined
      if (found !== undefined) early.delete(key)
      if (found === undefined || clock.now() - found.atMs > freshMs) return fetch(url, init)
      const { signal } = init
      signal?.addEventListener('abort', () => found.abort.abort(signal.reason))
      return found.answer
    },
  }
}
