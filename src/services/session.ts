// Signed in or not: checks what came back from the login, renews before the end, and never leaves in a playback.
import type { Refusal } from '../core/errors'
import type { OAuthReturn } from '../core/launch'
import type { SharedGrant } from '../core/panels'
import type { Auth, Chance, Clock, Identity, TabStorage, TokenGrant } from '../core/ports'
import { reconnectDelayMs } from '../core/retry'
import type { SignedOutReason } from '../core/session-words'
import { mayPassQuietly, nonceKey, passQuietly, prepareWay } from './login-way'
import type { Sharing } from './sharing'
import { createSnapshot } from './snapshot'

export type SessionState =
  | { readonly status: 'starting' }
  /** There is a token, and the platform was asked whose it is. */
  | { readonly status: 'identifying' }
  | { readonly status: 'leaving' }
  /** `renewalDue`: the panel goes through the login as soon as nothing plays. */
  | { readonly status: 'signed-in'; readonly identity: Identity; readonly renewalDue: boolean }
  | { readonly status: 'signed-out'; readonly why: SignedOutReason; readonly detail: string | null }

export interface SessionPorts {
  readonly auth: Auth
  readonly storage: TabStorage
  readonly chance: Chance
  readonly clock: Clock
  /** The login runs in a window of its own (`gcUsePopupAuth`). */
  readonly usePopup: boolean
  readonly sharing: Pick<Sharing, 'ask' | 'find' | 'claim' | 'unclaim' | 'announce' | 'onGrant'>
  /** A token whose `state` was ours is in use; who it belongs to is asked at the same time. */
  identifying?(): void
  /** False while a playback runs: the page must not be left then. */
  mayLeave(): boolean
  /** The page is about to be left: keep what has to come back. */
  beforeLeaving(): void
}

/** One automatic way through the login per launch: a second refusal needs the agent's click, never a loop. */
const triedKey = 'cueline.signin.tried'
const renewAheadMs = 120_000
const retryClaimMs = 5_000
/** A token that lives for seconds must not send the panel round in circles. */
const soonestMs = 5_000
/** Browsers count timers in 32 bits. */
const longestTimerMs = 2 ** 31 - 1
/** A token that is refused this soon after it came would only be fetched in a circle. */
const suspiciouslyYoungMs = 30_000

