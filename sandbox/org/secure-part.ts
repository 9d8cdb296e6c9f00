// The secure part of a call: the customer with the flow, the agent apart, and no recording meanwhile.
import type { Settings } from './settings'
import { customerOf, isOver } from './call-facts'
import { endLeg } from './leaving'
import type { SandboxConversation, SandboxParticipant } from './media-contract'

/** Puts the customer's leg in; the returned function brings it back as it was. `flowLeg` is the flow's own participant. */
export function enterSecurePart(
  conversation: SandboxConversation,
  flowLeg: SandboxParticipant,
  look: Settings['secureLook'],
): (conversation: SandboxConversation, time: string) => void {
  const before = conversation.recordingState
  const apart = conversation.participants.filter(({ state }) => state === 'connected')
  const legs = apart.map((leg) => ({ leg, recording: leg.recording, recordingState: leg.recordingState }))
  for (const { leg } of legs) {
    Object.assign(leg, { securePause: true, recording: false, recordingState: 'paused' })
  }
  Object.assign(conversation, { securePause: true, recordingState: 'PAUSED' })
  if (look === 'held') customerOf(conversation).held = true
  if (look === 'confined') customerOf(conversation).confined = true
  conversation.participants.push(flowLeg)

  return (now, time) => {
    endLeg(flowLeg, 'transfer', time)
    if (look === 'held') customerOf(now).held = false
    if (look === 'confined') customerOf(now).confined = false
    if (isOver(now)) return
    Object.assign(now, { securePause: false, recordingState: before })
    for (const { leg, recording, recordingState } of legs) {
      if (leg.state === 'connected') Object.assign(leg, { securePause: false, recording, recordingState })
    }
  }
}

/** The flow as a participant of the call. */
export function flowParticipant(
  id: string,
  name: string,
  conversation: SandboxConversation,
  time: string,
): SandboxParticipant {
  const { direction, ani, dnis } = customerOf(conversation)
  return {
    id,
    name,
    purpose: 'ivr',
    state: 'connected',
    direction,
    ani,
    dnis,
    held: false,
    confined: false,
    muted: false,
    recording: false,
    recordingState: 'none',
    securePause: true,
    mediaRoles: ['full'],
    provider: 'Edge',
    startTime: time,
    connectedTime: time,
    wrapupRequired: false,
    attributes: {},
  }
}
