// The login server, whole: pages and redirects, codes, and the endpoint that makes tokens of them.
import { createAuthCodes } from './auth-codes'
import type { Clock } from './clock'
import { createOAuth, type OAuthParts } from './oauth'
import type { Random } from './random'
import type { Settings } from './settings'
import { createTokenEndpoint } from './token-endpoint'

interface LoginServerParts extends Pick<OAuthParts, 'tokens' | 'findClient' | 'appUris'> {
  clock: Clock
  random: Random
  settings(): Settings
}

export function createLoginServer({ clock, random, settings, ...parts }: LoginServerParts) {
  const codes = createAuthCodes({ clock, random })
  const shared = { ...parts, codes, lifetimeS: () => settings().tokenLifetimeS }
  return {
    ...createOAuth({ ...shared, allowsFrame: () => settings().frameLogin === 'allowed' }),
    token: createTokenEndpoint(shared),
  }
}
