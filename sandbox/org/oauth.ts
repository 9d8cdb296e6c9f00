// The login server: implicit grant or code with PKCE, exact redirect addresses, and the sandbox's own cookie to skip the page.
import { type AuthCodes, isChallenge } from './auth-codes'
import { loginPage, refusalPage } from './login-page'
import { htmlAnswer, type OrgAnswer, type OrgRequest, redirectAnswer } from './messages'
import type { OAuthClient } from './oauth-clients'
import { findPerson } from './people'
import type { Tokens } from './tokens'

const cookieName = 'sandbox_user'

/** Signs a person in at the sandbox's login server; sent across sites, since the app in its frame is another one. */
export const signInCookie = (userId: string): string =>
  `${cookieName}=${userId}; SameSite=None; Secure; HttpOnly; Path=/`

export interface OAuthParts {
  tokens: Tokens
  findClient(id: string | null): OAuthClient | undefined
  /** Where the app runs: the address of the clients that name none. */
  appUris(): readonly string[]
  lifetimeS(): number
  codes: AuthCodes
  /** May the login page stand in a frame? */
  allowsFrame(): boolean
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
  /** Of a client with codes; null: none that could be checked. */
  challenge: string | null
}

export function createOAuth(parts: OAuthParts): OAuth {
  const { tokens, findClient, appUris, lifetimeS, codes, allowsFrame } = parts
  /** What is asked for, or the reason why it must not even be redirected. */
  const read = (fields: URLSearchParams): Asked | string => {
    const client = findClient(fields.get('client_id'))
    if (!client) return 'The client_id is not registered in this organisation.'
    const redirectUri = fields.get('redirect_uri') ?? ''
    if (!(client.redirectUris ?? appUris()).includes(redirectUri)) {
      return `The redirect_uri "${redirectUri}" is not exactly one of those registered for this client.`
    }
    const challenge = fields.get('code_challenge')
    const isProvable = fields.get('code_challenge_method') === 'S256' && isChallenge(challenge)
    return { client, redirectUri, state: fields.get('state'), challenge: isProvable ? challenge : null }
  }
  const goOn = ({ client, redirectUri, state }: Asked, result: Record<string, string>): OrgAnswer => {
    const told = new URLSearchParams(state === null ? result : { ...result, state })
    return redirectAnswer(`${redirectUri}${client.grant === 'CODE' ? '?' : '#'}${told.toString()}`)
  }
  const grant = (asked: Asked, userId: string): OrgAnswer => {
    const { client, redirectUri, challenge } = asked
    if (client.grant === 'CODE') {
      if (challenge === null) return goOn(asked, unproven)
      return goOn(asked, { code: codes.issue({ clientId: client.id, userId, redirectUri, challenge }) })
    }
    const seconds = lifetimeS()
    const { token } = tokens.issue(userId, asked.client, seconds)
    return goOn(asked, { access_token: token, token_type: 'bearer', expires_in: String(seconds) })
  }

  return {
    authorize({ query, headers }) {
      const asked = read(query)
      if (typeof asked === 'string') return htmlAnswer(400, refusalPage(asked))
      const { client, redirectUri, state, challenge } = asked
      const responseType = client.grant === 'CODE' ? 'code' : 'token'
      if (query.get('response_type') !== responseType) {
        return goOn(asked, {
          error: 'unsupported_response_type',
          error_description: `For this client response_type must be ${responseType}.`,
        })
      }
      if (client.grant === 'CODE' && challenge === null) return goOn(asked, unproven)
      const person = findPerson(readCookie(headers.cookie))
      // A provider that refuses frames does so before it looks at who is signed in.
      const isRefusedFrame = !allowsFrame() && headers['sec-fetch-dest'] === 'iframe'
      if (person && !isRefusedFrame && query.get('prompt') !== 'login') return grant(asked, person.id)
      const fields: Record<string, string> = { client_id: client.id, redirect_uri: redirectUri }
      if (state !== null) fields.state = state
      if (challenge !== null)
        Object.assign(fields, { code_challenge: challenge, code_challenge_method: 'S256' })
      const page = htmlAnswer(200, loginPage(client.name, fields))
      return allowsFrame() ? page : { ...page, headers: { ...page.headers, 'x-frame-options': 'DENY' } }
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

const unproven = {
  error: 'invalid_request',
  error_description: 'This client needs a code_challenge with code_challenge_method=S256.',
}

function readCookie(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([name]) => name === cookieName)?.[1]
}
