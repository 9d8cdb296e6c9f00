// The browser and the desktop around the panel, in memory: what is kept, who holds a lock, what was shown.
import type { Host, KeptStorage, TabStorage, Toast } from '../../src/core/ports'
import { createSharedBrowser, locksOf } from './browser-in-memory'

export function createTestStorage(refuses = false) {
  const kept = new Map<string, string>()
  const storage: TabStorage = {
    read: (key) => kept.get(key) ?? null,
    write(key, value) {
      if (!refuses) kept.set(key, value)
      return !refuses
    },
    remove: (key) => void kept.delete(key),
  }
  return { ...storage, kept }
}

export function createTestKept(refuses = false) {
  const kept = new Map<string, string>()
  const storage: KeptStorage = {
    entries: (prefix) => [...kept].filter(([key]) => key.startsWith(prefix)),
    write(key, value) {
      if (!refuses) kept.set(key, value)
      return !refuses
    },
    remove: (key) => void kept.delete(key),
  }
  return { ...storage, kept }
}

/** The locks of one browser, and which of them are held. */
export function createTestLocks(browser = createSharedBrowser()) {
  return { ...locksOf(browser), held: browser.locks }
}

export function createTestSignal() {
  const listeners = new Set<() => void>()
  return {
    on: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell: () => listeners.forEach((listener) => listener()),
    listeners: () => listeners.size,
  }
}

export function createTestHost() {
  const focusListeners = new Set<() => void>()
  const blurListeners = new Set<() => void>()
  const stopListeners = new Set<() => Promise<void>>()
  const toasts: Toast[] = []
  const counts: number[] = []
  const listen = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const host: Host = {
    embedded: true,
    environment: null,
    bootstrapped: () => undefined,
    showToast: (toast) => void toasts.push(toast),
    setAttentionCount: (count) => void counts.push(count),
    showUser: () => undefined,
    showInteraction: () => undefined,
    onFocus: listen(focusListeners),
    onBlur: listen(blurListeners),
    onStop(listener) {
      stopListeners.add(listener)
      return () => stopListeners.delete(listener)
    },
  }
  return {
    host,
    toasts,
    counts,
    focus: () => focusListeners.forEach((listener) => listener()),
    blur: () => blurListeners.forEach((listener) => listener()),
    stop: () => Promise.all([...stopListeners].map((listener) => listener())),
    listeners: () => focusListeners.size + blurListeners.size + stopListeners.size,
  }
}
