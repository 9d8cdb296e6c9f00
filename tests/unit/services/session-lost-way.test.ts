// A way to the login whose code does not arrive: the panel says so, holds no other one back, and takes it on the next click.
import { expect, it } from 'vitest'
import { answered } from '../../../src/core/errors'
import { createSession } from '../../../src/services/session'
import { createSharing } from '../../../src/services/sharing'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestKept, createTestStorage } from '../../support/browser-ports'
import { createTestAuth, createTestChance, createTestClock, settled } from '../../support/ports'

const lost = () => Promise.reject(new Error('no network'))

function setUp(usePopup = false) {
  const [browser, kept, clock] = [createSharedBrowser(), createTestKept(), createTestClock()]
  const auth = createTestAuth(answered({ userId: 'user-me', name: 'Ada', scopes: null }))
  const session = createSession(
    {
      auth,
      storage: createTestStorage(),
      clock,
      chance: createTestChance(),
      usePopup,
      sharing: createSharing({ bus: busOf(browser), locks: locksOf(browser), kept, clock }),
      mayLeave: () => true,
      beforeLeaving: () => undefined,
    },
    '',
  )
  return { auth, kept, session, state: () => session.snapshot.value }
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
