// How many requests somebody made this minute: per user and client, and per user over all clients, as the platform counts.
import type { Clock } from './clock'
import { Refusal } from './refusal'
import type { AccessToken } from './tokens'

const windowMs = 60_000

export interface RateLimits {
  /** Requests a minute for one user and client, whichever of their tokens is used. */
  perClient: number
  /** Requests a minute for one user, over all clients. */
  perUser: number
}

/** Of the user and client: what the headers of an answer tell. */
export interface RateCount {
  count: number
  allowed: number
  resetS: number
}

export interface Rates {
  /** Counts one request; refuses with 429 beyond either limit. A refused request counts too. */
  count(token: AccessToken, limits: RateLimits): void
  of(token: AccessToken | undefined, limits: RateLimits): RateCount
  forget(): void
}

interface Window {
  startMs: number
  count: number
}

type Owner = Pick<AccessToken, 'userId' | 'clientId'>

const clientKey = ({ userId, clientId }: Owner): string => `${userId} ${clientId}`

export function createRates({ clock }: { clock: Clock }): Rates {
  const windows = new Map<string, Window>()

  const isOver = ({ startMs }: Window): boolean => clock.now() >= startMs + windowMs

  function add(key: string): Window {
    const running = windows.get(key)
    const window = running && !isOver(running) ? running : { startMs: clock.now(), count: 0 }
    window.count += 1
    windows.set(key, window)
    return window
  }

  function resetS({ startMs }: Window): number {
    return Math.max(1, Math.ceil((startMs + windowMs - clock.now()) / 1000))
  }

  return {
    count(token, limits) {
      const counted = [
        { window: add(clientKey(token)), allowed: limits.perClient },
        { window: add(token.userId), allowed: limits.perUser },
      ]
      const exceeded = counted.find(({ window, allowed }) => window.count > allowed)
      if (exceeded === undefined) return
      throw new Refusal(
        429,
        'too.many.requests',
        'Rate limit exceeded the maximum [%limit%] requests within [%seconds%] seconds',
        { limit: String(exceeded.allowed), seconds: String(windowMs / 1000) },
        { 'retry-after': String(resetS(exceeded.window)) },
      )
    },
    of(token, { perClient }) {
      const window = token && windows.get(clientKey(token))
      if (!window || isOver(window)) return { count: 0, allowed: perClient, resetS: windowMs / 1000 }
      return { count: window.count, allowed: perClient, resetS: resetS(window) }
    },
    forget: () => windows.clear(),
  }
}
