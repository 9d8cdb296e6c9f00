// The stand-ins of a desk in memory: storage, the host around the panel, and counters on sockets and timers.
import type { Clock, Host, KeptStorage, OpenSocket, TabStorage } from '../../src/core/ports'

export function tabStorageOf(tab: Map<string, string>): TabStorage {
  return {
    read: (key) => tab.get(key) ?? null,
    write: (key, value) => Boolean(tab.set(key, value)),
    remove: (key) => void tab.delete(key),
  }
}

export function keptStorageOf(kept: Map<string, string>): KeptStorage {
  return {
    entries: (prefix) => [...kept].filter(([key]) => key.startsWith(prefix)),
    write: (key, value) => Boolean(kept.set(key, value)),
    remove: (key) => void kept.delete(key),
  }
}

export function hostOf(keepStop: (listener: () => Promise<void>) => void): Host {
  const never = () => () => undefined
  return {
    embedded: true,
    environment: null,
    bootstrapped: () => undefined,
    showToast: () => undefined,
    setAttentionCount: () => undefined,
    showUser: () => undefined,
    showInteraction: () => undefined,
    onFocus: never,
    onBlur: never,
    onStop(listener) {
      keepStop(listener)
      return () => undefined
    },
  }
}

export function counted(open: OpenSocket, sockets: Set<object>): OpenSocket {
  return (uri, listener) => {
    const mark = {}
    sockets.add(mark)
    const socket = open(uri, {
      open: () => listener.open(),
      message: (text) => listener.message(text),
      closed() {
        sockets.delete(mark)
        listener.closed()
      },
    })
    return {
      send: (text) => socket.send(text),
      close() {
        sockets.delete(mark)
        socket.close()
      },
    }
  }
}

export function countedClock(clock: Clock, timers: Set<object>): Clock {
  return {
    now: () => clock.now(),
    after(delayMs, run) {
      const mark = {}
      timers.add(mark)
      const undo = clock.after(delayMs, () => {
        timers.delete(mark)
        run()
      })
      return () => {
        timers.delete(mark)
        undo()
      }
    },
  }
}
