// The organisation without a network: a fetch and a socket that run on its clock alone, for tests that must not wait.
import { createHash } from 'node:crypto'
import { signInCookie } from './oauth'
import { panelClient } from './oauth-clients'
import type { OrgAnswer } from './messages'
import type { Org } from './org'
import { agentId } from './people'
import type { Connection } from './sockets'

type InMemoryFetch = (url: string, init?: RequestInit) => Promise<Response>

/** A socket as a client holds it. */
export interface ClientSocket {
  /** False where the socket is not open. */
  send(text: string): boolean
  close(): void
}

export interface ClientSocketListener {
  open(): void
  message(text: string): void
  closed(): void
}

const bodiless = new Set([204, 205, 304])

/**
 * Like `fetch`: rejects with a TypeError where no answer came and with the signal's reason where the caller gave up.
 * Giving up does not take back a request that has arrived. `init.body` must be text.
 */
export function createInMemoryFetch(org: Org): InMemoryFetch {
  return async (address, { method = 'GET', headers, body, signal } = {}) => {
    signal?.throwIfAborted()
    if (body != null && typeof body !== 'string') throw new TypeError('Only a body of text can be sent here.')
    const url = new URL(address)
    const answer = org.http({
      method: method.toUpperCase(),
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(new Headers(headers)),
      body: body ?? '',
      signal: signal ?? undefined,
    })
    return responseOf(await unlessAborted(answer, signal ?? undefined))
  }
}

/**
 * Opens sockets on the addresses that the organisation gives to its channels. All words come in a later turn, and
 * none comes once the client itself has closed.
 */
export function createInMemorySocket(
  org: Org,
): (uri: string, listener: ClientSocketListener) => ClientSocket {
  return (uri, listener) => {
    let connection: Connection | null = null
    let isOver = false
    const finish = (): void => {
      isOver = true
      connection?.closed()
      connection = null
    }
    const ended = (): void => {
      if (isOver) return
      finish()
      listener.closed()
    }
    const connect = (): void => {
      const { pathname } = new URL(uri)
      const channelId = /^\/streaming\/channels\/([^/]+)$/.exec(pathname)?.[1]
      if (channelId === undefined || !org.reaches(pathname) || !org.hasChannel(channelId)) return ended()
      connection = org.connect(channelId, {
        send: (text) =>
          queueMicrotask(() => {
            if (!isOver) listener.message(text)
          }),
        close: () => queueMicrotask(ended),
        cut: () => queueMicrotask(ended),
      })
      listener.open()
    }
    const undo = org.clock.after(0, connect)
    return {
      send(text) {
        connection?.receive(text)
        return connection !== null
      },
      close() {
        undo()
        if (!isOver) finish()
      },
    }
  }
}

/** An access token of the panel's client, as its sign-in in the desktop would get it. */
export async function signInInMemory(org: Org, userId: string = agentId): Promise<string> {
  const query = { client_id: panelClient.id, redirect_uri: org.appUrl() ?? '', response_type: 'token' }
  const answer = await org.http({
    method: 'GET',
    path: '/oauth/authorize',
    query: new URLSearchParams(query),
    headers: { cookie: signInCookie(userId).split(';')[0] },
    body: '',
  })
  const token = new URLSearchParams(answer.headers.location?.split('#')[1]).get('access_token')
  if (token === null) throw new Error(`No token for ${userId}: ${answer.status} ${answer.headers.location}`)
  return token
}

/** The same by a code and its proof, as any client of the organisation's would be used. Throws where it is refused. */
export async function signInByCodeInMemory(
  org: Org,
  { clientId, redirectUri = org.appUrl() ?? '', userId = agentId }: CodeSignIn,
): Promise<string> {
  const verifier = 'in-memory-'.repeat(5)
  const challenge = createHash('sha256').update(verifier, 'ascii').digest('base64url')
  const asked = { client_id: clientId, redirect_uri: redirectUri }
  const proof = { response_type: 'code', code_challenge: challenge, code_challenge_method: 'S256' }
  const sent = await org.http({
    method: 'GET',
    path: '/oauth/authorize',
    query: new URLSearchParams({ ...asked, ...proof }),
    headers: { cookie: signInCookie(userId).split(';')[0] },
    body: '',
  })
  const code = new URLSearchParams(sent.headers.location?.split('?')[1]).get('code') ?? ''
  const answer = await org.http({
    method: 'POST',
    path: '/oauth/token',
    query: new URLSearchParams(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ...asked,
      code,
      code_verifier: verifier,
      grant_type: 'authorization_code',
    }).toString(),
  })
  if (answer.status !== 200) throw new Error(`No token for ${userId}: ${sent.body} ${answer.body}`)
  return (JSON.parse(answer.body) as { access_token: string }).access_token
}

export interface CodeSignIn {
  clientId: string
  /** Where the app runs, where nothing is said. */
  redirectUri?: string
  userId?: string
}

const responseOf = ({ status, headers, body }: OrgAnswer): Response =>
  new Response(bodiless.has(status) ? null : body, { status, headers })

function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', giveUp, { once: true })
    void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}
