// The sandbox on a port of this machine: one HTTP server for pages, API, CDN and WebSockets.
import { createServer } from 'node:http'
import { decodeAudio } from './decode'
import { fetchAsset } from './edge/fetch-asset'
import { answerHttp } from './edge/http'
import { listenOnLoopback } from './edge/listen'
import { serveSockets } from './edge/sockets'
import { systemClock, type Clock } from './org/clock'
import { NetworkLoss } from './org/network'
import { createOrg, type Org } from './org/org'
import { secureRandom } from './org/random'

export interface SandboxWish {
  /** 0: any free one. Rejects with EADDRINUSE where it is taken. */
  port: number
  /** Where the app runs, ending in a slash; may be told later by `setAppUrl`. */
  appUrl?: string | null
  /** The organisation's time; the machine's where none is given. */
  clock?: Clock
}

export interface Sandbox {
  /** `http://localhost:PORT`, without a slash at its end. */
  url: string
  port: number
  org: Org
  setAppUrl(url: string): void
  close(): Promise<void>
}

export async function startSandbox({
  port,
  appUrl = null,
  clock = systemClock,
}: SandboxWish): Promise<Sandbox> {
  const server = createServer()
  // A browser sends again, on its own and even a POST, what breaks on a connection that has carried an answer before.
  // One request each: so a lost answer is the loss of that one request, and what comes twice was sent twice by the app.
  server.maxRequestsPerSocket = 1
  const bound = await listenOnLoopback(server, port)
  const url = `http://localhost:${bound}`
  const org = createOrg({
    clock,
    random: secureRandom,
    origin: url,
    appUrl,
    fetchAsset,
    decodeAudio,
  })
  server.on('request', (request, response) => {
    answerHttp(org, url, request, response).catch((error: unknown) => {
      if (error instanceof NetworkLoss) return void request.socket.destroy()
      console.error(`The sandbox failed at ${request.method} ${request.url?.split('?')[0]}:`, error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'text/plain' }).end('The sandbox itself failed.\n')
    })
  })
  const sockets = serveSockets(server, org, url)

  return {
    url,
    port: bound,
    org,
    setAppUrl: org.setAppUrl,
    close() {
      // Those that only a fault holds have no wire that could end them.
      org.faults.add({ kind: 'cut' })
      sockets.close()
      return new Promise((closed, failed) => {
        server.close((error) => (error ? failed(error) : closed()))
        server.closeAllConnections()
      })
    },
  }
}
