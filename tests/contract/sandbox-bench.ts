// The organisation in memory as an app under test holds it: signed in, with channels whose words are written down.
import { createVirtualClock, type VirtualClock } from '../../sandbox/org/clock'
import { createOrg, type Org } from '../../sandbox/org/org'
import type { OrgParts } from '../../sandbox/org/org-parts'
import { createSeededRandom } from '../../sandbox/org/random'
import {
  type ClientSocket,
  createInMemoryFetch,
  createInMemorySocket,
  signInInMemory,
} from '../../sandbox/org/wire'
import { demandAnswers } from '../support/sdk-traffic'
import { appUrl, type Frame, playBody } from './sandbox-harness'

export const origin = 'http://localhost:4680'
export const prompt = `${origin}/cdn/en/standard/welcome.mp3`
const promptMs = 6000

export interface Line {
  id: string
  connectUri: string
  socket: ClientSocket
  /** `open`, `closed` and every text between. */
  said: string[]
  frames(): Frame[]
  mediaStates(): unknown[]
  /** Subscribes to the interaction's media events. */
  follow(interactionId: string): void
  /** Does the organisation answer? */
  pings(): Promise<boolean>
}

export interface Bench {
  clock: VirtualClock
  org: Org
  token: string
  /** The first call of the day. */
  callId: string
  api(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response>
  openLine(topics?: string[]): Promise<Line>
  connect(connectUri: string): Pick<Line, 'socket' | 'said'>
  play(): Promise<Response>
}

/** `look` sees all that passes; where time is measured, nobody does. */
export async function openBench(
  parts: Partial<OrgParts> = {},
  look: (org: Org) => Org = demandAnswers,
): Promise<Bench> {
  const clock = createVirtualClock(1_800_000_000_000)
  const org = look(
    createOrg({
      clock,
      random: createSeededRandom(1),
      origin,
      appUrl,
      fetchAsset: async () => ({ status: 200, bytes: new Uint8Array(1) }),
      decodeAudio: async () => ({ codec: 'mp3', codecs: ['mp3'], durationMs: promptMs }),
      ...parts,
    }),
  )
  const token = await signInInMemory(org)
  const callId = org.calls.all()[0]!.conversation.id

  const api: Bench['api'] = (method, path, body, signal) =>
    createInMemoryFetch(org)(`${origin}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    })
  const connect: Bench['connect'] = (connectUri) => {
    const said: string[] = []
    const socket = createInMemorySocket(org)(connectUri, {
      open: () => void said.push('open'),
      message: (text) => void said.push(text),
      closed: () => void said.push('closed'),
    })
    return { socket, said }
  }

  return {
    clock,
    org,
    token,
    callId,
    api,
    connect,
    async openLine(topics = []) {
      const created = await api('POST', '/api/v2/notifications/channels')
      const { id, connectUri } = (await created.json()) as { id: string; connectUri: string }
      const wanted = topics.map((topic) => ({ id: topic }))
      await api('POST', `/api/v2/notifications/channels/${id}/subscriptions?ignoreErrors=true`, wanted)
      const { socket, said } = connect(connectUri)
      await clock.advance(0)
      const frames = (): Frame[] =>
        said.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text) as Frame)
      return {
        id,
        connectUri,
        socket,
        said,
        frames,
        mediaStates: () =>
          frames()
            .filter(({ type }) => type === 'media.playback.state')
            .map(({ state }) => state),
        follow(interactionId) {
          const eventTypes = ['media.playback.state']
          socket.send(JSON.stringify({ action: 'subscribe', eventTypes, filters: { interactionId } }))
        },
        async pings() {
          const before = said.length
          socket.send('{"message":"ping"}')
          await clock.advance(0)
          return said.slice(before).some((text) => text.includes('"pong"'))
        },
      }
    },
    play: () => api('POST', '/api/v2/media/play', playBody(callId, prompt)),
  }
}
