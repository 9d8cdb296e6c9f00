// A way through which every byte of every connection takes its time: HTTP and WebSockets, pages and frames, all origins alike.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface DelayLine {
  /** The switch by which a browser sends all connections to this port this way, unseen by pages. */
  rule: string
  close(): Promise<void>
}

/**
 * Half of the round trip lies on each way. Opening a connection costs nothing: in the field it is shared by all requests
 * to a host, and was opened while the agent's desktop loaded.
 */
export async function startDelayLine(targetPort: number, roundTripMs: () => number): Promise<DelayLine> {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.setNoDelay(true)
      from.on('data', (bytes) => later(roundTripMs() / 2, () => to.writable && to.write(bytes)))
      from.on('end', () => later(roundTripMs() / 2, () => to.end()))
      from.on('error', () => to.destroy())
      from.on('close', () => open.delete(from))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    rule: `MAP *:${targetPort} 127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** Timers of the same length fire in the order in which they were set, so bytes stay in order. */
function later(ms: number, run: () => void): void {
  if (ms === 0) run()
  else setTimeout(run, ms)
}
