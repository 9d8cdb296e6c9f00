// The code of the grant, lost on the way back from the login: no answer of the organisation, so no refusal.
import { expect, it, vi } from 'vitest'
import { createAuth } from '../../src/adapters/genesys/auth'
import type { PlatformClient } from '../../src/adapters/genesys/client'
import type { Grant } from '../../src/adapters/genesys/grant'
import type { OAuthReturn } from '../../src/core/launch'

const noCode = () => Promise.reject(new Error('no network'))
const fake = { open: noCode as () => Promise<Grant> }
vi.mock('../../src/adapters/genesys/grants', () => ({ openGrant: () => fake.open() }))

const returned: OAuthReturn = {
  kind: 'code',
  code: 'c-1',
  stateText: 'x',
  state: { nonce: 'n-1', search: '', apart: false },
}
const open = () =>
  createAuth({ loginBase: 'https://login.example' } as PlatformClient, {
    clientId: 'any',
    redirectUri: 'https://app.example/',
    grant: 'pkce',
  })

it('is thrown to whoever wants a token of the code', async () => {
  fake.open = noCode
  await expect(open().redeem(returned, 'verifier')).rejects.toThrow('no network')
})

it('is a refusal where the code is there and the organisation says no', async () => {
  const redeem = () => Promise.reject(new Error('invalid_grant'))
  fake.open = () => Promise.resolve({ address: () => Promise.resolve(''), redeem })
  expect(await open().redeem(returned, 'verifier')).toMatchObject({
    ok: false,
    refusal: { kind: 'rejected', message: 'invalid_grant' },
  })
})
