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

/** Of any carrier: how much is heard before it fails, and why; null: nothing waits for this call. */
export function takeFailure(faults: FaultList, interactionId: string): PlayTroubles['failure'] {
  const failure = faults.take(
    ['fail-midway'],
    ({ match }) => (match?.interactionId ?? interactionId) === interactionId,
  )
  return failure
    ? { afterMs: failure.afterMs ?? 0, error: failure.error ?? 'media_server_failed: the stream broke off' }
    : null
}

export function takePlayTroubles(faults: FaultList, interactionId: string): PlayTroubles {
  const take = (kind: FaultKind): SetFault | undefined =>
    faults.take([kind], ({ match }) => (match?.interactionId ?? interactionId) === interactionId)
  const failure = takeFailure(faults, interactionId)
  const secondEnd = take('end-twice')
  return {
    isSilent: take('no-events') !== undefined,
    isStuck: take('stuck') !== undefined,
    failure,
    secondEndMs: secondEnd ? (secondEnd.delayMs ?? 0) : null,
    lateMs: take('start-late')?.delayMs ?? 0,
  }
}
