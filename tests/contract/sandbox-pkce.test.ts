// Sign-in by authorization code with PKCE: the code, its proof, its end; and a login page that refuses frames.
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../sandbox/org/clock'
import { createAuthCodes, proves } from '../../sandbox/org/auth-codes'
import { codeClient, panelClient } from '../../sandbox/org/oauth-clients'
import { agentId } from '../../sandbox/org/people'
import { createSeededRandom } from '../../sandbox/org/random'
import type { Sandbox } from '../../sandbox/server'
import { appUrl, authorize, control, openSandbox, request, signIn } from './sandbox-harness'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(() => sandbox.close())

const cookie = `sandbox_user=${agentId}`
const verifier = 'a-verifier-of-at-least-forty-three-characters_1'
const challenge = createHash('sha256').update(verifier).digest('base64url')
const asked = {
  client_id: codeClient.id,
  response_type: 'code',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  state: 's 1',
}
const queryOf = (answer: Response): Record<string, string> =>
  Object.fromEntries(new URL(answer.headers.get('location') ?? 'http://nowhere').searchParams)
const newCode = async (): Promise<string> => queryOf(await authorize(sandbox, asked, cookie)).code ?? ''
const redeem = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/oauth/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code_verifier: verifier,
      client_id: codeClient.id,
      redirect_uri: appUrl,
      ...fields,
    }),
  })

