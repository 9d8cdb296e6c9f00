// The notification topics that exist here, and what each asks of whoever wants to follow it.
import type { Models } from 'purecloud-platform-client-v2'
import { flowPermission, otherPeoplesCalls, queuePermission } from './topics'

const flowTopic = (moment: 'start' | 'end'): Models.AvailableTopic => ({
  id: `v2.detail.events.conversation.{id}.flow.${moment}`,
  description: `The ${moment} of a flow in a conversation`,
  requiresPermissions: [flowPermission],
})

const userTopic = (name: string, description: string): Models.AvailableTopic => ({
  id: `v2.users.{id}.${name}`,
  description,
  requiresPermissions: [],
})

const permissionFields = ['requiresPermissions', 'requiresCurrentUserOrPermission'] as const

const topics = (flowEvents: boolean): Models.AvailableTopic[] => [
  {
    ...userTopic('conversations.calls', 'The calls of a user, with their attributes'),
    requiresPermissions: [otherPeoplesCalls],
    requiresCurrentUserOrPermission: true,
  },
  userTopic('presence', 'The presence of a user'),
  userTopic('routingStatus', 'The routing status of a user'),
  userTopic('activity', 'Presence and routing status of a user'),
  {
    id: 'v2.routing.queues.{id}.conversations.calls',
    description: 'The calls of a queue, with their attributes',
    requiresPermissions: [queuePermission],
  },
  ...(['start', 'end'] as const).map((moment) =>
    flowEvents ? { ...flowTopic(moment), requiresPermissions: [] } : flowTopic(moment),
  ),
]

/** Without `expand` only what a topic is; the fields about permissions come where they are asked for by name. */
export function availableTopics(flowEvents: boolean, expand: readonly string[]): Models.AvailableTopic[] {
  return topics(flowEvents).map((topic) => {
    const shown: Models.AvailableTopic = {
      id: topic.id,
      description: topic.description,
      visibility: 'Public',
      transports: ['All'],
    }
    for (const field of permissionFields) {
      if (expand.includes(field) && topic[field] !== undefined)
        Object.assign(shown, { [field]: topic[field] })
    }
    return shown
  })
}
