// Which playback a carrier's event is about: by our id or the carrier's where there is one, else by interaction and URL in order.
import type { Playback } from './playback'

export interface CarrierEventFacts {
  readonly interactionId: string
  readonly playbackId: string | null
  readonly url: string | null
  readonly carrierId: string | null
}

/** `open`: playbacks that could still hear from the carrier, oldest first. Null: somebody else's playback. */
export function matchCarrierEvent<P extends Playback>(
  open: readonly P[],
  event: CarrierEventFacts,
): P | null {
  const sent = open.filter(
    (p) => p.interactionId === event.interactionId && p.times.requestedAtMs !== null && p.resendAtMs === null,
  )
  if (event.playbackId !== null) return sent.find((p) => p.id === event.playbackId) ?? null
  if (event.carrierId !== null) {
    const named = sent.find((p) => p.carrierId === event.carrierId)
    if (named) return named
  }
  const unnamed = event.carrierId === null ? sent : sent.filter((p) => p.carrierId === null)
  return unnamed.find((p) => event.url === null || p.asset?.url === event.url) ?? null
}

/**
 * An event names no playback, so the error that ended the same file before may have come a second time. While this one is
 * seen to sound it is not believed: if it was meant after all, the deadline says so. `before`: the last error of this file.
 */
export function mayBeEarlierError(playback: Playback, error: string | null, before: string | null): boolean {
  return playback.repeats && playback.state === 'playing' && !playback.sawGap && error === before
}
