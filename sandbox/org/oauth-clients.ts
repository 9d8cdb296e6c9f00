// The OAuth clients that the organisation begins with, and the maker's own, by which an admin signs in before there is any.
export interface OAuthClient {
  id: string
  name: string
  /** TOKEN: implicit; CODE: authorization code, for a browser with PKCE. */
  grant: 'TOKEN' | 'CODE'
  scopes: readonly string[]
  /** null: the address where the app runs, wherever that is. */
  redirectUris: readonly string[] | null
}

/** The panel's own client. */
export const panelClient: OAuthClient = {
  id: '3f2b7c1e-0c5d-4a60-9d0a-c0e11de00001',
  name: 'Cueline panel',
  grant: 'TOKEN',
  scopes: [
    'user-basic-info',
    'conversations',
    'notifications',
    'architect:readonly',
    'users:readonly',
    'presence:readonly',
    'routing:readonly',
    'groups:readonly',
  ],
  redirectUris: null,
}

/** The same for an organisation that can no longer create implicit clients. */
export const codeClient: OAuthClient = {
  id: '3f2b7c1e-0c5d-4a60-9d0a-c0e11de00003',
  name: 'Cueline panel (PKCE)',
  grant: 'CODE',
  scopes: panelClient.scopes,
  redirectUris: null,
}

/** A client that was given too little: whoever signs in through it meets missing scopes. */
export const narrowClient: OAuthClient = {
  id: '3f2b7c1e-0c5d-4a60-9d0a-c0e11de00002',
  name: 'Directory lookup',
  grant: 'TOKEN',
  scopes: ['user-basic-info'],
  redirectUris: null,
}

/** The maker's own: it belongs to no organisation, so none of them lists it. An admin signs in with it to set Cueline up. */
export const setupClient: OAuthClient = {
  id: '3f2b7c1e-0c5d-4a60-9d0a-c0e11de00004',
  name: 'Cueline setup',
  grant: 'CODE',
  scopes: [...panelClient.scopes, 'architect', 'authorization', 'groups', 'integrations', 'oauth'],
  redirectUris: null,
}
