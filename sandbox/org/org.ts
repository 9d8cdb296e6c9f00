// The organisation, whole and without a transport: requests in, answers out, sockets handed to it.
import type { AppConfig } from './app-integration'
import type { Calls } from './calls'
import type { Clock } from './clock'
import type { Faults } from './faults'
import { refusalPage } from './login-page'
import { htmlAnswer, type OrgAnswer, type OrgRequest } from './messages'
import { signInCookie } from './oauth'
import { agentId } from './people'
import { Refusal, refusalAnswer } from './refusal'
import type { Connection, Socket } from './sockets'
import type { OrgParts } from './org-parts'
import { promptUploadPath } from './prompt-shelf'
import type { Provisioning } from './provisioning'
import { uploadPath } from './routes/flow-routes'
import { createWorld } from './world'
import type { OrgState } from './world-state'

export interface Org {
  /** Answers every path under /api/v2, /oauth, /logout and /sandbox. Rejects with a NetworkLoss where a fault wants it. */
  http(request: OrgRequest): Promise<OrgAnswer>
  hasChannel(channelId: string): boolean
  /** Answers by `carryOut`, unless a fault meets the request first. */
  serve<A>(request: OrgRequest, carryOut: () => Promise<A>): Promise<A | OrgAnswer>
  /** False: the wires are cut, and whatever is sent to the platform gets lost. */
  isReachable(): boolean
  /** False: the request to open a socket on this path gets lost. */
  reaches(path: string): boolean
  /** Takes over a notification socket; one on an unknown channel is closed at once. */
  connect(channelId: string, socket: Socket): Connection
  connectDesktop(page: Socket): Connection
  /** The Set-Cookie by which the desktop page signs its agent in. */
  desktopCookie(): string
  appConfig(): AppConfig
  appUrl(): string | null
  setAppUrl(url: string): void
  /** What GET /sandbox/state answers. */
  state(): OrgState
  readonly provisioning: Provisioning
  readonly calls: Calls
  readonly clock: Clock
  readonly faults: Faults
}

export function createOrg(parts: OrgParts): Org {
  const world = createWorld(parts)
  const { random } = parts
  const correlated = (answer: OrgAnswer, id: string): OrgAnswer => ({
    ...answer,
    headers: { 'inin-correlation-id': id, ...answer.headers },
  })

  const dispatch = (request: OrgRequest): OrgAnswer => {
    const { method, path } = request
    if (/^\/api\/v2(\/|$)/.test(path)) return world.api(request)
    if (method === 'GET' && path === '/oauth/authorize') return world.oauth.authorize(request)
    if (method === 'POST' && path === '/oauth/login') return world.oauth.login(request)
    if (method === 'POST' && path === '/oauth/token') return world.oauth.token(request)
    if (method === 'GET' && path === '/logout') return world.oauth.logout(request)
    return htmlAnswer(404, refusalPage(`The login server does not know ${method} ${path}.`))
  }

  return {
    async http(request) {
      const isControl = /^\/sandbox(\/|$)/.test(request.path)
      const isPut = request.method === 'PUT'
      const receive =
        isPut && request.path.startsWith(uploadPath)
          ? world.provisioning.receive
          : isPut && request.path.startsWith(promptUploadPath)
            ? world.prompts.receive
            : null
      const answer = receive
        ? refusing(() => receive(request), random.id())
        : isControl
          ? refusing(() => world.control(request), random.id())
          : await world.journey.send(request, () => dispatch(request))
      return correlated(answer, random.id())
    },
    isReachable: () => !world.network.isDown(),
    reaches: world.journey.arrives,
    serve: world.journey.send,
    hasChannel: (channelId) => world.channels.find(channelId) !== undefined,
    connect(channelId, socket) {
      const channel = world.channels.find(channelId)
      if (channel) return world.sockets.open(channel, socket)
      socket.close(1008, 'There is no such channel.')
      return { receive: () => undefined, closed: () => undefined }
    },
    connectDesktop: world.feed.connect,
    desktopCookie: () => signInCookie(agentId),
    appConfig: world.appConfig,
    appUrl: world.appUrl,
    setAppUrl: world.setAppUrl,
    state: world.state,
    provisioning: world.provisioning,
    calls: world.calls,
    clock: parts.clock,
    faults: world.faults,
  }
}

function refusing(run: () => OrgAnswer, contextId: string): OrgAnswer {
  try {
    return run()
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error, contextId)
    throw error
  }
}
