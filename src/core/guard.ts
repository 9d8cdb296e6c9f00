// May this prompt be played now? If not, the reason.
import type { Interaction } from './conversation'
import { failure, type Failure } from './errors'

export interface GuardFacts {
  readonly interaction: Interaction | null
  readonly signedIn: boolean
  readonly busy: boolean
  readonly channelLive: boolean
}

/** The first reason against playing, or null. The order is the one in which an agent would want to hear them. */
export function findObstacle(facts: GuardFacts): Failure | null {
  if (!facts.signedIn) return failure('signed_out')
  if (facts.interaction === null) return failure('call_not_connected', 'no call')
  if (facts.busy) return failure('already_playing')
  if (facts.interaction.callState === 'held') return failure('call_on_hold')
  if (facts.interaction.callState !== 'connected')
    return failure('call_not_connected', facts.interaction.callState)
  if (!facts.channelLive) return failure('channel_lost', 'not connected to the platform yet')
  return null
}