export function createSession(ports: SessionPorts, launchSearch: string) {
  const { auth, storage, chance, clock, sharing } = ports
  const snapshot = createSnapshot<SessionState>({ status: 'starting' })
  let signedInAtMs = 0
  let refusedByPlatform = false
  let over = false
  let undoRenewal: (() => void) | null = null
  const undoGrants = sharing.onGrant((grant) => {
    const { status } = snapshot.value
    if (status === 'signed-in' || status === 'signed-out') adopt(grant)
  })

  function signedOut(why: SignedOutReason, detail: string | null = null): void {
    undoRenewal?.()
    snapshot.set({ status: 'signed-out', why, detail })
  }

  /** Goes to the login page; the page is left, so nothing follows. */
  function leave(): void {
    const way = prepareWay(ports, launchSearch)
    if (way === null) return signedOut('storage-refused')
    undoRenewal?.()
    ports.beforeLeaving()
    snapshot.set({ status: 'leaving' })
    auth.redirectToSignIn(way.state, way.keep).catch(stay)
  }

  /** The code of the grant did not arrive: other panels need not wait for this one. */
  function stay(error: unknown): void {
    sharing.unclaim()
    signedOut('way-lost', error instanceof Error ? error.message : String(error))
  }

  /** On the agent's click: some identity providers refuse to be framed. The page stays, so nothing has to be brought back. */
  async function signInByPopup(): Promise<void> {
    const way = prepareWay(ports, launchSearch, true)
    if (way === null) return signedOut('storage-refused')
    const returned = await auth.signInByPopup(way.state, way.keep).catch(stay)
    if (over || returned === undefined) return
    if (returned === null) return signedOut('window-closed')
    await take(returned)
  }

  function signIn(): void {
    if (ports.usePopup) void signInByPopup()
    else leave()
  }

  /** @param returning a promise, where a quiet way is under way */
  async function start(returning: OAuthReturn | Promise<OAuthReturn>): Promise<void> {
    const returned = await returning
    if (over) return
    if (returned.kind !== 'none') return take(returned)
    // A panel that only asks for a click is not at the login: nobody has to wait for it.
    const grant = await (ports.usePopup ? sharing.ask() : sharing.find())
    if (over || snapshot.value.status === 'signed-in') return
    if (grant !== null) return adopt(grant)
    // A window opens only on a click: on load there is nothing but to ask for it.
    if (ports.usePopup) return signedOut('window-needed')
    // Where this goes wrong, the page meets the same on its way, and says so.
    const answer = await passUnseen().catch(() => null)
    if (over) return
    if (answer !== null) return take(answer)
    leave()
  }

  async function passUnseen(): Promise<OAuthReturn | null> {
    if (!(await mayPassQuietly(storage, auth))) return null
    return passQuietly(ports, launchSearch, (state, keep) => auth.signInQuietly(state, keep))
  }

  async function take(returned: OAuthReturn): Promise<void> {
    if (returned.kind === 'none' || returned.kind === 'foreign') return signedOut('foreign-state')
    const key = returned.state === null ? null : nonceKey(returned.state.nonce)
    const note = key === null ? null : storage.read(key)
    if (key !== null) storage.remove(key)
    if (returned.kind === 'denied') return signedOut('denied', returned.reason)
    if (note === null) return signedOut('foreign-state')
    const grant = await auth.redeem(returned, note).catch(stay)
    if (over || grant === undefined) return
    if (!grant.ok) return signedOut('denied', grant.refusal.message)
    auth.useToken(grant.value.token)
    await identify(grant.value, 1)
  }

  async function identify({ token, expiresInS }: TokenGrant, attempt: number): Promise<void> {
    ports.identifying?.()
    const asked = auth.fetchIdentity()
    if (snapshot.value.status === 'starting') snapshot.set({ status: 'identifying' })
    const answer = await asked
    if (over) return
    if (!answer.ok)
      return refusedAtStart(answer.refusal, () => identify({ token, expiresInS }, attempt + 1), attempt)
    storage.remove(triedKey)
    const expiresAtMs = expiresInS === null ? null : clock.now() + expiresInS * 1000
    const grant = {
      token,
      expiresAtMs,
      identity: { ...answer.value, scopes: answer.value.scopes?.slice() ?? null },
    }
    signedIn(grant)
    sharing.announce(grant)
  }

  /** Another panel of this desktop has signed in: its token serves here as well. */
  function adopt(grant: SharedGrant): void {
    auth.useToken(grant.token)
    signedIn(grant)
  }

  function signedIn({ expiresAtMs, identity }: SharedGrant): void {
    signedInAtMs = clock.now()
    refusedByPlatform = false
    undoRenewal?.()
    scheduleRenewal(expiresAtMs === null ? null : (expiresAtMs - clock.now()) / 1000)
    snapshot.set({ status: 'signed-in', identity, renewalDue: false })
  }

  /** Counted from now, so that a wrong clock on this machine does no harm. */
  function scheduleRenewal(expiresInS: number | null): void {
    if (expiresInS === null) return
    const wanted = Math.max(expiresInS * 500, expiresInS * 1000 - renewAheadMs)
    const afterMs = Math.min(Math.max(wanted, soonestMs), longestTimerMs)
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
    if (ports.usePopup) signedOut('expired')
    else leave()
  }

  /** One panel goes; the others get what it brings back. */
  async function leaveInTurn(): Promise<void> {
    if (await sharing.claim()) {
      const { value } = snapshot
      const still = value.status === 'signed-in' && value.renewalDue && ports.mayLeave()
      if (!over && still) return leave()
      return sharing.unclaim()
    }
    undoRenewal?.()
    undoRenewal = clock.after(retryClaimMs, leaveWhenIdle)
  }

  function due(): void {
    const { value } = snapshot
    if (value.status !== 'signed-in') return
    snapshot.set({ ...value, renewalDue: true })
    leaveWhenIdle()
  }

  function leaveWhenIdle(): void {
    const { value } = snapshot
    const due = value.status === 'signed-in' && value.renewalDue && ports.mayLeave()
    // A window needs the agent's click: they are asked for it, and what they hold keeps working until it ends.
    if (due && !ports.usePopup) void leaveInTurn()
    else if (due && refusedByPlatform) signedOut('expired')
  }

  return {
    snapshot,
    start,
    signIn,
    signInByPopup: () => void signInByPopup(),
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
      undoGrants()
      undoRenewal?.()
    },
  }
}
