// The login server and the tokens it gives: exact addresses, the page, the cookie, expiry, sign-out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../sandbox/org/people'
import type { Sandbox } from '../../sandbox/server'
import { appUrl, authorize, control, fragmentOf, openSandbox, request, signIn } from './sandbox-harness'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await openSandbox()
})
afterAll(() => sandbox.close())

const agent = people[0]!
const cookie = `sandbox_user=${agent.id}`
const postLogin = (fields: Record<string, string>) =>
  fetch(`${sandbox.url}/oauth/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  })

describe('authorize', () => {
  it('skips the page for the person whom the cookie names, and returns the state as it came', async () => {
    const answer = await authorize(sandbox, { state: 'a b&c=d' }, cookie)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')?.split('#')[0]).toBe(appUrl)
    const fragment = fragmentOf(answer)
    expect(Object.fromEntries(fragment)).toMatchObject({
      token_type: 'bearer',
      expires_in: '86400',
      state: 'a b&c=d',
    })
    expect(fragment.get('access_token')?.length).toBeGreaterThan(40)
  })

  it.each([
    ['no cookie', {}, undefined],
    ['a cookie that names nobody', {}, 'sandbox_user=nobody'],
    ['a wish for the page', { prompt: 'login' }, cookie],
  ])('shows the page with every user for %s', async (_, query, sent) => {
    const answer = await authorize(sandbox, query, sent)
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(people.filter(({ name }) => !html.includes(`<b>${name}</b>`))).toEqual([])
  })

  it.each([
    ['a query at the address', { redirect_uri: `${appUrl}?x=1` }],
    ['no slash at its end', { redirect_uri: appUrl.slice(0, -1) }],
    ['another host', { redirect_uri: 'http://evil.example/' }],
    ['an unknown client', { client_id: 'nobody' }],
  ])('never redirects for %s', async (_, query) => {
    const answer = await authorize(sandbox, query, cookie)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  })

  it('writes what it was given into the page as text', async () => {
    const answer = await authorize(sandbox, { state: '"><script>alert(1)</script>' })
    expect(await answer.text()).not.toContain('<script>')
  })
})

describe('the login page', () => {
  const fields = { client_id: '', redirect_uri: appUrl, state: 's1' }
  beforeAll(() => {
    fields.client_id = sandbox.org.appConfig().oauth.clientId
  })

  it('signs the chosen person in and remembers them across sites', async () => {
    const answer = await postLogin({ ...fields, user: people[9]!.id })
    expect(answer.headers.get('set-cookie')).toBe(
      `sandbox_user=${people[9]!.id}; SameSite=None; Secure; HttpOnly; Path=/`,
    )
    const token = fragmentOf(answer).get('access_token')
    const me = await request(`${sandbox.url}/api/v2/users/me`, 'GET', undefined, {
      authorization: `Bearer ${token}`,
    })
    expect(me.body).toMatchObject({ id: people[9]!.id, name: 'Linda Berger' })
  })

  it('returns a cancelled sign-in as access_denied with the state', async () => {
    const answer = await postLogin({ ...fields, deny: 'true' })
    expect(Object.fromEntries(fragmentOf(answer))).toMatchObject({ error: 'access_denied', state: 's1' })
  })

  it('checks the address again', async () => {
    const answer = await postLogin({ ...fields, redirect_uri: 'http://evil.example/', user: agent.id })
    expect(answer.status).toBe(400)
  })
})

describe('a token', () => {
  it('says what it may do', async () => {
    const { api } = await signIn(sandbox)
    const { body } = await api('GET', '/api/v2/tokens/me')
    expect(body.authorizedScope).toContain('conversations')
    expect(body.OAuthClient).toMatchObject({ authorizedGrantType: 'TOKEN' })
  })

  it.each([
    ['none', undefined, 'authentication.required'],
    ['a wrong one', 'Bearer nonsense', 'bad.credentials'],
  ])('that is %s gets 401', async (_, authorization, code) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
    const answer = await request(`${sandbox.url}/api/v2/users/me`, 'GET', undefined, headers)
    expect(answer).toMatchObject({ status: 401, body: { code } })
  })

  it('is worth nothing after its owner signed out', async () => {
    const { api } = await signIn(sandbox)
    expect((await api('DELETE', '/api/v2/tokens/me')).status).toBe(204)
    expect((await api('GET', '/api/v2/tokens/me')).status).toBe(401)
  })

  it('lives as long as the setting says', async () => {
    await control(sandbox, 'settings', { tokenLifetimeS: 1 })
    const answer = await authorize(sandbox, {}, cookie)
    expect(fragmentOf(answer).get('expires_in')).toBe('1')
    await control(sandbox, 'reset')
  })

  it('is nowhere in the state of the world', async () => {
    const { token } = await signIn(sandbox)
    expect(await (await fetch(`${sandbox.url}/sandbox/state`)).text()).not.toContain(token)
  })
})

it('the desktop page signs its agent in', async () => {
  const answer = await fetch(`${sandbox.url}/`)
  expect(answer.headers.get('set-cookie')).toBe(`${cookie}; SameSite=None; Secure; HttpOnly; Path=/`)
})
