// The browser as ports: clock, chance, locks, sockets.
import type { Chance, Clock, Locks, OpenSocket } from '../core/ports'

export const browserClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

export const browserChance: Chance = {
  number: () => Math.random(),
  id: () => crypto.randomUUID(),
}

export const openBrowserSocket: OpenSocket = (uri, listener) => {
  const socket = new WebSocket(uri)
  socket.onopen = () => listener.open()
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (typeof event.data === 'string') listener.message(event.data)
  }
  socket.onclose = () => listener.closed()
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false
      socket.send(text)
      return true
    },
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    },
  }
}

/** Web Locks, shared by all panels of this site in this browser; a frame that is refused them works alone. */
export const browserLocks: Locks = {
  tryHold: (name) =>
    new Promise((answer, fail) => {
      const alone = () => answer(() => undefined)
      if (!('locks' in navigator)) return alone()
      navigator.locks
        .request(name, { ifAvailable: true }, (lock) => {
          if (lock === null) return answer(null)
          return new Promise<void>((release) => answer(release))
        })
        .catch((error: unknown) => (error instanceof DOMException ? alone() : fail(error)))
    }),
}

export function onBrowserOnline(listener: () => void): () => void {
  window.addEventListener('online', listener)
  return () => window.removeEventListener('online', listener)
}
