// The browser as ports: clock, chance, locks, sockets.
import { readPanelMessage, type PanelMessage } from '../core/panels'
import type { Bus, Chance, Clock, Locks, OpenSocket } from '../core/ports'

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
      requestLock(name, { ifAvailable: true }, alone, fail, (lock) => {
        if (lock === null) return answer(null)
        return new Promise<void>((release) => answer(release))
      })
    }),
  whenHeld(name, held) {
    const abort = new AbortController()
    let release: () => void = () => abort.abort()
    const fail = (error: unknown) => {
      throw error
    }
    // Never before the undo is in the caller's hands.
    const alone = () => queueMicrotask(held)
    requestLock(name, { signal: abort.signal }, alone, fail, () => {
      const until = new Promise<void>((done) => (release = done))
      held()
      return until
    })
    return () => release()
  },
  async isHeld(name) {
    try {
      const { held = [] } = await navigator.locks.query()
      return held.some((lock) => lock.name === name)
    } catch (error) {
      if (error instanceof DOMException || !('locks' in navigator)) return false
      throw error
    }
  },
}

/** `refused`: this browser gives the frame no locks, so there is nobody to share with. Given up by us is no failure. */
function requestLock(
  name: string,
  options: LockOptions,
  refused: () => void,
  failed: (error: unknown) => void,
  run: (lock: Lock | null) => void | Promise<void>,
): void {
  if (!('locks' in navigator)) return refused()
  navigator.locks.request(name, options, run).catch((error: unknown) => {
    if (!(error instanceof DOMException)) failed(error)
    else if (error.name !== 'AbortError') refused()
  })
}

/** A BroadcastChannel; a frame that is refused one hears nobody and is heard by nobody. */
export function createBrowserBus(name: string): Bus {
  const listeners = new Set<(message: PanelMessage) => void>()
  const channel = openBroadcast(name)
  channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = readPanelMessage(event.data)
    if (message !== null) for (const listener of [...listeners]) listener(message)
  })
  return {
    isShared: channel !== null,
    post: (message) => channel?.postMessage(message),
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function openBroadcast(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name)
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}

export function onBrowserOnline(listener: () => void): () => void {
  window.addEventListener('online', listener)
  return () => window.removeEventListener('online', listener)
}
