// Puts a server on a port of this machine, out of reach for every other one.
import type { Server } from 'node:http'

/** The port it got; 0 asks for any free one. Rejects with EADDRINUSE where it is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed)
      listening()
    })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}
