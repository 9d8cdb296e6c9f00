// The code grant with PKCE, by oauth4webapi: a code comes back in the query and is redeemed with the kept verifier.
import * as oauth from 'oauth4webapi'
import type { Grant, GrantEndpoints } from './grant'

/** There is no refresh token in this grant on the platform: renewal goes through the login again. */
export function createPkceGrant({ loginBase, clientId, redirectUri }: GrantEndpoints): Grant {
  const server: oauth.AuthorizationServer = {
    issuer: loginBase,
    authorization_endpoint: `${loginBase}/oauth/authorize`,
    token_endpoint: `${loginBase}/oauth/token`,
  }
  const client: oauth.Client = { client_id: clientId }
  // config.json has allowed http on the loopback only.
  const options = { [oauth.allowInsecureRequests]: loginBase.startsWith('http://') }
  return {
    async address(state, keep) {
      const verifier = oauth.generateRandomCodeVerifier()
      keep(verifier)
      const query = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
      }
      return `${server.authorization_endpoint}?${new URLSearchParams(query).toString()}`
    },
    async redeem(returned, verifier) {
      if (returned.kind !== 'code') throw new Error('the login sent no code')
      const callback = new URLSearchParams({ code: returned.code, state: returned.stateText })
      const params = oauth.validateAuthResponse(server, client, callback, returned.stateText)
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        params,
        redirectUri,
        verifier,
        options,
      )
      const answer = await oauth.processAuthorizationCodeResponse(server, client, response).catch(withReason)
      // The library knows tokens that prove who holds them; here nobody asked for one.
      if (answer.token_type !== 'bearer') throw new Error('the login sent a token of another kind')
      return { token: answer.access_token, expiresInS: answer.expires_in ?? null }
    },
  }
}

/** What the login says of its refusal, in place of the library's word that it was one. */
function withReason(error: unknown): never {
  if (!(error instanceof oauth.ResponseBodyError)) throw error
  const { error: code, error_description: why } = error
  throw new Error(why === undefined ? code : `${code}: ${why}`)
}
