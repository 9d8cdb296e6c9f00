// Signed in or not: checks what came back from the login, renews before the end, and never leaves in a playback.
import type { Refusal } from '../core/errors'
import { encodeOAuthState, type OAuthReturn } from '../core/launch'
import type { Auth, Chance, Clock, Identity, TabStorage } from '../core/ports'
import { reconnectDelayMs } from '../core/retry'
import type { SignedOutReason } from '../core/session-words'
import { createSnapshot } from './snapshot'

export type SessionState =
  | { readonly status: 'starting' }
  | { readonly status: 'leaving' }
  /** `renewalDue`: the panel goes through the login as soon as nothing plays. */
  | { readonly status: 'signed-in'; readonly identity: Identity; readonly renewalDue: boolean }
  | { readonly status: 'signed-out'; readonly why: SignedOutReason; readonly detail: string | null }

export interface SessionPorts {
  readonly auth: Auth
  readonly storage: TabStorage
  readonly chance: Chance
  readonly clock: Clock
  /** False while a playback runs: the page must not be left then. */
  mayLeave(): boolean
  /** The page is about to be left: keep what has to come back. */
  beforeLeaving(): void
}

const nonceKey = (nonce: string) => `cueline.nonce.${nonce}`
/** One automatic way through the login per launch: a second refusal needs the agent's click, never a loop. */
const triedKey = 'cueline.signin.tried'
const renewAheadMs = 120_000
/** A token that is refused this soon after it came would only be fetched in a circle. */
const suspiciouslyYoungMs = 30_000

export function createSession(ports: SessionPorts, launchSearch: string) {
  const { auth, storage, chance, clock } = ports
  const snapshot = createSnapshot<SessionState>({ status: 'starting' })
  let signedInAtMs = 0
  let refusedByPlatform = false
  let over = false
  let undoRenewal: (() => void) | null = null

  function signedOut(why: SignedOutReason, detail: string | null = null): void {
    undoRenewal?.()
    snapshot.set({ status: 'signed-out', why, detail })
  }

  /** Goes to the login page; the page is left, so nothing follows. */
  function signIn(): void {
    const nonce = chance.id()
    if (!storage.write(nonceKey(nonce), '1')) return signedOut('storage-refused')
    undoRenewal?.()
    ports.beforeLeaving()
    snapshot.set({ status: 'leaving' })
    auth.redirectToSignIn(encodeOAuthState({ nonce, search: launchSearch }))
  }

  async function start(returned: OAuthReturn): Promise<void> {
    if (returned.kind === 'none') return signIn()
    if (returned.kind === 'foreign') return signedOut('foreign-state')
    if (returned.kind === 'denied') {
      if (returned.state) storage.remove(nonceKey(returned.state.nonce))
      return signedOut('denied', returned.reason)
    }
    const { nonce } = returned.state
    const ours = storage.read(nonceKey(nonce)) === '1'
    storage.remove(nonceKey(nonce))
    if (!ours) return signedOut('foreign-state')
    auth.useToken(returned.token)
    await identify(returned.expiresInS, 1)
  }

  async function identify(expiresInS: number | null, attempt: number): Promise<void> {
    const answer = await auth.fetchIdentity()
    if (over) return
    if (!answer.ok) return refusedAtStart(answer.refusal, () => identify(expiresInS, attempt + 1), attempt)
    storage.remove(triedKey)
    signedInAtMs = clock.now()
    scheduleRenewal(expiresInS)
    snapshot.set({ status: 'signed-in', identity: answer.value, renewalDue: false })
  }

  /** Counted from now, so that a wrong clock on this machine does no harm. */
  function scheduleRenewal(expiresInS: number | null): void {
    if (expiresInS === null) return
    const afterMs = Math.max(expiresInS * 500, expiresInS * 1000 - renewAheadMs)
    undoRenewal = clock.after(afterMs, due)
  }

  function refusedAtStart(refusal: Refusal, again: () => Promise<void>, attempt: number): void {
    if (refusal.kind === 'forbidden')
      return signedOut('not-allowed', refusal.missing.join(', ') || refusal.message)
    if (refusal.kind !== 'signed-out') {
      // The token is still good: as soon as the platform answers, the panel goes on by itself.
      signedOut('unreachable', refusal.message)
      undoRenewal = clock.after(reconnectDelayMs(attempt, refusal, true, chance.number()), () => void again())
      return
    }
    if (storage.read(triedKey) === '1') return signedOut('expired')
    storage.write(triedKey, '1')
    signIn()
  }

  function due(): void {
    const { value } = snapshot
    if (value.status !== 'signed-in') return
    snapshot.set({ ...value, renewalDue: true })
    leaveWhenIdle()
  }

  function leaveWhenIdle(): void {
    const { value } = snapshot
    if (value.status === 'signed-in' && value.renewalDue && ports.mayLeave()) signIn()
  }

  return {
    snapshot,
    start,
    signIn,
    leaveWhenIdle,
    isUsable: () => snapshot.value.status === 'signed-in' && !refusedByPlatform,
    /** Any caller met a 401: one renewal serves all of them. */
    refused(): void {
      if (snapshot.value.status !== 'signed-in' || refusedByPlatform) return
      if (clock.now() - signedInAtMs < suspiciouslyYoungMs) return signedOut('expired')
      refusedByPlatform = true
      due()
    },
    dispose(): void {
      over = true
      undoRenewal?.()
    },
  }
}

export type Session = ReturnType<typeof createSession>
