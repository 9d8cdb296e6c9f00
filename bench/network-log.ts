// What a panel asked of the network until it could be used: how many requests, bytes and hosts, and how many had to wait for one another.
import type { Line } from './devtools'

export interface Exchange {
  readonly url: string
  /** As the browser names it: `Document`, `Script`, `Fetch`, `Preflight`, `WebSocket`. */
  readonly type: string
  /** Seconds of the browser's own clock. */
  readonly startS: number
  /** Infinity while it is under way. */
  endS: number
  /** Compressed, with headers. */
  bytes: number
  isCached: boolean
}

export interface NetworkLog {
  readonly exchanges: readonly Exchange[]
  /** When the first document of a frame was asked for, in epoch ms and in seconds of the browser's clock. */
  startOf(frameId: string): { epochMs: number; s: number } | null
}

interface Asked {
  requestId: string
  frameId?: string
  type?: string
  timestamp: number
  wallTime: number
  request: { url: string }
  initiator?: { type?: string }
}

export function createNetworkLog() {
  const exchanges: Exchange[] = []
  const starts = new Map<string, { epochMs: number; s: number }>()

  const open = new Map<string, Exchange>()
  const sockets = new Map<string, string>()

  /** Listens on a line; a frame's first document is told on the line of the page around it, and ends on its own. */
  async function follow(line: Line): Promise<void> {
    const begin = (id: string, exchange: Omit<Exchange, 'endS' | 'bytes' | 'isCached'>): void => {
      const whole = { ...exchange, endS: Infinity, bytes: 0, isCached: false }
      open.set(id, whole)
      exchanges.push(whole)
    }
    const end = (id: unknown, endS: unknown, bytes: unknown = 0): void => {
      const exchange = open.get(String(id))
      if (exchange === undefined) return
      exchange.endS = Number(endS)
      exchange.bytes += Number(bytes)
    }
    line.on('Network.requestWillBeSent', (params) => {
      const asked = params as unknown as Asked
      const { requestId, timestamp, wallTime, request, frameId = '' } = asked
      const type = asked.initiator?.type === 'preflight' ? 'Preflight' : (asked.type ?? 'Other')
      // A redirect answers the request before it, under the same id.
      end(requestId, timestamp)
      if (type === 'Document' && !starts.has(frameId))
        starts.set(frameId, { epochMs: wallTime * 1_000, s: timestamp })
      begin(requestId, { url: request.url, type, startS: timestamp })
    })
    line.on('Network.requestServedFromCache', ({ requestId }) => {
      const exchange = open.get(String(requestId))
      if (exchange) exchange.isCached = true
    })
    line.on('Network.responseReceived', ({ requestId, response, timestamp }) => {
      const { fromDiskCache } = response as { fromDiskCache?: boolean }
      const exchange = open.get(String(requestId))
      if (exchange && fromDiskCache) exchange.isCached = true
      // The answer to a preflight has no body, and no further word.
      if (exchange?.type === 'Preflight') end(requestId, timestamp)
    })
    line.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) =>
      end(requestId, timestamp, encodedDataLength),
    )
    line.on('Network.loadingFailed', ({ requestId, timestamp }) => end(requestId, timestamp))
    line.on(
      'Network.webSocketCreated',
      ({ requestId, url }) => void sockets.set(String(requestId), String(url)),
    )
    line.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, timestamp }) => {
      const id = String(requestId)
      begin(id, { url: sockets.get(id) ?? '', type: 'WebSocket', startS: Number(timestamp) })
    })
    line.on('Network.webSocketHandshakeResponseReceived', ({ requestId, timestamp }) =>
      end(requestId, timestamp),
    )
    await line.send('Network.enable')
  }

  const log: NetworkLog = { exchanges, startOf: (frameId) => starts.get(frameId) ?? null }
  return { log, follow }
}

/**
 * The longest row of exchanges of which each began after the one before had ended. What runs side by side counts once;
 * what only happened to come later counts too, so this is an upper bound of what had to wait.
 */
export function longestChain(exchanges: readonly Pick<Exchange, 'startS' | 'endS'>[]): number {
  const byEnd = exchanges.filter(({ endS }) => Number.isFinite(endS)).sort((a, b) => a.endS - b.endS)
  let chain = 0
  let freeAtS = -Infinity
  for (const { startS, endS } of byEnd) {
    if (startS < freeAtS) continue
    chain += 1
    freeAtS = endS
  }
  return chain
}
