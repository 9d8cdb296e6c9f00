// Notification channels and their subscriptions.
import type { Models } from 'purecloud-platform-client-v2'
import { availableTopics } from '../available-topics'
import { type Channel, channelModel, type Channels } from '../channels'
import { emptyAnswer, isJsonObject, jsonAnswer, type OrgAnswer } from '../messages'
import { badRequest, missingPermission } from '../refusal'
import type { Route, RouteCall } from '../routing'
import { judgeTopic, type TopicFacts, type TopicVerdict } from '../topics'

const subscriptions = '/api/v2/notifications/channels/{channelId}/subscriptions'

interface NotificationRoutesParts {
  channels: Channels
  origin: string
  topicFacts: TopicFacts
  changed(): void
}

export function notificationRoutes({
  channels,
  origin,
  topicFacts,
  changed,
}: NotificationRoutesParts): Route[] {
  const channelOf = ({ params, token }: RouteCall): Channel => channels.require(params.channelId ?? '', token)

  const subscribe = (call: RouteCall, replace: boolean): OrgAnswer => {
    const channel = channelOf(call)
    const judged = readTopics(call.list()).map((id) => ({
      id,
      verdict: judgeTopic(id, call.person, topicFacts),
    }))
    if (call.query.get('ignoreErrors') !== 'true') refuseRejected(judged.map(({ verdict }) => verdict))
    const permitted = judged.filter(({ verdict }) => verdict.state === 'Permitted').map(({ id }) => id)
    if (replace) channel.topics = new Set()
    channels.follow(channel, permitted)
    channels.used(channel)
    changed()
    return topicsAnswer(judged.map(({ id, verdict }) => ({ id, ...verdict })))
  }

  return [
    {
      method: 'GET',
      pattern: '/api/v2/notifications/availabletopics',
      scopes: ['notifications', 'notifications:readonly'],
      run({ query }) {
        const expand = query.getAll('expand').flatMap((fields) => fields.split(','))
        const entities = availableTopics(topicFacts.flowEvents(), expand)
        const listing: Models.AvailableTopicEntityListing = { entities }
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'POST',
      pattern: '/api/v2/notifications/channels',
      scopes: ['notifications'],
      run({ token }) {
        const channel = channels.create(token)
        changed()
        return jsonAnswer(200, channelModel(channel, origin))
      },
    },
    {
      method: 'GET',
      pattern: '/api/v2/notifications/channels',
      scopes: ['notifications', 'notifications:readonly'],
      run({ token }) {
        const mine = channels.all().filter((channel) => channel.token === token.token)
        const listing: Models.ChannelEntityListing = {
          entities: mine.map((channel) => channelModel(channel, origin)),
        }
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: subscriptions,
      scopes: ['notifications', 'notifications:readonly'],
      run(call) {
        const topics = [...channelOf(call).topics]
        return topicsAnswer(topics.map((id) => ({ id, state: 'Permitted' })))
      },
    },
    {
      method: 'POST',
      pattern: subscriptions,
      scopes: ['notifications'],
      run: (call) => subscribe(call, false),
    },
    {
      method: 'PUT',
      pattern: subscriptions,
      scopes: ['notifications'],
      run: (call) => subscribe(call, true),
    },
    {
      method: 'DELETE',
      pattern: subscriptions,
      scopes: ['notifications'],
      run(call) {
        channelOf(call).topics = new Set()
        changed()
        return emptyAnswer(204)
      },
    },
  ]
}

function topicsAnswer(topics: Models.ChannelTopic[]): OrgAnswer {
  const entities = topics.map((topic) => ({
    ...topic,
    selfUri: `/api/v2/notifications/availabletopics/${topic.id}`,
  }))
  const listing: Models.ChannelTopicEntityListing = { entities }
  return jsonAnswer(200, listing)
}

/** Without ignoreErrors one refused topic fails the whole request. */
function refuseRejected(verdicts: readonly TopicVerdict[]): void {
  for (const verdict of verdicts) {
    if (verdict.state !== 'Rejected') continue
    const permission = verdict.missingPermissions[0]
    throw permission ? missingPermission(permission) : badRequest(verdict.rejectionReason)
  }
}

function readTopics(list: unknown[]): string[] {
  return list.map((entry) => {
    if (isJsonObject(entry) && typeof entry.id === 'string') return entry.id
    throw badRequest('Each subscription must be an object with the topic as its "id".')
  })
}
