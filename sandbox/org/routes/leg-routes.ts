// Adding participants to a call by dialling them.
import type { AnnouncementLegs } from '../announcement-legs'
import type { Calls } from '../calls'
import { isJsonObject, jsonAnswer } from '../messages'
import { badRequest } from '../refusal'
import type { Route } from '../routing'
import { callOf, nestedConversation } from './conversation-routes'

export const legRoutes = (calls: Calls, legs: AnnouncementLegs): Route[] => [
  {
    method: 'POST',
    pattern: '/api/v2/conversations/calls/{conversationId}/participants',
    scopes: ['conversations'],
    run(call) {
      const addresses = readAddresses(call.object().participants)
      const live = callOf(calls, call.params.conversationId ?? '', call.person)
      legs.add(live, addresses)
      return jsonAnswer(202, nestedConversation(live))
    },
  },
]

function readAddresses(participants: unknown): string[] {
  if (!Array.isArray(participants) || participants.length === 0) {
    throw badRequest('"participants" must be a list of at least one.')
  }
  return participants.map((participant: unknown) => {
    if (isJsonObject(participant) && typeof participant.address === 'string') return participant.address
    throw badRequest('Each participant must have an "address".')
  })
}
