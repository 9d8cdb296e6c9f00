// An organisation in memory under a clock that only moves when told, and a signed-in client that listens to topics.
import { createVirtualClock, type VirtualClock } from '../../sandbox/org/clock'
import { createOrg, type Org } from '../../sandbox/org/org'
import { agentId } from '../../sandbox/org/people'
import { createSeededRandom } from '../../sandbox/org/random'
import { createInMemoryFetch, createInMemorySocket, signInInMemory } from '../../sandbox/org/wire'
import { demandAnswers } from '../support/sdk-traffic'
import { appUrl, type Frame } from './sandbox-harness'

export const origin = 'http://localhost:4680'

export interface MemoryAnswer<Body> {
  status: number
  headers: Headers
  body: Body
}

export interface Memory {
  clock: VirtualClock
  org: Org
  startMs: number
  api<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<MemoryAnswer<Body>>
  /** The same for another person. */
  as(userId: string): Promise<Memory['api']>
  control(path: string, body?: unknown): Promise<void>
  /** What comes on these topics, from now on. */
  follow(topics: string[]): Promise<{ frames: Frame[]; verdicts: Record<string, unknown>[] }>
}

export async function openMemory(): Promise<Memory> {
  const startMs = 1_800_000_000_000
  const clock = createVirtualClock(startMs)
  const org = demandAnswers(
    createOrg({
      clock,
      random: createSeededRandom(1),
      origin,
      appUrl,
      fetchAsset: async () => ({ status: 200, bytes: new Uint8Array(1) }),
      decodeAudio: async () => ({ codec: 'mp3', codecs: ['mp3'], durationMs: 6000 }),
    }),
  )
  const send = createInMemoryFetch(org)
  const clientOf =
    (token: string): Memory['api'] =>
    async (method, path, body) => {
      const answer = await send(`${origin}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) }
    }
  const api = clientOf(await signInInMemory(org, agentId))
  return {
    clock,
    org,
    startMs,
    api,
    as: async (userId) => clientOf(await signInInMemory(org, userId)),
    async control(path, body) {
      const answer = await send(`${origin}/sandbox/${path}`, {
        method: 'POST',
        body: JSON.stringify(body ?? {}),
      })
      if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    },
    async follow(topics) {
      const channel = await api<{ id: string; connectUri: string }>('POST', '/api/v2/notifications/channels')
      const { id, connectUri } = channel.body
      const frames: Frame[] = []
      createInMemorySocket(org)(connectUri, {
        open: () => undefined,
        message: (text) => void frames.push(JSON.parse(text) as Frame),
        closed: () => undefined,
      })
      const path = `/api/v2/notifications/channels/${id}/subscriptions?ignoreErrors=true`
      const answer = await api<{ entities: Record<string, unknown>[] }>(
        'POST',
        path,
        topics.map((topic) => ({ id: topic })),
      )
      await clock.advance(0)
      return { frames, verdicts: answer.body.entities }
    },
  }
}

/** The first call of the day and its parties. */
export function firstCall({ org }: Memory) {
  const { conversation } = org.calls.all()[0]!
  const { id } = conversation
  const find = (purpose: string) => conversation.participants.find((leg) => leg.purpose === purpose)
  return {
    id,
    customerId: find('customer')!.id!,
    agentLegId: find('agent')!.id!,
    conversation,
    topic: `v2.users.${agentId}.conversations.calls`,
  }
}
