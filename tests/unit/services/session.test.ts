// Signing in: our own nonce, checked and used once; one automatic way back to the login, never a loop.
import { describe, expect, it } from 'vitest'
import { answered, refused, type Refusal } from '../../../src/core/errors'
import { decodeOAuthState, type OAuthReturn } from '../../../src/core/launch'
import { createSession } from '../../../src/services/session'
import { createSharing } from '../../../src/services/sharing'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestKept, createTestStorage } from '../../support/browser-ports'
import { createHeld, createTestAuth, createTestChance, createTestClock, settled } from '../../support/ports'

const me = { userId: 'user-me', name: 'Ada', scopes: null }
const launch = '?gcConversationId=abc'
const returnWith = (nonce: string, expiresInS: number | null = 3_600): OAuthReturn => ({
  kind: 'token',
  token: 'secret',
  expiresInS,
  state: { nonce, search: launch, apart: false },
})

function setUp(
  of: {
    identity?: ReturnType<typeof answered<typeof me>> | ReturnType<typeof refused>
    refuses?: boolean
  } = {},
) {
  const auth = createTestAuth(of.identity ?? answered(me))
  const storage = createTestStorage(of.refuses)
  const clock = createTestClock()
  const facts = { mayLeave: true, kept: 0 }
  const browser = createSharedBrowser()
  const sharing = createSharing({
    bus: busOf(browser),
    locks: locksOf(browser),
    kept: createTestKept(),
    clock,
  })
  const session = createSession(
    {
      auth,
      storage,
      clock,
      chance: createTestChance(),
      usePopup: false,
      sharing,
      mayLeave: () => facts.mayLeave,
      beforeLeaving: () => (facts.kept += 1),
    },
    launch,
  )
  const signedIn = async (expiresInS: number | null = 3_600) => {
    session.signIn()
    await session.start(returnWith('id-1', expiresInS))
  }
  return { auth, storage, clock, facts, session, signedIn, state: () => session.snapshot.value }
}
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
