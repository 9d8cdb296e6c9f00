// Which notification topics exist, and which of them a person may follow.
import type { Person } from './people'
import { findPerson, queues } from './people'

export type TopicVerdict =
  { state: 'Permitted' } | { state: 'Rejected'; rejectionReason: string; missingPermissions: string[] }

const userTopic = /^v2\.users\.([^.]+)\.(conversations\.calls|presence|routingStatus|activity)$/
const queueTopic = /^v2\.routing\.queues\.([^.]+)\.conversations\.calls$/

const flowTopic = /^v2\.detail\.events\.conversation\.([^.]+)\.flow\.(start|end)$/

/** Assumed: which permission an agent's token would need for these topics is not documented. */
export const flowPermission = 'analytics:conversationDetail:view'

export const otherPeoplesCalls = 'conversation:communication:view'
export const queuePermission = 'routing:queue:view'

export interface TopicFacts {
  hasCall(id: string): boolean
  /** May everybody follow the flows of a conversation? */
  flowEvents(): boolean
}

export function judgeTopic(topic: string, person: Person, facts: TopicFacts): TopicVerdict {
  const user = userTopic.exec(topic)
  if (user) {
    if (!findPerson(user[1])) return rejected('The user does not exist.')
    const needsPermission = user[2] === 'conversations.calls' && user[1] !== person.id
    return needsPermission ? permitted(person, otherPeoplesCalls) : { state: 'Permitted' }
  }
  const queue = queueTopic.exec(topic)
  if (queue) {
    if (!queues.some(({ id }) => id === queue[1])) return rejected('The queue does not exist.')
    return permitted(person, queuePermission)
  }
  const flow = flowTopic.exec(topic)
  if (flow) {
    if (!facts.hasCall(flow[1] ?? '')) return rejected('The conversation does not exist.')
    return facts.flowEvents() ? { state: 'Permitted' } : permitted(person, flowPermission)
  }
  return rejected('The topic does not exist.')
}

const permitted = (person: Person, permission: string): TopicVerdict =>
  person.permissions.includes(permission)
    ? { state: 'Permitted' }
    : rejected('The user lacks a permission.', [permission])

const rejected = (rejectionReason: string, missingPermissions: string[] = []): TopicVerdict => ({
  state: 'Rejected',
  rejectionReason,
  missingPermissions,
})
