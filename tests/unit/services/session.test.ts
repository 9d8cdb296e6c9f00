// Signing in: our own nonce, checked and used once; one automatic way back to the login, never a loop.
import { describe, expect, it } from 'vitest'
import { refused, type Refusal } from '../../../src/core/errors'
import { decodeOAuthState } from '../../../src/core/launch'
import { settled } from '../../support/ports'
import { launch, me, returnWith, setUp } from './session-harness'

const refusedAs = (kind: Refusal['kind'], of: Partial<Refusal> = {}) => ({
  identity: refused({ kind, message: 'no', ...of }),
})

describe('going to the login', () => {
  it('happens at once when nothing came back, with a nonce that is kept and the launch to come back to', async () => {
    const { auth, storage, session, state } = setUp()
    await session.start({ kind: 'none' })
    expect(state()).toEqual({ status: 'leaving' })
    expect(auth.states.map(decodeOAuthState)).toEqual([{ nonce: 'id-1', search: launch, apart: false }])
    expect([...storage.kept.keys()]).toEqual(['cueline.nonce.id-1'])
  })

  it('does not happen where the tab cannot keep the nonce', async () => {
    const { auth, session, state } = setUp({ refuses: true })
    await session.start({ kind: 'none' })
    expect(auth.states).toEqual([])
    expect(state()).toMatchObject({ status: 'signed-out', why: 'storage-refused' })
  })

  it('uses a new nonce each time', () => {
    const { auth, session } = setUp()
    session.signIn()
    session.signIn()
    expect(new Set(auth.states).size).toBe(2)
  })
})

describe('coming back from the login', () => {
  it('uses the token when the nonce is ours, and says who is signed in', async () => {
    const { auth, storage, session, state } = setUp()
    session.signIn()
    await session.start(returnWith('id-1'))
    expect(auth.tokens).toEqual(['secret'])
    expect(state()).toEqual({ status: 'signed-in', identity: me, renewalDue: false })
    expect(storage.kept.size).toBe(0)
  })

  it('does not take the same answer a second time', async () => {
    const { auth, session, state } = setUp()
    session.signIn()
    await session.start(returnWith('id-1'))
    await session.start(returnWith('id-1'))
    expect(auth.tokens).toEqual(['secret'])
    expect(state()).toMatchObject({ status: 'signed-out', why: 'foreign-state' })
  })

  it('does not use a token with a foreign nonce, and does not ask who it belongs to', async () => {
    const { auth, session, state } = setUp()
    session.signIn()
    await session.start(returnWith('somebody-elses'))
    expect(auth.tokens).toEqual([])
    expect(state()).toMatchObject({ status: 'signed-out', why: 'foreign-state' })
  })

  it('does not use an answer whose state cannot be read', async () => {
    const { auth, session, state } = setUp()
    await session.start({ kind: 'foreign' })
    expect(auth.tokens).toEqual([])
    expect(state()).toMatchObject({ why: 'foreign-state' })
  })

  it('says why the organisation refused, and does not go back there by itself', async () => {
    const { auth, session, state } = setUp()
    await session.start({ kind: 'denied', reason: 'access_denied', state: null })
    expect(state()).toEqual({ status: 'signed-out', why: 'denied', detail: 'access_denied' })
    expect(auth.states).toEqual([])
  })
})

describe('a login that was denied', () => {
  it('takes its nonce along: it cannot be used for anything later', async () => {
    const { storage, session } = setUp()
    session.signIn()
    expect(storage.kept.size).toBe(1)
    await session.start({ kind: 'denied', reason: 'no', state: { nonce: 'id-1', search: '', apart: false } })
    expect(storage.kept.size).toBe(0)
  })
})

describe('a token that is refused', () => {
  it('is replaced once by itself, and then only by a click', async () => {
    const { auth, session, state } = setUp(refusedAs('signed-out'))
    session.signIn()
    await session.start(returnWith('id-1'))
    expect(state()).toEqual({ status: 'leaving' })
    expect(auth.states).toHaveLength(2)
    await session.start(returnWith('id-2'))
    expect(state()).toMatchObject({ status: 'signed-out', why: 'expired' })
    expect(auth.states).toHaveLength(2)
  })

  it('may again be replaced by itself after it once worked', async () => {
    const { storage, signedIn } = setUp()
    storage.write('cueline.signin.tried', '1')
    await signedIn()
    expect(storage.kept.size).toBe(0)
  })

  it.each([
    [
      'forbidden',
      { missing: ['conversations', 'notifications'] },
      'not-allowed',
      'conversations, notifications',
    ],
    ['forbidden', {}, 'not-allowed', 'no'],
    ['offline', {}, 'unreachable', 'no'],
    ['server-error', {}, 'unreachable', 'no'],
    ['rate-limited', {}, 'unreachable', 'no'],
  ] as const)('as %s %j is signed out: %s, with "%s"', async (kind, of, why, detail) => {
    const { auth, session, state } = setUp(refusedAs(kind, of))
    session.signIn()
    await session.start(returnWith('id-1'))
    expect(state()).toEqual({ status: 'signed-out', why, detail })
    expect(auth.states).toHaveLength(1)
  })
})

