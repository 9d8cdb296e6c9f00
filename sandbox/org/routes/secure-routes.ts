// Secure IVR sessions of a participant: start one, look at one or at all.
import type { Models } from 'purecloud-platform-client-v2'
import type { Calls, LiveCall } from '../calls'
import { jsonAnswer, type JsonObject } from '../messages'
import { badRequest, notFound, Refusal } from '../refusal'
import type { Route, RouteCall } from '../routing'
import type { SecureSessions } from '../secure-sessions'
import { callOf } from './conversation-routes'

const sessions = '/api/v2/conversations/{conversationId}/participants/{participantId}/secureivrsessions'
const readScopes = ['conversations', 'conversations:readonly']

export function secureRoutes(calls: Calls, secure: SecureSessions): Route[] {
  const listed = (call: RouteCall): Models.SecureSession[] => {
    const participantId = call.params.participantId ?? ''
    const live = callOf(calls, call.params.conversationId ?? '', call.person)
    requireParticipant(live, participantId)
    return secure.of(live, participantId)
  }
  return [
    {
      method: 'POST',
      pattern: sessions,
      scopes: ['conversations'],
      run(call) {
        const wish = readWish(call.object())
        const participantId = call.params.participantId ?? ''
        const live = calls.get(call.params.conversationId ?? '')
        const invoker = connectedAs(live, call.person.id)
        requireParticipant(live, participantId)
        const sourceParticipantId = wish.sourceParticipantId ?? invoker
        const session: Models.SecureSession = secure.create(live, participantId, {
          ...wish,
          sourceParticipantId,
        })
        return jsonAnswer(200, session)
      },
    },
    {
      method: 'GET',
      pattern: sessions,
      scopes: readScopes,
      run(call) {
        const listing: Models.SecureSessionEntityListing = { entities: listed(call) }
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${sessions}/{secureSessionId}`,
      scopes: readScopes,
      run(call) {
        const id = call.params.secureSessionId ?? ''
        const found = listed(call).find((session) => session.id === id)
        if (!found) throw notFound('secure session', id)
        return jsonAnswer(200, found)
      },
    },
  ]
}

function readWish({
  sourceParticipantId,
  flowId,
  userData,
  disconnect,
}: JsonObject): Models.CreateSecureSession {
  if (typeof flowId !== 'string' || flowId === '') throw badRequest('"flowId" must name the flow.')
  if (typeof userData !== 'string') throw badRequest('"userData" must be a text.')
  if (sourceParticipantId !== undefined && typeof sourceParticipantId !== 'string') {
    throw badRequest('"sourceParticipantId" must be the id of a participant.')
  }
  if (disconnect !== undefined && typeof disconnect !== 'boolean') {
    throw badRequest('"disconnect" must be true or false.')
  }
  return { sourceParticipantId, flowId, userData, disconnect }
}

/** The caller's own participant; only somebody who is in the conversation can invoke a secure flow. */
function connectedAs({ conversation }: LiveCall, userId: string): string | undefined {
  const mine = conversation.participants.findLast(
    ({ user, state }) => user?.id === userId && state === 'connected',
  )
  if (mine) return mine.id
  const message = 'Only a participant in the conversation can invoke a secure IVR.'
  throw new Refusal(403, 'not.authorized', message)
}

function requireParticipant({ conversation }: LiveCall, id: string): void {
  if (!conversation.participants.some((participant) => participant.id === id)) {
    throw notFound('participant', id)
  }
}
