// A call as the notification topics tell it: the same facts as the API's answer, in the models of the events.
import type { SandboxCallEvent, SandboxConversation, SandboxParticipant } from './media-contract'

export function callEvent({ id, participants, ...call }: SandboxConversation): SandboxCallEvent {
  const { otherMediaUris, recordingState, securePause } = call
  return { id, participants: participants.map(participantEvent), otherMediaUris, recordingState, securePause }
}

type ParticipantEvent = SandboxCallEvent['participants'][number]

/** Two fields have another shape in events; nobody in the sandbox has them. */
function participantEvent({
  user,
  queue,
  disposition: _disposition,
  conversationRoutingData: _routing,
  ...leg
}: SandboxParticipant): ParticipantEvent {
  return { ...leg, ...(user ? { user: reference(user) } : {}), ...(queue ? { queue: reference(queue) } : {}) }
}

/** Events name others without their address. */
const reference = ({ id, name }: { id?: string; name?: string }) => ({ id, name })
