// A real sandbox on a free port, and what a client needs to talk to it: fetch, ws, and a place for generated files.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import { panelClient } from '../../sandbox/org/oauth-clients'
import { agentId } from '../../sandbox/org/people'
import type { CallState, OrgState } from '../../sandbox/org/world-state'
import { type Sandbox, startSandbox } from '../../sandbox/server'
import { demandAnswers } from '../support/sdk-traffic'

export const appUrl = 'http://127.0.0.1:9/'

export interface Answer<Body> {
  status: number
  headers: Headers
  body: Body
}

export interface Client {
  sandbox: Sandbox
  token: string
  api<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answer<Body>>
}

/** Answers only what the SDK's types know; anything else is a failure of the sandbox itself. */
export async function openSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, appUrl })
  demandAnswers(sandbox.org)
  return sandbox
}

export async function signIn(sandbox: Sandbox, userId = agentId, clientId = panelClient.id): Promise<Client> {
  const answer = await authorize(sandbox, { client_id: clientId }, `sandbox_user=${userId}`)
  const token = fragmentOf(answer).get('access_token')
  if (!token) throw new Error(`No token: ${answer.status} ${await answer.text()}`)
  return {
    sandbox,
    token,
    api: (method, path, body) =>
      request(`${sandbox.url}${path}`, method, body, { authorization: `Bearer ${token}` }),
  }
}

export function authorize(
  sandbox: Sandbox,
  query: Record<string, string>,
  cookie?: string,
): Promise<globalThis.Response> {
  const whole = new URLSearchParams({
    client_id: panelClient.id,
    redirect_uri: appUrl,
    response_type: 'token',
    ...query,
  })
  return fetch(`${sandbox.url}/oauth/authorize?${whole.toString()}`, {
    redirect: 'manual',
    headers: cookie === undefined ? {} : { cookie },
  })
}

export const fragmentOf = (answer: globalThis.Response): URLSearchParams =>
  new URLSearchParams((answer.headers.get('location') ?? '').split('#')[1] ?? '')

export async function request<Body>(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
  return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as Body }
}

export const control = <Body = CallState>(
  sandbox: Sandbox,
  path: string,
  body?: unknown,
): Promise<Answer<Body>> => request<Body>(`${sandbox.url}/sandbox/${path}`, 'POST', body)

export const stateOf = async (sandbox: Sandbox): Promise<OrgState> =>
  (await request<OrgState>(`${sandbox.url}/sandbox/state`, 'GET')).body

export type Frame = Record<string, unknown> & { topicName?: string; eventBody?: Record<string, unknown> }

export interface Wire {
  frames: Frame[]
  send(frame: unknown): void
  /** The first frame, past or to come, that fits. */
  until(fits: (frame: Frame) => boolean): Promise<Frame>
  /** Subscribes to the interaction and waits for the pong that proves it was read. */
  follow(interactionId: string): Promise<void>
  ping(): Promise<void>
  closed: Promise<{ code: number; reason: string }>
  close(): void
}

export async function openWire(url: string, headers: Record<string, string> = {}): Promise<Wire> {
  const socket = new WebSocket(url, { headers })
  const frames: Frame[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (content) => {
    frames.push(JSON.parse(String(content)) as Frame)
    for (const look of waiting) look()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  await new Promise<void>((opened, failed) => {
    socket.once('open', opened)
    socket.once('error', failed)
  })
  const until = (fits: (frame: Frame) => boolean): Promise<Frame> =>
    new Promise((found) => {
      const look = (): void => {
        const frame = frames.find(fits)
        if (!frame) return
        waiting.delete(look)
        found(frame)
      }
      waiting.add(look)
      look()
    })
  const send = (frame: unknown): void =>
    socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  const ping = async (): Promise<void> => {
    const before = frames.length
    send({ message: 'ping' })
    await until((frame) => frames.indexOf(frame) >= before && frame.eventBody?.message === 'pong')
  }
  return {
    frames,
    send,
    until,
    ping,
    async follow(interactionId) {
      send({ action: 'subscribe', eventTypes: ['media.playback.state'], filters: { interactionId } })
      await ping()
    },
    closed,
    close: () => socket.close(),
  }
}

/** A channel with these topics, and its open socket. */
export async function openChannel(client: Client, topics: string[] = []): Promise<Wire & { id: string }> {
  const channel = await client.api<{ id: string; connectUri: string }>(
    'POST',
    '/api/v2/notifications/channels',
  )
  const { id, connectUri } = channel.body
  const body = topics.map((topic) => ({ id: topic }))
  await client.api('POST', `/api/v2/notifications/channels/${id}/subscriptions?ignoreErrors=true`, body)
  return { ...(await openWire(connectUri)), id }
}

export interface AssetServer {
  /** Publishes the bytes; the answer is their address. */
  put(name: string, bytes: Uint8Array): string
  close(): Promise<void>
}

export async function openAssetServer(): Promise<AssetServer> {
  const files = new Map<string, Uint8Array>()
  const server = createServer((incoming, answer) => {
    const bytes = files.get(incoming.url ?? '')
    answer.writeHead(bytes ? 200 : 404).end(bytes)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    put(name, bytes) {
      files.set(`/${name}`, bytes)
      return `http://127.0.0.1:${port}/${name}`
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

/** Silence as WAV; `format` is the tag in the fmt chunk, `bits` those of one sample. */
export function wav(
  durationMs: number,
  { format = 1, bits = 16, sampleRateHz = 8000, channels = 1 } = {},
): Buffer {
  const frameBytes = (bits / 8) * channels
  const dataBytes = Math.round((durationMs / 1000) * sampleRateHz) * frameBytes
  const file = Buffer.alloc(44 + dataBytes)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + dataBytes, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(format, 20)
  file.writeUInt16LE(channels, 22)
  file.writeUInt32LE(sampleRateHz, 24)
  file.writeUInt32LE(sampleRateHz * frameBytes, 28)
  file.writeUInt16LE(frameBytes, 32)
  file.writeUInt16LE(bits, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(dataBytes, 40)
  return file
}

/** The body of a play request. */
export const playBody = (interactionId: string, url: string, volume = 1): unknown => ({
  interactionId,
  media: [{ url, type: 'audio', playbackOptions: { volume } }],
})
