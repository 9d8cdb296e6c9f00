// A supervisor who listens to a call: a participant of their own, beside the agent whom they monitor.
import { agentOf } from './call-facts'
import { endLeg } from './leaving'
import type { SandboxConversation, SandboxParticipant } from './media-contract'
import type { Person } from './people'

export const monitorOf = (conversation: SandboxConversation): SandboxParticipant | undefined =>
  conversation.participants.find(
    ({ monitoredParticipantId, state }) => monitoredParticipantId !== undefined && state === 'connected',
  )

/** Begins or ends the monitoring; where it is as wanted already, nothing changes. */
export function setMonitored(
  conversation: SandboxConversation,
  wanted: boolean,
  supervisor: Person,
  participantId: string,
  time: string,
): void {
  const monitor = monitorOf(conversation)
  if (monitor && !wanted) endLeg(monitor, 'client', time)
  if (monitor || !wanted) return
  conversation.participants.push({
    id: participantId,
    name: supervisor.name,
    purpose: 'user',
    state: 'connected',
    direction: 'inbound',
    address: `sip:${supervisor.id}@sandbox.example`,
    user: { id: supervisor.id, name: supervisor.name, selfUri: `/api/v2/users/${supervisor.id}` },
    monitoredParticipantId: agentOf(conversation).id,
    mediaRoles: ['listen'],
    held: false,
    confined: false,
    muted: true,
    recording: false,
    recordingState: 'none',
    wrapupRequired: false,
    startTime: time,
    connectedTime: time,
    provider: 'Edge',
    attributes: {},
  })
}
