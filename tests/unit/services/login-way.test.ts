// The beginning of a way to the login: what goes along, and what stays here to know it by when it comes back.
import { expect, it } from 'vitest'
import { decodeOAuthState } from '../../../src/core/launch'
import { nonceKey, prepareWay } from '../../../src/services/login-way'
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
