// Which notification topics exist, and which of them a person may follow.
import type { Person } from './people'

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
  hasUser(id: string): boolean
  hasQueue(id: string): boolean
  /** Is this colleague one of those whose calls nobody else may follow? */
  hidesCalls(userId: string): boolean
  /** May the calls of queues be followed by those who may see queues? */
  queueTopics(): boolean
}

export function judgeTopic(topic: string, person: Person, facts: TopicFacts): TopicVerdict {
  const user = userTopic.exec(topic)
  if (user) {
    const userId = user[1] ?? ''
    if (!facts.hasUser(userId)) return rejected('The user does not exist.')
    const needsPermission = user[2] === 'conversations.calls' && userId !== person.id
    if (needsPermission && facts.hidesCalls(userId)) return lacking(otherPeoplesCalls)
    return needsPermission ? permitted(person, otherPeoplesCalls) : { state: 'Permitted' }
  }
  const queue = queueTopic.exec(topic)
  if (queue) {
    if (!facts.hasQueue(queue[1] ?? '')) return rejected('The queue does not exist.')
    if (!facts.queueTopics()) return lacking(queuePermission)
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
  person.permissions.includes(permission) ? { state: 'Permitted' } : lacking(permission)

const lacking = (permission: string): TopicVerdict => rejected('The user lacks a permission.', [permission])

const rejected = (rejectionReason: string, missingPermissions: string[] = []): TopicVerdict => ({
  state: 'Rejected',
  rejectionReason,
  missingPermissions,
})

/** The same ones each time, spread evenly: 50 of 100 are every second one. */
export function isHidden(userId: string, ofHundred: number): boolean {
  const place = Number.parseInt(userId.slice(-4), 10)
  return Math.floor(((place + 1) * ofHundred) / 100) > Math.floor((place * ofHundred) / 100)
}
