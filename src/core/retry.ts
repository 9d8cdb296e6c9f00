// What may be sent again, and when. Pure: the caller brings the attempt, the chance and the clock.
import type { Refusal } from './errors'

export type Purpose = 'read' | 'write' | 'play'

export type RetryDecision = { readonly again: false } | { readonly again: true; readonly afterMs: number }

const stop: RetryDecision = { again: false }
const ceilingMs = 60_000
const attempts = 5
/** Behind a truth that somebody waits for, a lost connection is tried again at least this often. */
const hurriedMs = 1_000

/**
 * `attempt` counts from 1 (the one that was just refused); `chance` is in [0, 1).
 * A play request goes again only where it is certain that nothing was played.
 */
export function decideRetry(
  refusal: Refusal,
  purpose: Purpose,
  attempt: number,
  chance: number,
): RetryDecision {
  if (attempt >= attempts) return stop
  if (refusal.kind === 'rate-limited')
    return { again: true, afterMs: refusal.retryAfterMs ?? backoffMs(attempt, chance) }
  if (purpose === 'play') return stop
  const passing = refusal.kind === 'server-error' || refusal.kind === 'timeout' || refusal.kind === 'offline'
  return passing ? { again: true, afterMs: backoffMs(attempt, chance) } : stop
}

/** Full jitter below 2^attempt seconds, at most a minute. */
export function backoffMs(attempt: number, chance: number): number {
  return Math.round(Math.min(ceilingMs, 1000 * 2 ** attempt) * chance)
}

/** When to try a lost connection again: as the platform says, else soon in a hurry, else with growing patience. */
export function reconnectDelayMs(
  attempt: number,
  refusal: Refusal | null,
  hurry: boolean,
  chance: number,
): number {
  if (refusal?.retryAfterMs != null) return refusal.retryAfterMs
  const patient = backoffMs(Math.min(attempt, 5), chance)
  return hurry ? Math.min(patient, hurriedMs) : patient
}
