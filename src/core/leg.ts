// Which participant is our announcement leg, and what its state means for the playback.
import { ranToItsEnd } from './asset'
import { findCustomer, type Conversation, type Participant } from './conversation'
import type { CarrierEvent } from './ports'

export interface Leg {
  readonly address: string
  /** Participants that were there before our request: none of them is ours. */
  readonly before: ReadonlySet<string>
  /** After a reload nobody knows who was there: then what connected or ended before the request is not ours. */
  readonly sinceMs: number
}

/** Addresses come back as `tel:+1555…`, `sip:…`, with parameters or without: only what names the callee is compared. */
export function sameAddress(a: string, b: string): boolean {
  const bare = (address: string) =>
    address
      .replace(/^(tel|sips?):/i, '')
      .replace(/[;?].*$/, '')
      .toLowerCase()
  return bare(a) === bare(b)
}

/** The one that appeared after our request with our address; of several the newest. */
export function findLeg(participants: Conversation['participants'], leg: Leg): Participant | null {
  const ours = participants.filter(
    (p) =>
      !leg.before.has(p.id) &&
      p.address !== null &&
      sameAddress(p.address, leg.address) &&
      (p.connectedAtMs ?? p.endedAtMs ?? leg.sinceMs) >= leg.sinceMs,
  )
  return ours.at(-1) ?? null
}

const over = new Set(['disconnected', 'terminated'])

export function isLegOver({ state }: Participant): boolean {
  return over.has(state)
}

/** By the platform's own times, which hold after a reload too; else by when it was seen. Null: it never connected. */
export function legRanMs(
  { connectedAtMs, endedAtMs }: Participant,
  seenConnectedAtMs: number | null,
  nowMs: number,
): number | null {
  if (connectedAtMs !== null && endedAtMs !== null) return endedAtMs - connectedAtMs
  const fromMs = seenConnectedAtMs ?? connectedAtMs
  return fromMs === null ? null : nowMs - fromMs
}

/** On hold or hearing music: a leg plays on without them. */
export function isCustomerAway({ participants }: Conversation): boolean {
  const customer = findCustomer(participants)
  return customer !== null && (customer.held || customer.confined)
}

export interface LegRun {
  readonly ranMs: number | null
  readonly durationMs: number
  /** We asked the platform to end it. */
  readonly stopping: boolean
  /** The customer was on hold for a part of it. */
  readonly unheard: boolean
}

/**
 * A leg that ends early did not say it all: because we ended it, or for a reason of its own. Null where the call itself
 * ended: that is not the leg's to tell.
 */
export function readLeg(
  participant: Participant,
  { ranMs, durationMs, stopping, unheard }: LegRun,
  conversation: Conversation,
): Pick<CarrierEvent, 'state' | 'error'> | null {
  if (participant.state === 'connected') return { state: 'playing', error: null }
  if (!isLegOver(participant)) return { state: 'buffering', error: null }
  const customer = findCustomer(conversation.participants.filter(({ id }) => id !== participant.id))
  const isThere = customer?.state === 'connected'
  // Only its own end, with the customer there, is the whole length: who hung up just before it has cut it short.
  const isWhole = ranMs !== null && ranToItsEnd(ranMs, durationMs)
  if (isWhole && isThere && participant.disconnectType !== 'client')
    return unheard
      ? { state: 'error', error: 'the customer was on hold' }
      : { state: 'completed', error: null }
  if (stopping) return { state: 'stopped', error: null }
  const endedFirst = (participant.endedAtMs ?? Infinity) < (customer?.endedAtMs ?? -Infinity)
  if (!isThere && (isWhole || !endedFirst)) return null
  if (ranMs === null) return { state: 'error', error: `nobody answered: ${wordFor(participant)}` }
  const percent = Math.floor((100 * ranMs) / durationMs)
  return { state: 'error', error: `the announcement ended at ${percent} %: ${wordFor(participant)}` }
}

/** In words that are not mistaken for a slow download. */
function wordFor({ disconnectType }: Participant): string {
  return disconnectType === 'timeout' ? 'it only rang' : (disconnectType ?? 'no reason given')
}
