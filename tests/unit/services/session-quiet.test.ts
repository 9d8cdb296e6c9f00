// A way to the login that leaves no page: what it brings, and what happens where it brings nothing.
import { expect, it } from 'vitest'
import { answered } from '../../../src/core/errors'
import { decodeOAuthState, type OAuthReturn } from '../../../src/core/launch'
import { createHeld, settled } from '../../support/ports'
import { me, returnWith, setUp } from './session-harness'

it('does not leave the page where the login answers in a frame', async () => {
  const { auth, session, state } = setUp()
  auth.mayPassQuietly = () => Promise.resolve(true)
  auth.signInQuietly = (text) => Promise.resolve(returnWith(decodeOAuthState(text)?.nonce ?? ''))
  await session.start({ kind: 'none' })
  expect(state()).toMatchObject({ status: 'signed-in', identity: me })
  expect([auth.states, auth.tokens]).toEqual([[], ['secret']])
})

it('uses no token that came into the frame with another nonce', async () => {
  const { auth, session, state } = setUp()
  auth.mayPassQuietly = () => Promise.resolve(true)
  auth.signInQuietly = () => Promise.resolve(returnWith('somebody-elses'))
  await session.start({ kind: 'none' })
  expect(state()).toMatchObject({ status: 'signed-out', why: 'foreign-state' })
  expect(auth.tokens).toEqual([])
})

it.each([
  ['nothing came of the frame', () => Promise.resolve(null)],
  ['it could not even be asked', () => Promise.reject(new Error('the code did not arrive'))],
])('leaves the page where %s', async (_, signInQuietly) => {
  const { auth, session, state } = setUp()
  Object.assign(auth, { mayPassQuietly: () => Promise.resolve(true), signInQuietly })
  await session.start({ kind: 'none' })
  expect(state()).toEqual({ status: 'leaving' })
  expect(auth.states).toHaveLength(1)
})

it('takes what a frame brings that was asked before the panel ran', async () => {
  const { auth, storage, session, state } = setUp()
  storage.write('cueline.nonce.n-1', '')
  const returning = createHeld<OAuthReturn>()
  const starting = session.start(returning.promise)
  await settled()
  expect(state()).toEqual({ status: 'starting' })
  returning.release(returnWith('n-1'))
  await starting
  expect(state()).toMatchObject({ status: 'signed-in' })
  expect(auth.tokens).toEqual(['secret'])
})

it('says that there is a token, while the platform is asked whose it is', async () => {
  const { auth, storage, session, state } = setUp()
  storage.write('cueline.nonce.n-1', '')
  const asked = createHeld<ReturnType<typeof answered<typeof me>>>()
  auth.fetchIdentity = () => asked.promise
  const starting = session.start(returnWith('n-1'))
  await settled()
  expect(state()).toEqual({ status: 'identifying' })
  asked.release(answered(me))
  await starting
  expect(state()).toMatchObject({ status: 'signed-in' })
})
