// The code grant against the sandbox's login, and against a login that answers nonsense.
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { codeClient } from '../../sandbox/org/oauth-clients'
import { agentId } from '../../sandbox/org/people'
import type { Sandbox } from '../../sandbox/server'
import type { OAuthReturn } from '../../src/core/launch'
import { createPkceGrant } from '../../src/adapters/genesys/pkce'
import { appUrl, openSandbox } from './sandbox-harness'

const state = { nonce: 'n', search: '', apart: false }
const withCode = (code: string): OAuthReturn => ({ kind: 'code', code, stateText: 's', state })
const grantAt = (loginBase: string) =>
  createPkceGrant({ loginBase, clientId: codeClient.id, redirectUri: appUrl })

describe('against the login of the sandbox', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox()
  })
  afterAll(() => sandbox.close())

  /** Goes the whole way to the login as a browser with somebody signed in would. */
  async function goThere() {
    let verifier = ''
    const address = await grantAt(sandbox.url).address('s 1', (note) => (verifier = note))
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: `sandbox_user=${agentId}` },
    })
    const back = new URL(answer.headers.get('location') ?? 'http://nowhere').searchParams
    return { address: new URL(address).searchParams, verifier, back }
  }

  it('sends the digest of a fresh verifier, and never the verifier', async () => {
    const [one, other] = [await goThere(), await goThere()]
    expect(one.verifier).toMatch(/^[\w-]{43}$/)
    expect(other.verifier).not.toBe(one.verifier)
    expect(Object.fromEntries(one.address)).toEqual({
      client_id: codeClient.id,
      redirect_uri: appUrl,
      response_type: 'code',
      code_challenge: createHash('sha256').update(one.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 's 1',
    })
    expect(one.back.get('state')).toBe('s 1')
  })

  it('makes a token of the code that comes back, once', async () => {
    const { back, verifier } = await goThere()
    const redeem = () => grantAt(sandbox.url).redeem(withCode(back.get('code') ?? ''), verifier)
    expect(await redeem()).toEqual({ token: expect.stringMatching(/.+/), expiresInS: 86_400 })
    await expect(redeem()).rejects.toThrow('invalid_grant')
  })

  it('gets no token with the verifier of another way', async () => {
    const [{ back }, { verifier }] = [await goThere(), await goThere()]
    await expect(grantAt(sandbox.url).redeem(withCode(back.get('code') ?? ''), verifier)).rejects.toThrow(
      'invalid_grant',
    )
  })

  it.each<OAuthReturn>([{ kind: 'token', token: 't', expiresInS: 1, state }, { kind: 'none' }])(
    'makes nothing of %o',
    async (returned) => {
      await expect(grantAt(sandbox.url).redeem(returned, 'v')).rejects.toThrow('the login sent no code')
    },
  )
})

describe('against a login that answers', () => {
  let server: Server | null = null
  afterEach(() => server?.close())

  async function redeemWhere(status: number, body: string, more: Record<string, string> = {}) {
    const headers = { 'content-type': 'application/json', ...more }
    server = createServer((_, answer) => answer.writeHead(status, headers).end(body)).listen(0, '127.0.0.1')
    await new Promise((resolve) => server?.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    return grantAt(`http://127.0.0.1:${String(port)}`).redeem(withCode('c'), 'v')
  }
  const body = (fields: object) => JSON.stringify({ access_token: 't', token_type: 'Bearer', ...fields })

  it.each([
    ['a lifetime', body({ expires_in: 60 }), 60],
    ['no lifetime', body({}), null],
  ])('with a token and %s it is taken', async (_, text, expiresInS) => {
    expect(await redeemWhere(200, text)).toEqual({ token: 't', expiresInS })
  })

  it.each([
    ['no JSON', 200, 'hello', /JSON/i],
    ['no token', 200, body({ access_token: '' }), /access_token/],
    ['a token of another type', 200, body({ token_type: 'mac' }), /another kind|token_type/],
    ['a lifetime that is no number', 200, body({ expires_in: 'soon' }), /expires_in/],
    ['a token with a status that refuses', 500, body({}), /unexpected HTTP status/],
    ['a reason', 400, '{"error":"invalid_grant","error_description":"too old"}', /^invalid_grant: too old$/],
    ['a reason that is none', 400, '{"error":{"a":1}}', /not a conform/],
  ])('%s it is refused, with what was said', async (_, status, text, message) => {
    await expect(redeemWhere(status, text)).rejects.toThrow(message)
  })

  it('that code and verifier shall go elsewhere, they do not', async () => {
    await expect(redeemWhere(307, '', { location: 'http://127.0.0.1:9/' })).rejects.toThrow()
  })
})
