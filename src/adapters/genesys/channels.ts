// Notification channels: create one, add topics, learn which were refused.
import * as v from 'valibot'
import { answered, refused } from '../../core/errors'
import type { Channels, Platform } from '../../core/ports'

const channelBody = v.object({ id: v.string(), connectUri: v.pipe(v.string(), v.regex(/^wss?:\/\//)) })
const topicBody = v.object({
  id: v.string(),
  state: v.optional(v.string()),
  rejectionReason: v.nullish(v.string()),
  missingPermissions: v.nullish(v.array(v.string())),
})
const topicsBody = v.object({ entities: v.optional(v.array(topicBody), []) })

export function createChannels(platform: Platform): Channels {
  return {
    async createChannel() {
      const answer = await platform.request({ method: 'POST', path: '/api/v2/notifications/channels' })
      if (!answer.ok) return answer
      const channel = v.safeParse(channelBody, answer.value.body)
      if (!channel.success)
        return refused({ kind: 'malformed', message: 'the platform sent no readable channel' })
      return answered({ id: channel.output.id, connectUri: channel.output.connectUri })
    },
    /** With `ignoreErrors`: without it, one refused topic would fail the whole request with 403. */
    async subscribe(channelId, topics) {
      const path = '/api/v2/notifications/channels/{channelId}/subscriptions'
      const body = topics.map((id) => ({ id }))
      const query = { ignoreErrors: true }
      const answer = await platform.request({ method: 'POST', path, pathParams: { channelId }, query, body })
      if (!answer.ok) return answer
      const listing = v.safeParse(topicsBody, answer.value.body)
      if (!listing.success)
        return refused({ kind: 'malformed', message: 'the platform sent no readable subscriptions' })
      const rejected = listing.output.entities.filter((topic) => topic.state === 'Rejected')
      return answered(
        rejected.map((topic) => ({
          topic: topic.id,
          reason: topic.missingPermissions?.join(', ') ?? topic.rejectionReason ?? 'refused',
        })),
      )
    },
  }
}
