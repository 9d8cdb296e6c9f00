// POST /oauth/token: an authorization code and the proof that goes with it, for an access token and nothing else.
import { type AuthCodes, proves } from './auth-codes'
import { jsonAnswer, type OrgAnswer, type OrgRequest } from './messages'
import type { OAuthClient } from './oauth-clients'
import type { Tokens } from './tokens'

interface TokenEndpointParts {
  tokens: Tokens
  codes: AuthCodes
  findClient(id: string | null): OAuthClient | undefined
  lifetimeS(): number
}

export function createTokenEndpoint({ tokens, codes, findClient, lifetimeS }: TokenEndpointParts) {
  return ({ headers, body }: OrgRequest): OrgAnswer => {
    if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      return refused('invalid_request', 'The body must be a form.')
    }
    const form = new URLSearchParams(body)
    const text = (name: string): string => form.get(name) ?? ''
    if (text('grant_type') !== 'authorization_code') {
      return refused('unsupported_grant_type', 'Only authorization_code is possible here.')
    }
    const client = findClient(text('client_id'))
    if (client?.grant !== 'CODE') {
      return refused('invalid_client', 'The client is unknown or has another grant.')
    }
    const grant = codes.take(text('code'))
    if (
      grant?.clientId !== client.id ||
      grant.redirectUri !== text('redirect_uri') ||
      !proves(text('code_verifier'), grant.challenge)
    ) {
      return refused(
        'invalid_grant',
        'The code is unknown, used, too old, or was given to somebody else or for another address.',
      )
    }
    const seconds = lifetimeS()
    const { token } = tokens.issue(grant.userId, client, seconds)
    return jsonAnswer(200, { access_token: token, token_type: 'bearer', expires_in: seconds })
  }
}

const refused = (error: string, description: string): OrgAnswer =>
  jsonAnswer(400, { error, error_description: description })
