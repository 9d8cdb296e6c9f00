// The implicit grant: the token comes back in the fragment. The SDK's loginImplicitGrant asks the platform about a token
// that is not there before it leaves the page, and its popup leaks listeners and matches the origin by prefix.
import type { Grant, GrantEndpoints } from './grant'

export function createImplicitGrant({ loginBase, clientId, redirectUri }: GrantEndpoints): Grant {
  return {
    address(state) {
      const query = { client_id: clientId, redirect_uri: redirectUri, response_type: 'token', state }
      return Promise.resolve(`${loginBase}/oauth/authorize?${new URLSearchParams(query).toString()}`)
    },
    redeem(returned) {
      if (returned.kind !== 'token') return Promise.reject(new Error('the login sent no token'))
      return Promise.resolve({ token: returned.token, expiresInS: returned.expiresInS })
    },
  }
}
