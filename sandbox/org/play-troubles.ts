// What goes wrong with one play at the media server, decided when the play is accepted.
import type { FaultKind } from './fault-kinds'
import type { FaultList, SetFault } from './fault-list'

export interface PlayTroubles {
  isSilent: boolean
  isStuck: boolean
  /** Fails after so much sound; null: plays to its end. */
  failure: { afterMs: number; error: string } | null
  /** Says its end again after so long; null: once is enough. */
  secondEndMs: number | null
  lateMs: number
}

export function takePlayTroubles(faults: FaultList, interactionId: string): PlayTroubles {
  const take = (kind: FaultKind): SetFault | undefined =>
    faults.take([kind], ({ match }) => (match?.interactionId ?? interactionId) === interactionId)
  const failure = take('fail-midway')
  const secondEnd = take('end-twice')
  return {
    isSilent: take('no-events') !== undefined,
    isStuck: take('stuck') !== undefined,
    failure: failure
      ? { afterMs: failure.afterMs ?? 0, error: failure.error ?? 'media_server_failed: the stream broke off' }
      : null,
    secondEndMs: secondEnd ? (secondEnd.delayMs ?? 0) : null,
    lateMs: take('start-late')?.delayMs ?? 0,
  }
}
