// Questions about a call that more than one part of the organisation asks.
import type { SandboxConversation, SandboxParticipant } from './media-contract'

const talking = (participant: SandboxParticipant): boolean => participant.state === 'connected'

export function customerOf(conversation: SandboxConversation): SandboxParticipant {
  const customer = conversation.participants.find(({ purpose }) => purpose === 'customer')
  if (!customer) throw new Error(`The call ${conversation.id} has no customer.`)
  return customer
}

export function agentOf(conversation: SandboxConversation): SandboxParticipant {
  const agent = conversation.participants.findLast(({ purpose }) => purpose === 'agent')
  if (!agent) throw new Error(`The call ${conversation.id} has no agent.`)
  return agent
}

export const isOver = (conversation: SandboxConversation): boolean => !talking(customerOf(conversation))

/** In the call still, or owing its wrap-up. */
export const isActiveFor = (conversation: SandboxConversation, userId: string): boolean =>
  conversation.participants.some(
    (participant) =>
      participant.user?.id === userId && (talking(participant) || participant.wrapupRequired === true),
  )

export const takesPart = (conversation: SandboxConversation, userId: string): boolean =>
  conversation.participants.some(({ user }) => user?.id === userId)

export const userIdsOf = (conversation: SandboxConversation): string[] =>
  ids(conversation.participants.map(({ user }) => user?.id))

export const queueIdsOf = (conversation: SandboxConversation): string[] =>
  ids(conversation.participants.map(({ queue }) => queue?.id))

const ids = (found: (string | undefined)[]): string[] => [...new Set(found.filter((id) => id !== undefined))]

/** Why the customer hears nothing that is played, or null where they do. */
export function deafness(
  conversation: SandboxConversation,
): 'participant_disconnected' | 'participant_held' | null {
  const customer = customerOf(conversation)
  if (!talking(customer)) return 'participant_disconnected'
  return customer.held || customer.confined ? 'participant_held' : null
}

/** The endpoint's codec names in lower case; null where the gateway reports none. */
export function supportedCodecsOf(conversation: SandboxConversation): string[] | null {
  const reported = customerOf(conversation).mediaCapabilities?.audio.supportedCodecs
  if (reported === undefined) return null
  const names = typeof reported === 'string' ? reported.split(',') : reported
  return names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '')
}
