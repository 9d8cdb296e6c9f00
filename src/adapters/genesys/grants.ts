// The grant that the configuration names. The library for the code grant is loaded only where it is used.
import type { Grant, GrantEndpoints } from './grant'
import { createImplicitGrant } from './implicit'

export async function openGrant(kind: 'implicit' | 'pkce', endpoints: GrantEndpoints): Promise<Grant> {
  if (kind === 'implicit') return createImplicitGrant(endpoints)
  return (await import('./pkce')).createPkceGrant(endpoints)
}
