// Many panels, one login: a panel that is signed in gives its grant to the others; only one at a time goes to the login.
import type { PanelMessage, SharedGrant } from '../core/panels'
import type { Bus, Clock, KeptStorage, Locks } from '../core/ports'

export interface SharingPorts {
  readonly bus: Bus
  readonly locks: Locks
  readonly kept: KeptStorage
  readonly clock: Clock
}

const markKey = 'cueline.signin.until'
const claimLock = 'cueline.signin'
/** As long as somebody may take at the login before another panel tries. */
const claimMs = 10_000
const answerMs = 1_000

export function createSharing({ bus, locks, kept, clock }: SharingPorts) {
  const grantListeners = new Set<(grant: SharedGrant) => void>()
  const others = new Map<string, readonly string[]>()
  let mine: SharedGrant | null = null

  const undo = bus.onMessage((message: PanelMessage) => {
    if (message.kind === 'who' && mine !== null) bus.post({ kind: 'signed-in', grant: mine })
    if (message.kind === 'plays') others.set(message.panel, message.urls)
    if (message.kind !== 'signed-in') return
    mine = message.grant
    for (const listener of [...grantListeners]) listener(message.grant)
  })

  function markedUntilMs(): number {
    const [, text] = kept.entries(markKey)[0] ?? []
    return Number(text ?? 0)
  }

  /** True: this panel goes to the login now, and all others wait for it. */
  async function claim(): Promise<boolean> {
    const release = await locks.tryHold(claimLock)
    if (release === null) return false
    const free = markedUntilMs() <= clock.now()
    if (free) kept.write(markKey, String(clock.now() + claimMs))
    release()
    return free
  }

  function nextGrant(withinMs: number): Promise<SharedGrant | null> {
    return new Promise((resolve) => {
      const done = (grant: SharedGrant | null) => {
        grantListeners.delete(done)
        undoLimit()
        resolve(grant)
      }
      const undoLimit = clock.after(Math.max(0, withinMs), () => done(null))
      grantListeners.add(done)
    })
  }

  return {
    claim,
    /** The grant of a panel that is signed in, or of one that is at the login; null: this panel goes itself. */
    async find(): Promise<SharedGrant | null> {
      if (await locks.isHeld('cueline.channel')) {
        const answer = nextGrant(answerMs)
        bus.post({ kind: 'who' })
        const grant = await answer
        if (grant !== null) return grant
      }
      while (!(await claim())) {
        const grant = await nextGrant(Math.max(answerMs, markedUntilMs() - clock.now()))
        if (grant !== null) return grant
      }
      return null
    },
    announce(grant: SharedGrant): void {
      mine = grant
      kept.remove(markKey)
      bus.post({ kind: 'signed-in', grant })
    },
    onGrant(listener: (grant: SharedGrant) => void): () => void {
      grantListeners.add(listener)
      return () => grantListeners.delete(listener)
    },
    /** Whether another panel has this file under way: an event about it may be about theirs. */
    playsElsewhere: (url: string): boolean => [...others.values()].some((urls) => urls.includes(url)),
    tellPlays: (panel: string, urls: readonly string[]) =>
      bus.post({ kind: 'plays', panel, urls: [...urls] }),
    dispose(): void {
      undo()
      grantListeners.clear()
    },
  }
}

export type Sharing = ReturnType<typeof createSharing>
