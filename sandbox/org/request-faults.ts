// A request's way to the organisation and its answer's way back, with everything that may happen to either.
import type { Clock } from './clock'
import type { Fault, FaultMatch } from './fault-kinds'
import { type FaultList, fitsPattern } from './fault-list'
import { isJsonObject, type OrgAnswer, type OrgRequest, parseJson } from './messages'
import { type Network, NetworkLoss } from './network'
import type { Random } from './random'
import { Refusal, refusalAnswer } from './refusal'

type CarryOut<A> = () => A | Promise<A>

const kinds = ['status', 'done-but-status', 'lose-request', 'lose-answer', 'hang', 'late', 'slow'] as const

interface JourneyParts {
  clock: Clock
  random: Random
  faults: FaultList
  network: Network
  /** How long a request to the platform travels before it is looked at. */
  latencyMs(): number
}

export interface Journey {
  /** Rejects with a NetworkLoss where no answer comes back; never settles where the request hangs. */
  send<A>(request: OrgRequest, carryOut: CarryOut<A>): Promise<A | OrgAnswer>
  /** May a socket be opened on this path, or does its request get lost? */
  arrives(path: string): boolean
}

export function createJourney({ clock, random, faults, network, latencyMs }: JourneyParts): Journey {
  const pass = (delayMs: number): Promise<void> => new Promise((over) => clock.after(delayMs, over))
  const faultFor = (request: OrgRequest) => faults.take(kinds, ({ match }) => fitsRequest(match, request))

  const travel = async <A>(
    request: OrgRequest,
    carryOut: CarryOut<A>,
    isLost: () => boolean,
  ): Promise<A | OrgAnswer> => {
    const travelMs = isForPlatform(request.path) ? latencyMs() : 0
    if (travelMs > 0) await pass(travelMs)
    if (isLost()) throw new NetworkLoss()
    const fault = faultFor(request)
    return fault ? meet(fault, carryOut, isLost) : carryOut()
  }
  const meet = async <A>(
    fault: Fault,
    carryOut: CarryOut<A>,
    isLost: () => boolean,
  ): Promise<A | OrgAnswer> => {
    if (fault.kind === 'status') return faultAnswer(fault, random.id())
    if (fault.kind === 'lose-request') throw new NetworkLoss()
    if (fault.kind === 'hang') return new Promise(() => undefined)
    if (fault.kind === 'slow') await pass(fault.delayMs ?? 0)
    if (isLost()) throw new NetworkLoss()
    const answer = await carryOut()
    if (fault.kind === 'lose-answer') throw new NetworkLoss()
    if (fault.kind === 'late') await pass(fault.delayMs ?? 0)
    return fault.kind === 'done-but-status' ? faultAnswer(fault, random.id()) : answer
  }
  /** Runs `cut` when the platform's wires break before the returned undo is called. */
  const onWire = (path: string, cut: () => void): (() => void) =>
    isForPlatform(path) ? network.use(cut) : () => undefined

  return {
    send(request, carryOut) {
      if (isForPlatform(request.path) && network.isDown()) return Promise.reject(new NetworkLoss())
      return new Promise((answered, failed) => {
        let isLost = false
        const leave = onWire(request.path, () => {
          isLost = true
          failed(new NetworkLoss())
        })
        // A caller who gave up is no longer on the wire; what has arrived is carried out all the same.
        request.signal?.addEventListener('abort', leave, { once: true })
        void travel(request, carryOut, () => isLost)
          .finally(() => {
            leave()
            request.signal?.removeEventListener('abort', leave)
          })
          .then(answered, failed)
      })
    },
    arrives(path) {
      if (network.isDown()) return false
      const query = new URLSearchParams()
      return !faultFor({ method: 'GET', path, query, headers: {}, body: '' })
    },
  }
}

const isForPlatform = (path: string): boolean => path.startsWith('/api/v2/')

function fitsRequest(match: FaultMatch | undefined, { method, path, body }: OrgRequest): boolean {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false
  if (!fitsPattern(match?.path ?? '/api/v2/', path)) return false
  const id = match?.interactionId
  return id === undefined || path.split('/').includes(id) || interactionIn(body) === id
}

function interactionIn(body: string): unknown {
  const content = parseJson(body)
  return isJsonObject(content) ? content.interactionId : undefined
}

const codes: Record<number, [code: string, message: string]> = {
  400: ['bad.request', 'The request could not be understood by the server.'],
  401: ['bad.credentials', 'Invalid login credentials.'],
  403: ['not.authorized', 'You are not authorized to perform the requested action.'],
  404: ['not.found', 'The requested resource was not found.'],
  408: ['request.timeout', 'The request timed out.'],
  409: ['conflict', 'The request conflicts with the state of the resource.'],
  410: ['gone', 'The requested resource is gone.'],
  429: ['too.many.requests', 'Rate limit exceeded the maximum [300] requests within [60] seconds'],
  500: ['internal.server.error', 'The server encountered an unexpected condition.'],
  502: ['bad.gateway', 'The gateway got no valid answer.'],
  503: ['service.unavailable', 'Service Unavailable - The server is currently unavailable.'],
  504: ['gateway.timeout', 'The request timed out.'],
}

function faultAnswer(fault: Fault, contextId: string): OrgAnswer {
  const { status = 500, retryAfterS, missingPermissions } = fault
  const usual = codes[status] ?? ['fault', `The sandbox was told to answer ${status}.`]
  const headers: Record<string, string> =
    retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }
  const refusal = missingPermissions
    ? new Refusal(
        status,
        fault.code ?? 'missing.any.permissions',
        fault.message ??
          'Unable to perform the requested action. You must have at least one of the following permissions assigned: %permissions%',
        { permissions: `[${missingPermissions.join(', ')}]` },
        headers,
      )
    : new Refusal(status, fault.code ?? usual[0], fault.message ?? usual[1], {}, headers)
  return refusalAnswer(refusal, contextId)
}
