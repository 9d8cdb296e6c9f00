// What every kind of grant has in common: an address to go to, and a token made of what comes back.
import type { OAuthReturn } from '../../core/launch'
import type { TokenGrant } from '../../core/ports'

export interface GrantEndpoints {
  readonly loginBase: string
  readonly clientId: string
  readonly redirectUri: string
}

/** One kind of grant: how the login is addressed, and how a token is made of what came back. */
export interface Grant {
  /** The address of the login page; `keep` takes what `redeem` will need. */
  address(state: string, keep: (note: string) => void): Promise<string>
  redeem(returned: OAuthReturn, note: string): Promise<TokenGrant>
}
