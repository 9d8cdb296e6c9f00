// The implicit grant: the token comes back in the fragment. Leaving the page is the SDK's own loginImplicitGrant.
import type { Grant, GrantEndpoints } from './grant'
import type { PlatformClient } from './client'

export function createImplicitGrant(endpoints: GrantEndpoints, client: PlatformClient): Grant {
  const { loginBase, clientId, redirectUri } = endpoints
  return {
    leave: (state) => client.signInImplicit(clientId, redirectUri, state),
    /** For a window of its own: the SDK's popup leaks listeners and matches the origin by prefix. */
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
