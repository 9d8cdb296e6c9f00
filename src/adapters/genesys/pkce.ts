// The code grant with PKCE (RFC 7636): a code comes back in the query and is redeemed with the kept verifier.
import * as v from 'valibot'
import type { Grant, GrantEndpoints } from './grant'

/** RFC 6749, 5.1. A lifetime in another form than a number is one that is not known. */
const tokenBody = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  token_type: v.pipe(v.string(), v.regex(/^bearer$/i)),
  expires_in: v.optional(v.unknown()),
})
/** RFC 6749, 5.2. */
const errorBody = v.object({ error: v.string(), error_description: v.optional(v.string()) })

/** There is no refresh token in this grant on the platform: renewal goes through the login again. */
export function createPkceGrant({ loginBase, clientId, redirectUri }: GrantEndpoints): Grant {
  return {
    async address(state, keep) {
      const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
      keep(verifier)
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
      const query = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        code_challenge: base64url(new Uint8Array(digest)),
        code_challenge_method: 'S256',
        state,
      }
      return `${loginBase}/oauth/authorize?${new URLSearchParams(query).toString()}`
    },
    async redeem(returned, verifier) {
      if (returned.kind !== 'code') throw new Error('the login sent no code')
      const response = await fetch(`${loginBase}/oauth/token`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        // Where the answer sends elsewhere, code and verifier stay here.
        redirect: 'error',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: returned.code,
          code_verifier: verifier,
          client_id: clientId,
          redirect_uri: redirectUri,
        }),
      })
      const body: unknown = await response.json().catch(() => null)
      const token = v.safeParse(tokenBody, body)
      if (!response.ok || !token.success) throw new Error(describeRefusal(response.status, body))
      const { access_token, expires_in } = token.output
      const isKnown = typeof expires_in === 'number' && expires_in > 0
      return { token: access_token, expiresInS: isKnown ? expires_in : null }
    },
  }
}

function describeRefusal(status: number, body: unknown): string {
  const refusal = v.safeParse(errorBody, body)
  if (!refusal.success) return `the login answered the code with ${String(status)} and no token`
  const { error, error_description: why } = refusal.output
  return why === undefined ? error : `${error}: ${why}`
}

/** RFC 4648, 5, without padding. */
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
