// The one door to the platform SDK: an ApiClient on the browser's fetch, and every answer as a typed outcome.
import AbstractHttpClient from 'purecloud-platform-client-v2/src/purecloud-platform-client-v2/AbstractHttpClient.js'
import ApiClient from 'purecloud-platform-client-v2/src/purecloud-platform-client-v2/ApiClient.js'
import { answered } from '../../core/errors'
import type { Clock, Platform } from '../../core/ports'
import { loginBaseOf } from './hosts'
import { readHttpRefusal, readTransportRefusal } from './refusal'

export interface ClientSettings {
  /** e.g. `https://api.example.org`: serves API and login; null = the platform's own hosts of `environment`. */
  readonly gateway: string | null
  /** e.g. `mypurecloud.de`. */
  readonly environment: string | null
  readonly timeoutMs: number
}

export interface PlatformClient extends Platform {
  setToken(token: string | null): void
  /** Tells when the platform answered 401 to any request; returns its undo. */
  onTokenRefused(listener: () => void): () => void
  /** Where the organisation signs people in, e.g. `https://login.mypurecloud.de`. */
  readonly loginBase: string
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The SDK's HTTP port on fetch: 3 kB instead of axios' 20, and a request can be abandoned. */
class FetchHttpClient extends AbstractHttpClient {
  constructor(
    private readonly fetch: Fetch,
    private readonly clock: Clock,
    private readonly limitMs: number,
  ) {
    super()
  }

  override enableHooks(): void {
    // The SDK calls this when hooks are set; Cueline sets none.
  }

  override async request(options: {
    url: string
    method: string
    headers?: object
    params?: object
    data?: unknown
  }) {
    const abort = new AbortController()
    const undo = this.clock.after(this.limitMs, () =>
      abort.abort(new DOMException('No answer in time', 'TimeoutError')),
    )
    try {
      const response = await this.fetch(options.url + queryOf(options.params), {
        method: options.method,
        headers: { ...options.headers } as Record<string, string>,
        ...(options.data === undefined ? {} : { body: JSON.stringify(options.data) }),
        signal: abort.signal,
        credentials: 'omit',
        cache: 'no-store',
      })
      const text = await response.text()
      const answer = {
        status: response.status,
        statusText: response.statusText,
        headers: Object.fromEntries(response.headers),
        data: parseOrNull(text),
        text,
      }
      if (!response.ok) throw Object.assign(new Error(`HTTP ${response.status}`), { response: answer })
      return answer
    } finally {
      undo()
    }
  }
}

/** `redirectUri` must be registered to the letter. `fetch` and `clock` come in, so that tests bring their own. */
export function createPlatformClient(settings: ClientSettings, clock: Clock, fetch: Fetch): PlatformClient {
  const sdk = new ApiClient()
  // The SDK publishes itself, and with it the token, as a global: nothing here needs that.
  Reflect.deleteProperty(window, 'ApiClient')
  if (settings.gateway !== null) sdk.setGateway(toGateway(settings.gateway))
  else if (settings.environment !== null) sdk.setEnvironment(settings.environment)
  sdk.setReturnExtendedResponses(true)
  sdk.setHttpClient(new FetchHttpClient(fetch, clock, settings.timeoutMs))
  const json = ['application/json']
  const refusedListeners = new Set<() => void>()
  return {
    async request(spec) {
      try {
        const { path, method, pathParams = {}, query = {}, body = null } = spec
        const toObjects = query as Record<string, object>
        const answer: unknown = await sdk.callApi(
          path,
          method,
          pathParams,
          toObjects,
          {},
          {},
          body,
          ['PureCloud OAuth'],
          json,
          json,
        )
        return answered(answer as { status: number; body: unknown })
      } catch (error) {
        const refusal = readHttpRefusal(error) ?? readTransportRefusal(error)
        if (refusal.kind === 'signed-out') for (const listener of [...refusedListeners]) listener()
        return { ok: false, refusal }
      }
    },
    setToken(token) {
      if (token === null) sdk.clearAccessToken()
      else sdk.setAccessToken(token)
    },
    onTokenRefused(listener) {
      refusedListeners.add(listener)
      return () => refusedListeners.delete(listener)
    },
    loginBase: loginBaseOf(settings),
  }
}

function toGateway(gateway: string) {
  const url = new URL(gateway)
  const path = url.pathname === '/' ? {} : { path_params_login: url.pathname, path_params_api: url.pathname }
  return {
    protocol: url.protocol.replace(':', ''),
    host: url.hostname,
    ...(url.port ? { port: Number(url.port) } : {}),
    ...path,
  }
}

/** A list is its name repeated, as the SDK's "multi" collections are. */
function queryOf(params: object | undefined): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(params ?? {}) as [string, unknown][])
    for (const one of [value].flat()) if (one !== undefined && one !== null) query.append(key, String(one))
  return query.size === 0 ? '' : `?${query.toString()}`
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // An empty or non-JSON body is the caller's to judge: `text` goes along.
    return null
  }
}