describe('authorize', () => {
  it('returns a code in the query, with the state as it came and no token', async () => {
    const answer = await authorize(sandbox, asked, cookie)
    const location = answer.headers.get('location') ?? ''
    expect(answer.status).toBe(302)
    expect(location.startsWith(`${appUrl}?`)).toBe(true)
    expect(location).not.toContain('#')
    expect(Object.keys(queryOf(answer))).toEqual(['code', 'state'])
    expect(queryOf(answer).state).toBe('s 1')
  })

  it.each([
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['a challenge that is no hash', { code_challenge: 'short' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a wish for a token', { response_type: 'token' }, 'unsupported_response_type'],
  ])('given %s returns an error in the query', async (_, query, error) => {
    const answer = await authorize(sandbox, { ...asked, ...query }, cookie)
    expect(queryOf(answer)).toMatchObject({ error, state: 's 1' })
  })

  it('gives the implicit client no code', async () => {
    const answer = await authorize(sandbox, { ...asked, client_id: panelClient.id }, cookie)
    expect(answer.headers.get('location')).toContain('#error=unsupported_response_type')
  })

  it('goes through the page and keeps the challenge', async () => {
    const html = await (await authorize(sandbox, asked)).text()
    const fields = new URLSearchParams(
      [...html.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
        name ?? '',
        value ?? '',
      ]),
    )
    fields.set('user', agentId)
    const answer = await fetch(`${sandbox.url}/oauth/login`, {
      method: 'POST',
      redirect: 'manual',
      body: fields,
    })
    expect((await redeem({ code: queryOf(answer).code ?? '' })).status).toBe(200)
  })
})

describe('the token endpoint', () => {
  it('gives for a code and its proof a token that works, and nothing to refresh it with', async () => {
    const answer = await redeem({ code: await newCode() }, { origin: new URL(appUrl).origin })
    expect(answer.headers.get('access-control-allow-origin')).toBe(new URL(appUrl).origin)
    const body = (await answer.json()) as Record<string, unknown>
    expect(body).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 86_400 })
    const me = await request(`${sandbox.url}/api/v2/tokens/me`, 'GET', undefined, {
      authorization: `Bearer ${String(body.access_token)}`,
    })
    expect(me.body).toMatchObject({
      authorizedScope: codeClient.scopes,
      OAuthClient: { id: codeClient.id, authorizedGrantType: 'CODE' },
    })
  })

  it('takes each code once', async () => {
    const code = await newCode()
    expect((await redeem({ code })).status).toBe(200)
    const again = await redeem({ code })
    expect([again.status, await again.json()]).toMatchObject([400, { error: 'invalid_grant' }])
  })

  it.each([
    ['a wrong verifier', { code_verifier: `${verifier}x` }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    ['another address', { redirect_uri: `${appUrl}x` }, 'invalid_grant'],
    ['an unknown code', { code: 'nonsense' }, 'invalid_grant'],
    ['the implicit client', { client_id: panelClient.id }, 'invalid_client'],
    ['another grant', { grant_type: 'refresh_token' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_, fields, error) => {
    const answer = await redeem({ code: await newCode(), ...fields })
    expect([answer.status, await answer.json()]).toMatchObject([400, { error }])
  })

  it('refuses what is no form', async () => {
    const answer = await request(`${sandbox.url}/oauth/token`, 'POST', { grant_type: 'authorization_code' })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  it('answers the browser’s question before the app’s, but a strange page reads nothing', async () => {
    const preflight = (origin: string) =>
      fetch(`${sandbox.url}/oauth/token`, { method: 'OPTIONS', headers: { origin } })
    const app = await preflight(new URL(appUrl).origin)
    expect([app.status, app.headers.get('access-control-allow-origin')]).toEqual([
      204,
      new URL(appUrl).origin,
    ])
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })
})

it('a code lives for a minute', async () => {
  const clock = createVirtualClock()
  const codes = createAuthCodes({ clock, random: createSeededRandom(1) })
  const grant = { clientId: 'c', userId: 'u', redirectUri: appUrl, challenge }
  const early = codes.issue(grant)
  const late = codes.issue(grant)
  await clock.advance(59_999)
  expect(codes.take(early)).toMatchObject(grant)
  await clock.advance(1)
  expect(codes.take(late)).toBeNull()
})

it('the proof is that of RFC 7636, in its own example', () => {
  const [given, stored] = [
    'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  ] as const
  expect(proves(given, stored)).toBe(true)
  expect(proves(`${given}x`, stored)).toBe(false)
  expect(proves(given.slice(0, 42), stored)).toBe(false)
})

describe('settings', () => {
  afterEach(() => control(sandbox, 'reset'))

  it('of the grant choose the client of the app’s configuration', async () => {
    const config = () => request(`${sandbox.url}/sandbox/config.json`, 'GET')
    expect((await config()).body).toMatchObject({ oauth: { clientId: panelClient.id, grant: 'implicit' } })
    await control(sandbox, 'settings', { grant: 'pkce' })
    expect((await config()).body).toMatchObject({ oauth: { clientId: codeClient.id, grant: 'pkce' } })
  })

  it('refuse an unknown grant', async () => {
    expect((await control(sandbox, 'settings', { grant: 'saml' })).status).toBe(400)
  })

  it('leave the implicit client what it was', async () => {
    const { api } = await signIn(sandbox)
    expect((await api('GET', '/api/v2/tokens/me')).body).toMatchObject({
      authorizedScope: panelClient.scopes,
      OAuthClient: { authorizedGrantType: 'TOKEN' },
    })
  })
})

describe('a login page that refuses frames', () => {
  beforeEach(() => control(sandbox, 'settings', { frameLogin: 'refused' }))
  afterEach(() => control(sandbox, 'reset'))
  const inside = async (dest: string) =>
    fetch(
      `${sandbox.url}/oauth/authorize?${new URLSearchParams({ ...asked, redirect_uri: appUrl }).toString()}`,
      { redirect: 'manual', headers: { cookie, 'sec-fetch-dest': dest } },
    )

  it('says so, and does so also for who is signed in', async () => {
    const framed = await inside('iframe')
    expect([framed.status, framed.headers.get('x-frame-options')]).toEqual([200, 'DENY'])
  })

  it('lets a popup pass', async () => {
    expect(queryOf(await inside('document')).code).toBeDefined()
    expect((await authorize(sandbox, asked)).headers.get('x-frame-options')).toBe('DENY')
  })

  it('is no matter where frames are allowed', async () => {
    await control(sandbox, 'reset')
    expect((await inside('iframe')).status).toBe(302)
    expect((await authorize(sandbox, asked)).headers.get('x-frame-options')).toBeNull()
  })
})
