// The login server: implicit grant, exact redirect addresses, and the sandbox's own cookie to skip the page.
import { loginPage, refusalPage } from './login-page'
import { htmlAnswer, type OrgAnswer, type OrgRequest, redirectAnswer } from './messages'
import { findClient, type OAuthClient } from './oauth-clients'
import { findPerson } from './people'
import type { Tokens } from './tokens'

const cookieName = 'sandbox_user'

/** Signs a person in at the sandbox's login server; sent across sites, since the app in its frame is another one. */
export const signInCookie = (userId: string): string =>
  `${cookieName}=${userId}; SameSite=None; Secure; HttpOnly; Path=/`

interface OAuthParts {
  tokens: Tokens
  redirectUris(): readonly string[]
  lifetimeS(): number
}

export interface OAuth {
  authorize(request: OrgRequest): OrgAnswer
  /** The choice made on the login page. */
  login(request: OrgRequest): OrgAnswer
  logout(request: OrgRequest): OrgAnswer
}

interface Asked {
  client: OAuthClient
  redirectUri: string
  state: string | null
}

export function createOAuth({ tokens, redirectUris, lifetimeS }: OAuthParts): OAuth {
  /** What is asked for, or the reason why it must not even be redirected. */
  const read = (fields: URLSearchParams): Asked | string => {
    const client = findClient(fields.get('client_id'))
    if (!client) return 'The client_id is not registered in this organisation.'
    const redirectUri = fields.get('redirect_uri') ?? ''
    if (!redirectUris().includes(redirectUri)) {
      return `The redirect_uri "${redirectUri}" is not exactly one of those registered for this client.`
    }
    return { client, redirectUri, state: fields.get('state') }
  }
  const goOn = ({ redirectUri, state }: Asked, result: Record<string, string>): OrgAnswer => {
    const fragment = new URLSearchParams(state === null ? result : { ...result, state })
    return redirectAnswer(`${redirectUri}#${fragment.toString()}`)
  }
  const grant = (asked: Asked, userId: string): OrgAnswer => {
    const seconds = lifetimeS()
    const { token } = tokens.issue(userId, asked.client, seconds)
    return goOn(asked, { access_token: token, token_type: 'bearer', expires_in: String(seconds) })
  }

  return {
    authorize({ query, headers }) {
      const asked = read(query)
      if (typeof asked === 'string') return htmlAnswer(400, refusalPage(asked))
      if (query.get('response_type') !== 'token') {
        return goOn(asked, {
          error: 'unsupported_response_type',
          error_description: 'This client has the implicit grant: response_type must be token.',
        })
      }
      const person = findPerson(readCookie(headers.cookie))
      if (person && query.get('prompt') !== 'login') return grant(asked, person.id)
      const fields: Record<string, string> = { client_id: asked.client.id, redirect_uri: asked.redirectUri }
      if (asked.state !== null) fields.state = asked.state
      return htmlAnswer(200, loginPage(asked.client.name, fields))
    },
    login({ body }) {
      const fields = new URLSearchParams(body)
      const asked = read(fields)
      if (typeof asked === 'string') return htmlAnswer(400, refusalPage(asked))
      if (fields.has('deny')) {
        return goOn(asked, { error: 'access_denied', error_description: 'The sign-in was cancelled.' })
      }
      const person = findPerson(fields.get('user') ?? undefined)
      if (!person) return htmlAnswer(400, refusalPage('There is no such user in this organisation.'))
      const answer = grant(asked, person.id)
      return { ...answer, headers: { ...answer.headers, 'set-cookie': signInCookie(person.id) } }
    },
    logout({ query }) {
      const asked = read(query)
      if (typeof asked === 'string') return htmlAnswer(400, refusalPage(asked))
      const answer = redirectAnswer(asked.redirectUri)
      const gone = `${cookieName}=; SameSite=None; Secure; HttpOnly; Path=/; Max-Age=0`
      return { ...answer, headers: { ...answer.headers, 'set-cookie': gone } }
    },
  }
}

function readCookie(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([name]) => name === cookieName)?.[1]
}
