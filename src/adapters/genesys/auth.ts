// Who is signed in: GET /tokens/me and /users/me, sign-in by redirect, sign-out.
import * as v from 'valibot'
import { answered, refused } from '../../core/errors'
import type { Auth } from '../../core/ports'
import type { PlatformClient } from './client'

const tokenBody = v.object({ authorizedScope: v.optional(v.array(v.string())) })
const userBody = v.object({ id: v.string(), name: v.optional(v.string(), '') })

export function createAuth(client: PlatformClient, clientId: string, redirectUri: string): Auth {
  return {
    redirectToSignIn: (state) => client.signInImplicit(clientId, redirectUri, state),
    useToken: (token) => client.setToken(token),
    /** Both reads at once: either refusal means that the token is of no use. */
    async fetchIdentity() {
      const [token, user] = await Promise.all([
        client.request({ method: 'GET', path: '/api/v2/tokens/me' }),
        client.request({ method: 'GET', path: '/api/v2/users/me' }),
      ])
      if (!token.ok) return token
      if (!user.ok) return user
      const scopes = v.safeParse(tokenBody, token.value.body)
      const person = v.safeParse(userBody, user.value.body)
      if (!person.success)
        return refused({ kind: 'malformed', message: 'the platform did not say who is signed in' })
      return answered({
        userId: person.output.id,
        name: person.output.name,
        scopes: scopes.success ? (scopes.output.authorizedScope ?? null) : null,
      })
    },
    async signOut() {
      const answer = await client.request({ method: 'DELETE', path: '/api/v2/tokens/me' })
      client.setToken(null)
      return answer.ok ? answered(undefined) : answer
    },
  }
}
