// Calls as the platform's conversation API shows and changes them.
import type { Models } from 'purecloud-platform-client-v2'
import { isActiveFor, takesPart } from '../call-facts'
import { readAttributes } from '../call-wish'
import type { Calls, LiveCall, ParticipantChange } from '../calls'
import type { SandboxParticipant } from '../media-contract'
import { emptyAnswer, isJsonObject, jsonAnswer, type JsonObject } from '../messages'
import type { Person } from '../people'
import { badRequest, Refusal } from '../refusal'
import type { Route, RouteCall } from '../routing'

const readScopes = ['conversations', 'conversations:readonly']

export function conversationRoutes(
  calls: Calls,
  /** A call of the busy floor: to be looked at, not to be changed. */
  findFloorCall: (id: string) => LiveCall | undefined,
): Route[] {
  const ofPerson = ({ params, person }: Pick<RouteCall, 'params' | 'person'>): LiveCall =>
    callOf(calls, params.conversationId ?? '', person)
  return [
    {
      method: 'GET',
      pattern: '/api/v2/conversations/calls',
      scopes: readScopes,
      run({ person }) {
        const mine = calls.all().filter(({ conversation }) => isActiveFor(conversation, person.id))
        const entities = mine.map(({ conversation }) => conversation)
        const listing: Models.CallConversationEntityListing = {
          entities,
          pageSize: entities.length,
          pageNumber: 1,
          total: entities.length,
          pageCount: 1,
          selfUri: '/api/v2/conversations/calls',
        }
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/conversations/calls/{conversationId}',
      scopes: readScopes,
      run(call) {
        const ofFloor = findFloorCall(call.params.conversationId ?? '')
        const { conversation } = ofFloor ? visibleTo(ofFloor, call.person) : ofPerson(call)
        return jsonAnswer(200, conversation)
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/conversations/{conversationId}',
      scopes: readScopes,
      permission: 'conversation:communication:view',
      run: ({ params }) => jsonAnswer(200, nestedConversation(calls.get(params.conversationId ?? ''))),
    },
    {
      method: 'PATCH',
      pattern: '/api/v2/conversations/calls/{conversationId}/participants/{participantId}',
      scopes: ['conversations'],
      run(call) {
        const change = readChange(call.object())
        const { conversation } = ofPerson(call)
        calls.changeParticipant(conversation.id, call.params.participantId ?? '', change)
        return emptyAnswer(202)
      },
    },
    {
      method: 'PATCH',
      pattern: '/api/v2/conversations/{conversationId}/participants/{participantId}/attributes',
      scopes: ['conversations'],
      run(call) {
        const attributes = readAttributes(call.object().attributes)
        const { conversation } = ofPerson(call)
        calls.mergeAttributes(conversation.id, call.params.participantId ?? '', attributes)
        return emptyAnswer(202)
      },
    },
  ]
}

/** The call, for those who take part in it or may see every conversation. */
export function callOf(calls: Calls, id: string, person: Person): LiveCall {
  return visibleTo(calls.get(id), person)
}

function visibleTo(call: LiveCall, person: Person): LiveCall {
  const seesAll = person.permissions.includes('conversation:communication:view')
  if (seesAll || takesPart(call.conversation, person.id)) return call
  throw new Refusal(403, 'not.authorized', 'You are not authorized to perform the requested action.')
}

function readChange(body: JsonObject): ParticipantChange {
  const change: ParticipantChange = {}
  for (const [name, value] of Object.entries(body)) {
    if ((name === 'held' || name === 'muted') && typeof value === 'boolean') change[name] = value
    else if (name === 'state' && value === 'disconnected') change.disconnected = true
    else if (name === 'wrapupSkipped' && value === true) change.wrappedUp = true
    else if (name === 'wrapup' && isJsonObject(value)) change.wrappedUp = true
    else throw badRequest(`The sandbox cannot change "${name}" to ${JSON.stringify(value)}.`)
  }
  return change
}

/** The shape of GET /api/v2/conversations/{id}: the same legs, each inside its participant's `calls`. */
export function nestedConversation({ conversation, startedAtMs }: LiveCall): Models.Conversation {
  return {
    id: conversation.id,
    startTime: new Date(startedAtMs).toISOString(),
    participants: conversation.participants.map(nestedParticipant),
    recordingState: conversation.recordingState,
    securePause: conversation.securePause,
    selfUri: `/api/v2/conversations/${conversation.id}`,
  }
}

function nestedParticipant(leg: SandboxParticipant): Models.Participant {
  const call: Models.Call = {
    id: leg.id,
    state: leg.state,
    direction: leg.direction,
    held: leg.held,
    confined: leg.confined,
    muted: leg.muted,
    recording: leg.recording,
    recordingState: leg.recordingState,
    securePause: leg.securePause,
    connectedTime: leg.connectedTime,
    disconnectedTime: leg.endTime,
    disconnectType: leg.disconnectType,
    provider: leg.provider,
    startHoldTime: leg.startHoldTime,
  }
  return {
    id: leg.id,
    name: leg.name,
    purpose: leg.purpose,
    address: leg.address,
    ani: leg.ani,
    dnis: leg.dnis,
    userId: leg.user?.id,
    queueId: leg.queue?.id,
    queueName: leg.queue?.name,
    startTime: leg.startTime,
    connectedTime: leg.connectedTime,
    endTime: leg.endTime,
    wrapupRequired: leg.wrapupRequired,
    attributes: leg.attributes,
    calls: [call],
  }
}
