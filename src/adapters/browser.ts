// The browser as ports: clock, chance, sockets.
import type { Chance, Clock, OpenSocket } from '../core/ports'

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
