// The launch context: what the desktop told the app in its URL, and how it survives the way through the login page.

/** What one panel can show. Whatever an address asks for beyond these is the panel. */
export const viewNames = ['panel', 'team', 'records', 'metrics', 'setup', 'health'] as const
export type ViewName = (typeof viewNames)[number]
/** Those of the panel; the others are the admin's, without one. */
export type TabName = Exclude<ViewName, 'setup' | 'health'>

export interface LaunchContext {
  readonly conversationId: string | null
  readonly hostOrigin: string | null
  readonly targetEnv: string | null
  readonly languageTag: string | null
  readonly usePopupAuth: boolean
}

export interface Launch {
  readonly context: LaunchContext
  /** Names of parameters that came as uninterpolated `{{tokens}}` or malformed, for the screen that explains. */
  readonly missing: readonly string[]
  /** Our own parameter `view`, which an admin may write into the integration's URL. */
  readonly view: ViewName
}

const conversationIdPattern = /^[0-9a-zA-Z-]{1,64}$/
const environmentPattern = /^[a-z0-9.-]{1,64}$/i
const languagePattern = /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i

/** Reads `gc…` parameters (and the older `pc…`). Everything in the URL is hostile until its pattern fits. */
export function readLaunch(search: string): Launch {
  const params = new URLSearchParams(search)
  const missing: string[] = []
  const read = (name: string, valid: (value: string) => boolean): string | null => {
    const value = params.get(`gc${name}`) ?? params.get(`pc${name}`)
    if (value === null || value === '') return null
    if (valid(value)) return value
    missing.push(`gc${name}`)
    return null
  }
  const context = {
    conversationId: read('ConversationId', (v) => conversationIdPattern.test(v)),
    hostOrigin: read('HostOrigin', isOrigin),
    targetEnv: read('TargetEnv', (v) => environmentPattern.test(v)),
    languageTag: read('LangTag', (v) => languagePattern.test(v)),
    usePopupAuth: read('UsePopupAuth', (v) => v === 'true' || v === 'false') === 'true',
  }
  const view = viewNames.find((name) => name === params.get('view')) ?? 'panel'
  return { context, missing, view }
}

/** An origin exactly as browsers write it: https, or http on the loopback. */
export function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return (
    url.origin === value &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
  )
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

/** What a login round trip carries: our nonce, and the query string to come back to. */
export interface OAuthState {
  readonly nonce: string
  readonly search: string
  /** The login runs in a window of its own, or in a frame of the panel: whose page hands the answer to the panel. */
  readonly apart: boolean
}

/** base64url of JSON: safe in a query, a fragment and a log (it holds no secret). */
export function encodeOAuthState(state: OAuthState): string {
  const bytes = new TextEncoder().encode(JSON.stringify([state.nonce, state.search, state.apart]))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

export function decodeOAuthState(text: string): OAuthState | null {
  try {
    const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
    const json: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))),
    )
    if (!Array.isArray(json) || json.length !== 3) return null
    const [nonce, search, apart] = json as unknown[]
    if (typeof nonce !== 'string' || typeof search !== 'string' || typeof apart !== 'boolean') return null
    if (search !== '' && !search.startsWith('?')) return null
    return { nonce, search, apart }
  } catch {
    // Not ours: whatever does not decode is a foreign state, which the caller refuses.
    return null
  }
}

/** What the login page sent back: a token in the fragment (implicit) or a code in the query (PKCE). */
export type OAuthReturn =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'token'
      readonly token: string
      readonly expiresInS: number | null
      readonly state: OAuthState
    }
  | { readonly kind: 'code'; readonly code: string; readonly stateText: string; readonly state: OAuthState }
  | { readonly kind: 'denied'; readonly reason: string; readonly state: OAuthState | null }
  | { readonly kind: 'foreign' }

/** `#access_token=…&expires_in=…&state=…`, `?code=…&state=…`, or `error=…` in either. The nonce is compared by the caller. */
export function readOAuthReturn(hash: string, search: string): OAuthReturn {
  const fragment = new URLSearchParams(hash.replace(/^#/, ''))
  const query = new URLSearchParams(search)
  const params = fragment.has('access_token') || fragment.has('error') ? fragment : query
  const token = fragment.get('access_token')
  const code = query.get('code')
  const error = params.get('error')
  if (token === null && code === null && error === null) return { kind: 'none' }
  const stateText = params.get('state') ?? ''
  const state = decodeOAuthState(stateText)
  if (error !== null) return { kind: 'denied', reason: params.get('error_description') ?? error, state }
  if (state === null) return { kind: 'foreign' }
  if (token === null) return code ? { kind: 'code', code, stateText, state } : { kind: 'foreign' }
  if (token === '') return { kind: 'foreign' }
  const expires = Number(params.get('expires_in'))
  return { kind: 'token', token, expiresInS: Number.isFinite(expires) && expires > 0 ? expires : null, state }
}

const answerNames = ['code', 'state', 'error', 'error_description']

/** The launch parameters to go on with: those that travelled with the login, else the address without what a login put there. */
export function launchSearch(returned: OAuthReturn, search: string): string {
  if (returned.kind === 'none') return search
  if ('state' in returned && returned.state !== null) return returned.state.search
  const params = new URLSearchParams(search)
  for (const name of answerNames) params.delete(name)
  return params.size === 0 ? '' : `?${params.toString()}`
}

/** What a login window, or the frame of a quiet way, says to its panel. */
export interface PopupAnswer {
  readonly kind: 'cueline.sign-in'
  readonly hash: string
  readonly search: string
}

/** Null for every other message: windows get many, from anyone. */
export function readPopupAnswer(message: unknown): PopupAnswer | null {
  if (typeof message !== 'object' || message === null) return null
  const { kind, hash, search } = message as Record<string, unknown>
  if (kind !== 'cueline.sign-in' || typeof hash !== 'string' || typeof search !== 'string') return null
  return { kind, hash, search }
}
