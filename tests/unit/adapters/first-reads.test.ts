// What leaves before the platform SDK is there is what the SDK will ask for, to the letter: else it would be asked twice.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  apiBaseOf,
  channelsUrl,
  firstReads,
  loginBaseOf,
  type PlatformHosts,
} from '../../../src/adapters/genesys/hosts'
import { createGenesys } from '../../../src/adapters/genesys/platform'
import { createTestClock } from '../../support/ports'

beforeAll(() => void vi.stubGlobal('window', globalThis))
afterAll(() => void vi.unstubAllGlobals())

async function readsOf(hosts: PlatformHosts, conversationId: string | null): Promise<string[]> {
  const asked: string[] = []
  const { auth, conversations, channels } = createGenesys(
    { gateway: hosts.gateway ?? null, environment: hosts.environment ?? null, timeoutMs: 1_000 },
    createTestClock(),
    (url, { method = 'GET' }) => {
      asked.push(`${method} ${url}`)
      return Promise.resolve(Response.json({}))
    },
    { clientId: 'abc', grant: 'implicit', redirectUri: 'https://cueline.example/' },
  )
  auth.useToken('secret')
  await auth.fetchIdentity()
  await (conversationId === null ? conversations.fetchMyCalls() : conversations.fetchCall(conversationId))
  await channels.createChannel()
  return asked
}

describe.each<[string, PlatformHosts, string]>([
  ['an environment', { environment: 'mypurecloud.de' }, 'https://login.mypurecloud.de'],
  ['a gateway', { gateway: 'https://gateway.example:8443' }, 'https://gateway.example:8443'],
  [
    'a gateway with a path',
    { gateway: 'https://gateway.example/genesys' },
    'https://gateway.example/genesys',
  ],
])('with %s', (_, hosts, login) => {
  it.each(['call-1', null])('the first reads for the call %s are those of the SDK', async (call) => {
    const base = apiBaseOf(hosts) ?? ''
    const expected = [...firstReads(base, call).map((url) => `GET ${url}`), `POST ${channelsUrl(base)}`]
    expect(await readsOf(hosts, call)).toEqual(expected)
  })

  it('the login is found too', () => {
    expect(loginBaseOf(hosts)).toBe(login)
  })
})

it('is known to the desktop alone where the configuration names neither', () => {
  expect(apiBaseOf({})).toBeNull()
})
