// One session over fakes of the login, the tab and the other panels.
import { answered, type refused } from '../../../src/core/errors'
import type { OAuthReturn } from '../../../src/core/launch'
import { createSession } from '../../../src/services/session'
import { createSharing } from '../../../src/services/sharing'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestKept, createTestStorage } from '../../support/browser-ports'
import { createTestAuth, createTestChance, createTestClock } from '../../support/ports'

export const me = { userId: 'user-me', name: 'Ada', scopes: null }
export const launch = '?gcConversationId=abc'
export const returnWith = (nonce: string, expiresInS: number | null = 3_600): OAuthReturn => ({
  kind: 'token',
  token: 'secret',
  expiresInS,
  state: { nonce, search: launch, apart: false },
})

export function setUp(
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
