// WebSockets of the sandbox: notification channels and the desktop's feed, on the server's own port.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Org } from '../org/org'
import type { Connection, Socket } from '../org/sockets'
import { isLoopbackHost, isOwnOrigin } from './cors'

const channelPath = /^\/streaming\/channels\/([^/]+)$/
const frameLimitBytes = 64 * 1024

export function serveSockets(server: Server, org: Org, origin: string): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: frameLimitBytes })

  const attach = (wire: WebSocket, connect: (socket: Socket) => Connection): void => {
    const connection = connect({
      send: (text) => wire.send(text),
      close: (code, reason) => wire.close(code, reason),
      cut: () => wire.terminate(),
    })
    wire.on('message', (content) => connection.receive(String(content)))
    wire.on('close', () => connection.closed())
    wire.on('error', () => wire.terminate())
  }

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const address = `${origin}${request.url ?? '/'}`
    const pathname = URL.canParse(address) ? new URL(address).pathname : ''
    const open = (connect: (socket: Socket) => Connection): void =>
      sockets.handleUpgrade(request, stream, head, (wire) => attach(wire, connect))

    if (!isLoopbackHost(request.headers.host)) return refuse(stream, '403 Forbidden')
    const channelId = channelPath.exec(pathname)?.[1]
    if (channelId !== undefined && !org.reaches(pathname)) return void stream.destroy()
    if (channelId !== undefined && org.hasChannel(channelId)) {
      return open((socket) => org.connect(channelId, socket))
    }
    if (pathname !== '/sandbox/desktop') return refuse(stream, '404 Not Found')
    if (!isOwnOrigin(request.headers.origin, origin)) return refuse(stream, '403 Forbidden')
    return open((socket) => org.connectDesktop(socket))
  })

  return {
    close() {
      for (const wire of sockets.clients) wire.terminate()
      sockets.close()
    },
  }
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
