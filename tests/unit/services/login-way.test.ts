// The beginning of a way to the login: what goes along, and what stays here to know it by when it comes back.
import { describe, expect, it } from 'vitest'
import { decodeOAuthState, type OAuthReturn } from '../../../src/core/launch'
import { mayPassQuietly, nonceKey, passQuietly, prepareWay } from '../../../src/services/login-way'
import { createTestStorage } from '../../support/browser-ports'
import { createTestChance } from '../../support/ports'

it('sends a nonce that lies here, and the launch parameters', () => {
  const storage = createTestStorage()
  const way = prepareWay({ storage, chance: createTestChance() }, '?view=team')
  const state = decodeOAuthState(way?.state ?? '')
  expect(state).toMatchObject({ search: '?view=team', apart: false })
  expect(storage.read(nonceKey(state?.nonce ?? ''))).toBe('')
  way?.keep('verifier')
  expect(storage.read(nonceKey(state?.nonce ?? ''))).toBe('verifier')
})

it('is no way at all where the browser keeps nothing', () => {
  const storage = { ...createTestStorage(), write: () => false }
  expect(prepareWay({ storage, chance: createTestChance() }, '')).toBeNull()
})

describe('a way that nobody sees', () => {
  const denied: OAuthReturn = { kind: 'denied', reason: 'no', state: null }

  function setUp(answer: OAuthReturn | null, isLet = true) {
    const storage = createTestStorage()
    const asked: string[] = []
    const auth = {
      mayPassQuietly: () => Promise.resolve(isLet),
      signInQuietly(state: string) {
        asked.push(state)
        return Promise.resolve(answer)
      },
    }
    const ports = { storage, chance: createTestChance() }
    const pass = async () =>
      (await mayPassQuietly(storage, auth)) ? passQuietly(ports, '?view=team', auth.signInQuietly) : null
    return { storage, asked, pass }
  }

  it('brings what the login answered, to the nonce that lies here', async () => {
    const { storage, asked, pass } = setUp(denied)
    expect(await pass()).toEqual(denied)
    const state = decodeOAuthState(asked[0] ?? '')
    expect(state).toMatchObject({ search: '?view=team', apart: true })
    expect([...storage.kept.keys()]).toEqual([nonceKey(state?.nonce ?? '')])
  })

  it('that came to nothing leaves no nonce, and is not tried again in this tab', async () => {
    const { storage, asked, pass } = setUp(null)
    expect(await pass()).toBeNull()
    expect([...storage.kept.keys()]).toEqual(['cueline.signin.seen'])
    expect(await pass()).toBeNull()
    expect(asked).toHaveLength(1)
  })

  it('is not tried where the browser lets the login know nobody, which may be another at the next start', async () => {
    const { storage, asked, pass } = setUp(denied, false)
    expect(await pass()).toBeNull()
    expect([asked, [...storage.kept]]).toEqual([[], []])
  })
})