describe('the renewal', () => {
  it('goes through the login two minutes before the end, and keeps the place first', async () => {
    const { auth, clock, facts, signedIn, state } = setUp()
    await signedIn()
    const keptBefore = facts.kept
    await clock.advance(3_480_000 - 1)
    expect(state().status).toBe('signed-in')
    await clock.advance(1)
    expect(state()).toEqual({ status: 'leaving' })
    expect(auth.states).toHaveLength(2)
    expect(facts.kept).toBe(keptBefore + 1)
  })

  it.each([
    [600, 480_000],
    [240, 120_000],
    [60, 30_000],
  ])('of a token for %i s is due after %i ms: never before half of it', async (expiresInS, afterMs) => {
    const { clock, signedIn, state } = setUp()
    await signedIn(expiresInS)
    await clock.advance(afterMs - 1)
    expect(state().status).toBe('signed-in')
    await clock.advance(1)
    expect(state().status).toBe('leaving')
  })

  it('waits for the end of a playback', async () => {
    const { auth, clock, facts, session, signedIn, state } = setUp()
    await signedIn()
    facts.mayLeave = false
    await clock.advance(3_600_000)
    expect(state()).toMatchObject({ status: 'signed-in', renewalDue: true })
    session.leaveWhenIdle()
    await settled()
    expect(auth.states).toHaveLength(1)
    facts.mayLeave = true
    session.leaveWhenIdle()
    await settled()
    expect(state().status).toBe('leaving')
    expect(auth.states).toHaveLength(2)
  })

  it('is not due before its time, however often somebody asks', async () => {
    const { auth, session, signedIn } = setUp()
    await signedIn()
    session.leaveWhenIdle()
    await settled()
    expect(auth.states).toHaveLength(1)
  })

  it('has no time where the platform says none', async () => {
    const { clock, signedIn, state } = setUp()
    await signedIn(null)
    expect(clock.timers()).toBe(0)
    await clock.advance(100_000_000)
    expect(state().status).toBe('signed-in')
  })

  it('leaves no timer when the panel is disposed', async () => {
    const { clock, session, signedIn } = setUp()
    await signedIn()
    expect(clock.timers()).toBe(1)
    session.dispose()
    expect(clock.timers()).toBe(0)
  })
})

describe('a token that is refused later, in the middle of work', () => {
  it('leads to one way through the login, whoever meets the refusal', async () => {
    const { auth, clock, session, signedIn, state } = setUp()
    await signedIn()
    await clock.advance(60_000)
    session.refused()
    session.refused()
    session.refused()
    await settled()
    expect(state().status).toBe('leaving')
    expect(auth.states).toHaveLength(2)
  })

  it('is not used any more, though a playback keeps the page for now', async () => {
    const { auth, clock, facts, session, signedIn, state } = setUp()
    await signedIn()
    expect(session.isUsable()).toBe(true)
    await clock.advance(60_000)
    facts.mayLeave = false
    session.refused()
    expect(state()).toMatchObject({ status: 'signed-in', renewalDue: true })
    expect(session.isUsable()).toBe(false)
    await settled()
    expect(auth.states).toHaveLength(1)
    facts.mayLeave = true
    session.leaveWhenIdle()
    await settled()
    expect(auth.states).toHaveLength(2)
  })

  it('is never fetched in a circle: a token just got leads to a notice', async () => {
    const { auth, clock, session, signedIn, state } = setUp()
    await signedIn()
    await clock.advance(29_999)
    session.refused()
    expect(state()).toMatchObject({ status: 'signed-out', why: 'expired' })
    expect(auth.states).toHaveLength(1)
    expect(clock.timers()).toBe(0)
  })

  it('means nothing while nobody is signed in', () => {
    const { auth, session, state } = setUp()
    session.refused()
    expect(state()).toEqual({ status: 'starting' })
    expect(auth.states).toEqual([])
  })
})
