// The browser as ports: clock, chance, per-tab storage, sockets.
import type { Chance, Clock, OpenSocket, TabStorage } from '../core/ports'

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

/** Storage can throw, in a frame above all: a refusal is an answer here, never an exception. */
export const tabStorage: TabStorage = {
  read: (key) => attempt(() => sessionStorage.getItem(key), null),
  write: (key, value) => attempt(() => (sessionStorage.setItem(key, value), true), false),
  remove: (key) => attempt(() => sessionStorage.removeItem(key), undefined),
}

function attempt<T>(act: () => T, otherwise: T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof DOMException) return otherwise
    throw error
  }
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
