// Signed in or not: takes the token that came back from the login, checks the nonce, and goes to login where it must.
import type { Refusal } from '../core/errors'
import { encodeOAuthState, type OAuthReturn } from '../core/launch'
import type { SignedOutReason } from '../core/session-words'
import type { Auth, Chance, Identity, TabStorage } from '../core/ports'
import { createSnapshot } from './snapshot'

export type SessionState =
  | { readonly status: 'starting' }
  | { readonly status: 'leaving' }
  | { readonly status: 'signed-in'; readonly identity: Identity }
  | { readonly status: 'signed-out'; readonly why: SignedOutReason; readonly detail: string | null }

export interface SessionPorts {
  readonly auth: Auth
  readonly storage: TabStorage
  readonly chance: Chance
}

const nonceKey = (nonce: string) => `cueline.nonce.${nonce}`
/** One automatic way through the login per launch: a second refusal needs the agent's click, never a loop. */
const triedKey = 'cueline.signin.tried'

export function createSession(ports: SessionPorts, launchSearch: string) {
  const { auth, storage, chance } = ports
  const snapshot = createSnapshot<SessionState>({ status: 'starting' })
  const signedOut = (why: SignedOutReason, detail: string | null = null) =>
    snapshot.set({ status: 'signed-out', why, detail })

  /** Goes to the login page; the page is left, so nothing follows. */
  function signIn(): void {
    const nonce = chance.id()
    if (!storage.write(nonceKey(nonce), '1')) return signedOut('storage-refused')
    snapshot.set({ status: 'leaving' })
    auth.redirectToSignIn(encodeOAuthState({ nonce, search: launchSearch }))
  }

  async function start(returned: OAuthReturn): Promise<void> {
    if (returned.kind === 'none') return signIn()
    if (returned.kind === 'foreign') return signedOut('foreign-state')
    if (returned.kind === 'denied') return signedOut('denied', returned.reason)
    const { nonce } = returned.state
    const ours = storage.read(nonceKey(nonce)) === '1'
    storage.remove(nonceKey(nonce))
    if (!ours) return signedOut('foreign-state')
    auth.useToken(returned.token)
    const answer = await auth.fetchIdentity()
    if (!answer.ok) return refusedAtStart(answer.refusal)
    storage.remove(triedKey)
    snapshot.set({ status: 'signed-in', identity: answer.value })
  }

  function refusedAtStart(refusal: Refusal): void {
    if (refusal.kind === 'forbidden')
      return signedOut('not-allowed', refusal.missing.join(', ') || refusal.message)
    if (refusal.kind !== 'signed-out') return signedOut('unreachable', refusal.message)
    if (storage.read(triedKey) === '1') return signedOut('expired')
    storage.write(triedKey, '1')
    signIn()
  }

  return {
    snapshot,
    start,
    signIn,
    /** Somebody met a 401: the token is of no use any more. */
    expired: () => signedOut('expired'),
  }
}

export type Session = ReturnType<typeof createSession>
