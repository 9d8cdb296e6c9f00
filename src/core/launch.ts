// The launch context: what the desktop told the app in its URL, and how it survives the way through the login page.

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
  return { context, missing }
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
}

/** base64url of JSON: safe in a query, a fragment and a log (it holds no secret). */
export function encodeOAuthState(state: OAuthState): string {
  const bytes = new TextEncoder().encode(JSON.stringify([state.nonce, state.search]))
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
    if (!Array.isArray(json) || json.length !== 2) return null
    const [nonce, search] = json as unknown[]
    if (typeof nonce !== 'string' || typeof search !== 'string') return null
    if (search !== '' && !search.startsWith('?')) return null
    return { nonce, search }
  } catch {
    // Not ours: whatever does not decode is a foreign state, which the caller refuses.
    return null
  }
}

/** What the login page sent back in the fragment. */
export type OAuthReturn =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'token'
      readonly token: string
      readonly expiresInS: number | null
      readonly state: OAuthState
    }
  | { readonly kind: 'denied'; readonly reason: string; readonly state: OAuthState | null }
  | { readonly kind: 'foreign' }

/** Reads `#access_token=…&expires_in=…&state=…` of an implicit grant. The nonce is compared by the caller. */
export function readOAuthReturn(hash: string): OAuthReturn {
  const params = new URLSearchParams(hash.replace(/^#/, ''))
  const token = params.get('access_token')
  const error = params.get('error')
  if (token === null && error === null) return { kind: 'none' }
  const state = decodeOAuthState(params.get('state') ?? '')
  if (error !== null) return { kind: 'denied', reason: params.get('error_description') ?? error, state }
  if (state === null || token === null || token === '') return { kind: 'foreign' }
  const expires = Number(params.get('expires_in'))
  return { kind: 'token', token, expiresInS: Number.isFinite(expires) && expires > 0 ? expires : null, state }
}
