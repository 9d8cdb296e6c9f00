// Who is signed in: the way to the login and back, GET /tokens/me and /users/me, sign-out.
import * as v from 'valibot'
import { answered, refused } from '../../core/errors'
import { describeLicence, lacksLicence } from '../../core/licence'
import type { Auth } from '../../core/ports'
import { mayPassQuietly, passQuietly, waitForAnswer } from './apart'
import type { PlatformClient } from './client'
import { openGrant } from './grants'

const tokenBody = v.object({ authorizedScope: v.optional(v.array(v.string())) })
const userBody = v.object({
  id: v.string(),
  name: v.optional(v.string(), ''),
  organization: v.nullish(v.object({ id: v.nullish(v.string()) })),
  authorization: v.optional(v.object({ permissions: v.optional(v.array(v.string())) })),
})

const popupLookMs = 500

export interface AuthSettings {
  readonly clientId: string
  readonly redirectUri: string
  readonly grant: 'implicit' | 'pkce'
  /** The permission that whoever is signed in must have; null: none. */
  readonly licence?: string | null
}

export function createAuth(client: PlatformClient, settings: AuthSettings): Auth {
  const { clientId, redirectUri, licence = null } = settings
  const endpoints = { loginBase: client.loginBase, clientId, redirectUri }
  const openOurs = () => openGrant(settings.grant, endpoints)
  // On its way before it is needed. Where it did not arrive, whoever needs it asks again, and says so.
  openOurs().catch(() => undefined)

  return {
    async redirectToSignIn(state, keep) {
      location.replace(await (await openOurs()).address(state, keep))
    },
    mayPassQuietly,
    signInQuietly: async (state, keep) => passQuietly(await (await openOurs()).address(state, keep)),
    async signInByPopup(state, keep) {
      // Opened at once, while the click still counts; the address follows.
      const popup = window.open('', 'cueline-sign-in', 'popup,width=500,height=700')
      if (popup === null) return null
      try {
        popup.location.replace(await (await openOurs()).address(state, keep))
      } catch (error) {
        popup.close()
        throw error
      }
      return waitForAnswer(popup, () => popup.closed, popupLookMs)
    },
    async redeem(returned, note) {
      const grant = await openOurs()
      try {
        return answered(await grant.redeem(returned, note))
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        return refused({ kind: 'rejected', message })
      }
    },
    useToken: (token) => client.setToken(token),
    /** Both reads at once: either refusal means that the token is of no use. */
    async fetchIdentity() {
      const [token, user] = await Promise.all([
        client.request({ method: 'GET', path: '/api/v2/tokens/me' }),
        client.request({
          method: 'GET',
          path: '/api/v2/users/me',
          query: { expand: licence === null ? ['organization'] : ['organization', 'authorization'] },
        }),
      ])
      if (!token.ok) return token
      if (!user.ok) return user
      const scopes = v.safeParse(tokenBody, token.value.body)
      const person = v.safeParse(userBody, user.value.body)
      if (!person.success)
        return refused({ kind: 'malformed', message: 'the platform did not say who is signed in' })
      if (lacksLicence(licence, person.output.authorization?.permissions))
        return refused({ kind: 'forbidden', message: 'no licence', missing: [describeLicence(licence)] })
      return answered({
        userId: person.output.id,
        name: person.output.name,
        organizationId: person.output.organization?.id ?? null,
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
