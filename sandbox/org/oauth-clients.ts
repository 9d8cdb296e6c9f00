// The OAuth clients registered in the organisation.
export interface OAuthClient {
  id: string
  name: string
  /** TOKEN: implicit; CODE: authorization code, for a browser with PKCE. */
  grant: 'TOKEN' | 'CODE'
  scopes: readonly string[]
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
}

/** The same for an organisation that can no longer create implicit clients. */
export const codeClient: OAuthClient = {
  id: '3f2b7c1e-0c5d-4a60-9d0a-c0e11de00003',
  name: 'Cueline panel (PKCE)',
  grant: 'CODE',
  scopes: panelClient.scopes,
}

/** A client that was given too little: whoever signs in through it meets missing scopes. */
export const narrowClient: OAuthClient = {
  id: '3f2b7c1e-0c5d-4a60-9d0a-c0e11de00002',
  name: 'Directory lookup',
  grant: 'TOKEN',
  scopes: ['user-basic-info'],
}

export const findClient = (id: string | null): OAuthClient | undefined =>
  [panelClient, narrowClient, codeClient].find((client) => client.id === id)
