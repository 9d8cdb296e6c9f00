// How parties leave a call: one leg alone, or the last who keep it together and with them all.
import { agentOf, isOver } from './call-facts'
import { badRequest } from './refusal'
import type { SandboxConversation, SandboxParticipant } from './media-contract'

const isGone = ({ state }: SandboxParticipant): boolean => state === 'disconnected' || state === 'terminated'

/** An extra leg that was dialled into the call. */
const isExtra = ({ purpose }: SandboxParticipant): boolean => purpose === 'external'

/** Somebody who listens; the call does not depend on them. */
const isListener = ({ monitoredParticipantId }: SandboxParticipant): boolean =>
  monitoredParticipantId !== undefined

/** Ends one leg and leaves the others where they are. */
export function endLeg(leg: SandboxParticipant, disconnectType: string, endTime: string): void {
  if (isGone(leg)) return
  Object.assign(leg, {
    state: 'disconnected',
    disconnectType,
    endTime,
    held: false,
    recording: false,
    recordingState: 'none',
    securePause: false,
  })
}

/** One party leaves and nobody is left to talk to, so every leg ends; the agent owes a wrap-up. */
export function endCall(
  conversation: SandboxConversation,
  byParticipantId: string | undefined,
  endTime: string,
): void {
  if (isOver(conversation)) return
  for (const leg of conversation.participants) {
    endLeg(leg, leg.id === byParticipantId ? 'client' : 'peer', endTime)
  }
  conversation.recordingState = 'NONE'
  conversation.securePause = false
  agentOf(conversation).wrapupRequired = true
}

/** A party hangs up, or is hung up on; refuses with 400 to hang up on a flow. An extra leg that talks to the customer keeps the call alive without the agent. */
export function leave(
  conversation: SandboxConversation,
  leg: SandboxParticipant,
  disconnectType: string,
  endTime: string,
): void {
  const agent = agentOf(conversation)
  const extras = conversation.participants.filter(
    (other) => other !== leg && isExtra(other) && other.state === 'connected',
  )
  if (leg.purpose === 'ivr') throw badRequest('A flow cannot be hung up on: it ends by itself.')
  if (isListener(leg)) return endLeg(leg, disconnectType, endTime)
  if (isExtra(leg)) {
    endLeg(leg, disconnectType, endTime)
    if (isGone(agent) && extras.length === 0) endCall(conversation, leg.id, endTime)
    return
  }
  if (leg === agent && extras.length > 0 && conversation.securePause !== true) {
    endLeg(leg, disconnectType, endTime)
    leg.wrapupRequired = true
    return
  }
  endCall(conversation, leg.id, endTime)
}
