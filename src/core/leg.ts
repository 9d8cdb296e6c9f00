// Which participant is our announcement leg, and what its state means for the playback.
import { withinTolerance } from './asset'
import type { Conversation, Participant } from './conversation'
import type { CarrierEvent } from './ports'

export interface Leg {
  readonly address: string
  /** Participants that were there before our request: none of them is ours. */
  readonly before: ReadonlySet<string>
  readonly durationMs: number
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

/** The one that appeared after our request with our address. */
export function findLeg(conversation: Conversation, leg: Leg): Participant | null {
  const ours = conversation.participants.filter(
    (p) => !leg.before.has(p.id) && p.address !== null && sameAddress(p.address, leg.address),
  )
  return ours[0] ?? null
}

const over = new Set(['disconnected', 'terminated'])

/** `ranMs`: for how long the leg was seen connected, null if never. A leg that ends early did not say it all. */
export function readLeg(
  participant: Participant,
  ranMs: number | null,
  leg: Leg,
): Pick<CarrierEvent, 'state' | 'error'> | null {
  if (participant.state === 'connected') return { state: 'playing', error: null }
  if (!over.has(participant.state)) return { state: 'buffering', error: null }
  const why = participant.disconnectType ?? 'no reason given'
  if (ranMs === null) return { state: 'error', error: `the announcement was not answered (${why})` }
  if (withinTolerance(ranMs, leg.durationMs)) return { state: 'completed', error: null }
  return { state: 'error', error: `the announcement ended after ${Math.round(ranMs)} ms (${why})` }
}
