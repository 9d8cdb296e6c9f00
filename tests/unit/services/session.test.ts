// Signing in: our own nonce, checked and used once; one automatic way back to the login, never a loop.
import { describe, expect, it } from 'vitest'
import { answered, refused, type Refusal } from '../../../src/core/errors'
import { decodeOAuthState, type OAuthReturn } from '../../../src/core/launch'
import { createSession } from '../../../src/services/session'
import { createTestAuth, createTestChance, createTestStorage } from '../../support/ports'

const me = { userId: 'user-me', name: 'Ada', scopes: null }
const launch = '?gcConversationId=abc'
const returnWith = (nonce: string): OAuthReturn => ({
  kind: 'token',
  token: 'secret',
  expiresInS: 3_600,
  state: { nonce, search: launch },
})

function setUp(
  of: {
    identity?: ReturnType<typeof answered<typeof me>> | ReturnType<typeof refused>
    refuses?: boolean
  } = {},
) {
  const auth = createTestAuth(of.identity ?? answered(me))
  const storage = createTestStorage(of.refuses)
  const session = createSession({ auth, storage, chance: createTestChance() }, launch)
  return { auth, storage, session, state: () => session.snapshot.value }
}
const refusedAs = (kind: Refusal['kind'], of: Partial<Refusal> = {}) => ({
  identity: refused({ kind, message: 'no', ...of }),
})

describe('going to the login', () => {
  it('happens at once when nothing came back, with a nonce that is kept and the launch to come back to', async () => {
    const { auth, storage, session, state } = setUp()
    await session.start({ kind: 'none' })
    expect(state()).toEqual({ status: 'leaving' })
    expect(auth.states.map(decodeOAuthState)).toEqual([{ nonce: 'id-1', search: launch }])
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
    expect(state()).toEqual({ status: 'signed-in', identity: me })
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
    const storage = createTestStorage()
    storage.write('cueline.signin.tried', '1')
    const session = createSession(
      { auth: createTestAuth(answered(me)), storage, chance: createTestChance() },
      '',
    )
    session.signIn()
    await session.start(returnWith('id-1'))
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

  it('later, in the middle of work, leads to a notice and not away from the page', async () => {
    const { auth, session, state } = setUp()
    session.signIn()
    await session.start(returnWith('id-1'))
    session.expired()
    expect(state()).toMatchObject({ status: 'signed-out', why: 'expired' })
    expect(auth.states).toHaveLength(1)
  })
})
