// The traffic of a sandbox held against the SDK's types as it passes: requests, answers, and frames of the sockets.
import type { Org } from '../../sandbox/org/org'
import { garbage } from '../../sandbox/org/strikes'
import { complaintsAboutAnswer, complaintsAboutRequest } from './sdk-exchange'
import { complaintsAboutClientFrame, complaintsAboutFrame } from './sdk-frames'

export interface Traffic {
  /** How often each operation, topic and frame was seen, so that a test can know that it was looked at. */
  readonly seen: ReadonlyMap<string, number>
  readonly complaints: ReadonlySet<string>
  /** Throws with every complaint: path, field and rule. */
  verify(): void
}

/** Looks on, and changes nothing. Requests and frames of both sides are the app's and the sandbox's own. */
export function watchTraffic(org: Org): Traffic {
  const complaints = new Set<string>()
  const seen = attach(org, { requests: true, complain: (complaint) => void complaints.add(complaint) })
  return {
    seen,
    complaints,
    verify() {
      if (complaints.size === 0) return
      const list = [...complaints].sort().join('\n')
      throw new Error(`The traffic is not what the platform SDK's types say:\n${list}`)
    },
  }
}

/** For tests that write requests by hand, some wrong on purpose: what the sandbox says must fit, or the request fails. */
export function demandAnswers<O extends Org>(org: O): O {
  attach(org, {
    requests: false,
    complain(complaint) {
      throw new Error(`The sandbox is not what the platform SDK's types say: ${complaint}`)
    },
  })
  return org
}

interface Watch {
  requests: boolean
  complain(complaint: string): void
}

const isApi = (path: string): boolean => path.startsWith('/api/v2/')
const meantAsGarbage = new Set(Object.values(garbage).flat())

function attach(org: Org, { requests, complain }: Watch): ReadonlyMap<string, number> {
  const seen = new Map<string, number>()
  const note = ({ what, complaints }: { what: string; complaints: readonly string[] }): void => {
    seen.set(what, (seen.get(what) ?? 0) + 1)
    complaints.forEach(complain)
  }
  const { http, connect } = org
  org.http = async (request) => {
    if (!isApi(request.path)) return http(request)
    if (requests) note(complaintsAboutRequest(request))
    const answer = await http(request)
    note(complaintsAboutAnswer(request, answer))
    return answer
  }
  org.connect = (channelId, socket) => {
    const connection = connect(channelId, {
      ...socket,
      send(text) {
        if (!meantAsGarbage.has(text)) note(complaintsAboutFrame(text))
        socket.send(text)
      },
    })
    return {
      closed: () => connection.closed(),
      receive(text) {
        if (requests) note(complaintsAboutClientFrame(text))
        connection.receive(text)
      },
    }
  }
  return seen
}
