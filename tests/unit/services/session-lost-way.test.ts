// A way to the login whose code does not arrive: the panel says so, holds no other one back, and takes it on the next click.
import { expect, it } from 'vitest'
import { answered } from '../../../src/core/errors'
import type { OAuthReturn } from '../../../src/core/launch'
import { nonceKey } from '../../../src/services/login-way'
import { createSession } from '../../../src/services/session'
import { createSharing } from '../../../src/services/sharing'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestKept, createTestStorage } from '../../support/browser-ports'
import { createTestAuth, createTestChance, createTestClock, settled } from '../../support/ports'

const cameBack: OAuthReturn = {
  kind: 'code',
  code: 'c-1',
  stateText: 'x',
  state: { nonce: 'n-1', search: '', apart: false },
}
const lost = () => Promise.reject(new Error('no network'))

function setUp(usePopup = false) {
  const [browser, kept, clock] = [createSharedBrowser(), createTestKept(), createTestClock()]
  const auth = createTestAuth(answered({ userId: 'user-me', name: 'Ada', scopes: null }))
  const storage = createTestStorage()
  const session = createSession(
    {
      auth,
      storage,
      clock,
      chance: createTestChance(),
      usePopup,
      sharing: createSharing({ bus: busOf(browser), locks: locksOf(browser), kept, clock }),
      mayLeave: () => true,
      beforeLeaving: () => undefined,
    },
    '',
  )
  return { auth, kept, session, storage, state: () => session.snapshot.value }
}

it('is told, and holds no other panel back', async () => {
  const { auth, kept, session, state } = setUp()
  auth.redirectToSignIn = lost
  await session.start({ kind: 'none' })
  await settled()
  expect(state()).toEqual({ status: 'signed-out', why: 'way-lost', detail: 'no network' })
  expect(kept.kept.size).toBe(0)
})

it('is told where the login runs in a window too', async () => {
  const { auth, session, state } = setUp(true)
  auth.signInByPopup = lost
  session.signIn()
  await settled()
  expect(state()).toEqual({ status: 'signed-out', why: 'way-lost', detail: 'no network' })
})

it('is taken by the next click', async () => {
  const { auth, session, state } = setUp()
  const { redirectToSignIn } = auth
  auth.redirectToSignIn = lost
  session.signIn()
  await settled()
  auth.redirectToSignIn = redirectToSignIn
  session.signIn()
  expect(state()).toEqual({ status: 'leaving' })
  expect(auth.states).toHaveLength(1)
})

it('is told on the way back too: the sign-in was not refused, and the next one may work', async () => {
  const { auth, kept, session, storage, state } = setUp()
  const { redeem } = auth
  auth.redeem = lost
  storage.write(nonceKey('n-1'), 'verifier')
  kept.write('cueline.signin.until', '10000')
  await session.start(cameBack)
  expect(state()).toEqual({ status: 'signed-out', why: 'way-lost', detail: 'no network' })
  expect(kept.kept.size).toBe(0)
  auth.redeem = redeem
  session.signIn()
  expect(state()).toEqual({ status: 'leaving' })
})
