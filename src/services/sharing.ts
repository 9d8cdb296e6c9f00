// Many panels, one login: a panel that is signed in gives its grant to the others; only one at a time goes to the login.
import type { OpenPlay, PanelMessage, SharedGrant } from '../core/panels'
import type { Bus, Clock, KeptStorage, Locks } from '../core/ports'

export interface SharingPorts {
  readonly bus: Bus
  readonly locks: Locks
  readonly kept: KeptStorage
  readonly clock: Clock
}

const markKey = 'cueline.signin.until'
const claimLock = 'cueline.signin'
/** Held by one of those who are signed in: whoever sees it held has somebody to ask. */
const signedInLock = 'cueline.signed-in'
/** As long as somebody may take at the login before another panel tries. */
const claimMs = 10_000
const answerMs = 1_000

export function createSharing({ bus, locks, kept, clock }: SharingPorts) {
  const grantListeners = new Set<(grant: SharedGrant) => void>()
  /** Each waits for a grant; null: there is nothing to wait for any more. */
  const waiting = new Set<(grant: SharedGrant | null) => void>()
  const others = new Map<string, readonly OpenPlay[]>()
  let mine: SharedGrant | null = null
  let myPlays: Extract<PanelMessage, { kind: 'plays' }> | null = null
  let undoLock: (() => void) | null = null
  let over = false

  const undo = bus.onMessage((message: PanelMessage) => {
    if (message.kind === 'who') answerWho()
    if (message.kind === 'plays') notePlays(message)
    if (message.kind === 'signed-in' && isNews(message.grant)) take(message.grant)
  })

  /** Panels come and go all day: of those that play nothing, nothing is kept. */
  function notePlays({ panel, plays }: Extract<PanelMessage, { kind: 'plays' }>): void {
    if (plays.length > 0) others.set(panel, plays)
    else others.delete(panel)
  }

  function answerWho(): void {
    if (mine !== null && isAlive(mine)) bus.post({ kind: 'signed-in', grant: mine })
    if (myPlays !== null) bus.post(myPlays)
  }

  const isAlive = ({ expiresAtMs }: SharedGrant) => expiresAtMs === null || expiresAtMs > clock.now()

  /** What another was told is heard by all: it must not bring back a token that has been replaced since. */
  function isNews(grant: SharedGrant): boolean {
    if (!isAlive(grant)) return false
    if (mine === null) return true
    return grant.token !== mine.token && (grant.expiresAtMs ?? Infinity) >= (mine.expiresAtMs ?? 0)
  }

  function take(grant: SharedGrant): void {
    keep(grant)
    for (const settle of [...waiting]) settle(grant)
    for (const listener of [...grantListeners]) listener(grant)
  }

  function keep(grant: SharedGrant): void {
    mine = grant
    undoLock ??= locks.whenHeld(signedInLock, () => undefined)
  }

  function markedUntilMs(): number {
    const [, text] = kept.entries(markKey)[0] ?? []
    return Number(text ?? 0)
  }

  /** True: this panel goes to the login now, and all others wait for it. */
  async function claim(): Promise<boolean> {
    const release = await locks.tryHold(claimLock)
    const isMarked = release !== null && mark()
    release?.()
    return isMarked
  }

  /** Only with the claim in hand. */
  function mark(): boolean {
    const isFree = markedUntilMs() <= clock.now()
    if (isFree) kept.write(markKey, String(clock.now() + claimMs))
    return isFree
  }

  function nextGrant(withinMs: number): Promise<SharedGrant | null> {
    return new Promise((resolve) => {
      const settle = (grant: SharedGrant | null) => {
        waiting.delete(settle)
        undoLimit()
        resolve(grant)
      }
      const undoLimit = clock.after(Math.max(0, withinMs), () => settle(null))
      waiting.add(settle)
    })
  }

  /** Of those who are signed in. */
  function askThem(): Promise<SharedGrant | null> {
    const answer = nextGrant(answerMs)
    bus.post({ kind: 'who' })
    return answer
  }

  async function ask(): Promise<SharedGrant | null> {
    const anybody = await locks.isHeld(signedInLock)
    // It may have come while the browser was asked.
    return mine !== null || !anybody || over ? mine : askThem()
  }

  return {
    claim,
    /** The way to the login is not taken after all: another panel may go. */
    unclaim: () => kept.remove(markKey),
    ask,
    /**
     * The grant of a panel that is signed in, or of one that is at the login; null: this panel goes itself. `waits` hears it
     * where somebody is there to answer: this panel will most likely stay.
     */
    async find(waits?: () => void): Promise<SharedGrant | null> {
      let isDeaf = false
      while (!over) {
        // Both at once: the browser answers in order, so whoever has the claim sees all who were signed in by then.
        const [release, anybody] = await Promise.all([locks.tryHold(claimLock), locks.isHeld(signedInLock)])
        const mayGo = release !== null && (isDeaf || !anybody) && mine === null && mark()
        release?.()
        if (mine !== null || mayGo) return mine
        waits?.()
        const answer =
          anybody && !isDeaf ? askThem() : nextGrant(Math.max(answerMs, markedUntilMs() - clock.now()))
        isDeaf = anybody
        const grant = await answer
        if (grant !== null) return grant
      }
      return null
    },
    announce(grant: SharedGrant): void {
      keep(grant)
      kept.remove(markKey)
      bus.post({ kind: 'signed-in', grant })
    },
    onGrant(listener: (grant: SharedGrant) => void): () => void {
      grantListeners.add(listener)
      return () => grantListeners.delete(listener)
    },
    /** Whether this file is under way in another interaction (an event may be about that one), and may be heard there. */
    playsElsewhere(url: string, interactionId: string): 'open' | 'heard' | null {
      const theirs = [...others.values()]
        .flat()
        .filter((play) => play.url === url && play.interactionId !== interactionId)
      if (theirs.length === 0) return null
      return theirs.some(({ hears }) => hears) ? 'heard' : 'open'
    },
    tellPlays(panel: string, plays: readonly OpenPlay[]): void {
      myPlays = { kind: 'plays', panel, plays: [...plays] }
      bus.post(myPlays)
    },
    dispose(): void {
      over = true
      undo()
      undoLock?.()
      if (myPlays !== null && myPlays.plays.length > 0) bus.post({ ...myPlays, plays: [] })
      for (const settle of [...waiting]) settle(null)
      grantListeners.clear()
    },
  }
}

export type Sharing = ReturnType<typeof createSharing>
