// Access tokens: who holds one, what it may do, and until when.
import type { Clock } from './clock'
import type { OAuthClient } from './oauth-clients'
import type { Random } from './random'
import { Refusal } from './refusal'

const rememberedMs = 60 * 60 * 1000

export interface AccessToken {
  token: string
  userId: string
  clientId: string
  scopes: readonly string[]
  expiresAtMs: number
}

export interface Tokens {
  issue(userId: string, client: OAuthClient, lifetimeS: number): AccessToken
  /** The holder of the token in an Authorization header; refuses with the platform's three kinds of 401. */
  require(authorization: string | undefined): AccessToken
  revoke(token: AccessToken): void
  /** From now on it is refused as expired. */
  expire(token: AccessToken): void
  /** Those that were made for this client are known no longer. */
  forgetClient(clientId: string): void
  /** The user's tokens that are valid still. */
  of(userId: string): AccessToken[]
}

export function createTokens({ clock, random }: { clock: Clock; random: Random }): Tokens {
  const tokens = new Map<string, AccessToken>()

  /** Whoever still comes with one of these is told that it is unknown instead of expired. */
  const forgetLongExpired = (): void => {
    for (const held of tokens.values()) {
      if (clock.now() - held.expiresAtMs > rememberedMs) tokens.delete(held.token)
    }
  }

  return {
    issue(userId, client, lifetimeS) {
      forgetLongExpired()
      const token: AccessToken = {
        token: random.token(),
        userId,
        clientId: client.id,
        scopes: client.scopes,
        expiresAtMs: clock.now() + lifetimeS * 1000,
      }
      tokens.set(token.token, token)
      return token
    },
    require(authorization) {
      const bearer = /^bearer (\S+)$/i.exec(authorization ?? '')?.[1]
      if (!bearer) {
        const message = 'No authentication bearer token specified in authorization header.'
        throw new Refusal(401, 'authentication.required', message)
      }
      const token = tokens.get(bearer)
      if (!token) throw new Refusal(401, 'bad.credentials', 'Invalid login credentials.')
      if (token.expiresAtMs <= clock.now()) {
        const message = 'The supplied credentials are expired and cannot be used.'
        throw new Refusal(401, 'credentials.expired', message)
      }
      return token
    },
    revoke: (token) => void tokens.delete(token.token),
    expire(token) {
      const held = tokens.get(token.token)
      if (held) held.expiresAtMs = clock.now()
    },
    forgetClient(clientId) {
      for (const held of tokens.values()) if (held.clientId === clientId) tokens.delete(held.token)
    },
    of: (userId) =>
      [...tokens.values()].filter((held) => held.userId === userId && held.expiresAtMs > clock.now()),
  }
}

/** `area:readonly` is granted by itself or by `area`. */
export const grants = (scopes: readonly string[], needed: string): boolean =>
  scopes.includes(needed) || scopes.includes(needed.replace(/:readonly$/, ''))
