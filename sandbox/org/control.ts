// The control door: the world as JSON, and changes to it that in life would come from callers and carriers.
import { readCallChange, readCallWish } from './call-wish'
import type { Calls, LiveCall } from './calls'
import { readFaults } from './fault-wish'
import type { Faults } from './faults'
import type { Floor } from './floor'
import { readFloorWish } from './floor-wish'
import { emptyAnswer, jsonAnswer, type OrgAnswer, type OrgRequest, parseJson } from './messages'
import { pictureAnswer } from './pictures'
import { badRequest, notFound, Refusal } from './refusal'

interface ControlParts {
  origin: string
  calls: Calls
  callState(call: LiveCall): unknown
  state(): unknown
  appConfig(): unknown
  faults: Faults
  floor: Floor
  changeSettings(wanted: unknown): unknown
  announceClosing(channelId: string): boolean
  changeUser(userId: string, wanted: unknown): unknown
  setPermissions(userId: string, wanted: unknown): unknown
  /** The organisation's own things, canonically: the same text for the same things. */
  dumpEstate(): string
  seedEstate(wanted: unknown): unknown
  reset(): void
}

export function createControl(parts: ControlParts): (request: OrgRequest) => OrgAnswer {
  const { calls, callState } = parts

  const change = (request: OrgRequest): OrgAnswer => {
    const { path } = request
    if (path === '/sandbox/calls') {
      return jsonAnswer(201, callState(calls.start(readCallWish(bodyOf(request)))))
    }
    const callId = lastPart(path, '/sandbox/calls/')
    if (callId) return jsonAnswer(200, callState(calls.change(callId, readCallChange(bodyOf(request)))))
    const userId = lastPart(path, '/sandbox/users/')
    if (userId) return jsonAnswer(200, parts.changeUser(userId, bodyOf(request)))
    const holderId = lastPart(path, '/sandbox/permissions/')
    if (holderId) return jsonAnswer(200, { permissions: parts.setPermissions(holderId, bodyOf(request)) })
    if (path === '/sandbox/estate') return jsonAnswer(201, parts.seedEstate(bodyOf(request)))
    if (path === '/sandbox/settings') return jsonAnswer(200, parts.changeSettings(bodyOf(request)))
    if (path === '/sandbox/reset') {
      parts.reset()
      return jsonAnswer(200, parts.state())
    }
    if (path === '/sandbox/floor') {
      parts.floor.open(readFloorWish(bodyOf(request)))
      return jsonAnswer(201, parts.floor.state())
    }
    if (path === '/sandbox/floor/pause') {
      parts.floor.pause()
      return jsonAnswer(200, parts.floor.state())
    }
    if (path === '/sandbox/faults') {
      return jsonAnswer(201, { faults: readFaults(bodyOf(request)).map(parts.faults.add) })
    }
    const channelId = lastPart(path, '/sandbox/socket-closing/')
    if (channelId) {
      if (!parts.announceClosing(channelId)) throw notFound('open socket on channel', channelId)
      return jsonAnswer(202, { announced: channelId })
    }
    throw unknown(request)
  }

  const clear = (request: OrgRequest): OrgAnswer => {
    const faultId = lastPart(request.path, '/sandbox/faults/')
    if (request.path === '/sandbox/floor') {
      parts.floor.close()
      return emptyAnswer(204)
    }
    if (request.path === '/sandbox/faults') parts.faults.clear()
    else if (!faultId) throw unknown(request)
    else if (!parts.faults.remove(faultId)) throw notFound('fault', faultId)
    return jsonAnswer(200, parts.faults.state())
  }

  return (request) => {
    const { method, path, headers } = request
    if (method === 'GET' && path === '/sandbox/state') return jsonAnswer(200, parts.state())
    if (method === 'GET' && path === '/sandbox/config.json') return jsonAnswer(200, parts.appConfig())
    if (method === 'GET' && path === '/sandbox/floor') return jsonAnswer(200, parts.floor.state())
    const picture = lastPart(path, '/sandbox/pictures/')
    if (method === 'GET' && picture) return pictureAnswer(picture)
    if (method === 'GET' && path === '/sandbox/estate') return jsonAnswer(200, parseJson(parts.dumpEstate()))
    if (method === 'GET' && path === '/sandbox/faults') return jsonAnswer(200, parts.faults.state())
    if (method !== 'POST' && method !== 'DELETE') throw unknown(request)
    if (headers.origin !== undefined && headers.origin !== parts.origin) {
      const message = 'Only pages of the sandbox itself may change it, not those of %origin%.'
      throw new Refusal(403, 'not.authorized', message, { origin: headers.origin })
    }
    return method === 'POST' ? change(request) : clear(request)
  }
}

function bodyOf({ body }: OrgRequest): unknown {
  if (body.trim() === '') return undefined
  const content = parseJson(body)
  if (content === undefined) throw badRequest('The body is no JSON.')
  return content
}

const lastPart = (path: string, before: string): string | null =>
  path.startsWith(before) && !path.slice(before.length).includes('/') ? path.slice(before.length) : null

const unknown = ({ method, path }: OrgRequest): Refusal =>
  new Refusal(404, 'not.found', 'The control door does not know %method% %path%.', { method, path })
