// A browser and the DevTools protocol to it, with nothing in between: a test tool that listens to every frame would be measured too.
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { makeProfile } from '../scripts/browser-profile.mjs'
import { findBrowser } from '../scripts/find-browser.mjs'

export type Answer = Record<string, unknown>

/** One session of the protocol: a page, or a frame that has a process of its own. */
export interface Line {
  readonly sessionId: string
  /** One command; rejects with the browser's own words. */
  send(method: string, params?: Answer): Promise<Answer>
  /** Calls `listener` for each event of this name; returns its undo. */
  on(event: string, listener: (params: Answer) => void): () => void
}

export interface Devtools {
  /** The line to the browser itself. */
  readonly browser: Line
  line(sessionId: string): Line
  close(): Promise<void>
}

interface Message extends Answer {
  id?: number
  result?: Answer
  error?: { message: string }
  method?: string
  params?: Answer
  sessionId?: string
}

const args = [
  '--headless=new',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--no-default-browser-check',
  '--remote-debugging-port=0',
]

export interface BrowserWish {
  /** Further switches. */
  readonly switches?: readonly string[]
  readonly blocksThirdPartyCookies?: boolean
}

export async function startBrowser(wish: BrowserWish = {}): Promise<Devtools> {
  const { switches = [], blocksThirdPartyCookies = false } = wish
  const profile = await makeProfile({ blocksThirdPartyCookies })
  const path = findBrowser()
  if (path === undefined)
    throw new Error('No browser found: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.')
  const child = spawn(path, [...args, ...switches, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const wire = new WebSocket(await readDebuggerUrl(child.stderr), {
    perMessageDeflate: false,
    maxPayload: 0,
  })
  child.stderr.resume()
  await new Promise((resolve, reject) => wire.once('open', resolve).once('error', reject))

  let asked = 0
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  const listeners = new Map<string, Set<(params: Answer) => void>>()
  const keyOf = (sessionId: string, event: string) => `${sessionId} ${event}`
  wire.on('message', (content) => {
    const {
      id,
      result = {},
      error,
      method,
      params = {},
      sessionId = '',
    } = JSON.parse(String(content)) as Message
    if (method !== undefined)
      for (const listener of [...(listeners.get(keyOf(sessionId, method)) ?? [])]) listener(params)
    const one = waiting.get(id ?? 0)
    waiting.delete(id ?? 0)
    if (error) one?.reject(new Error(error.message))
    else one?.resolve(result)
  })
  const line = (sessionId: string): Line => ({
    sessionId,
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        asked += 1
        waiting.set(asked, { resolve, reject })
        wire.send(JSON.stringify({ id: asked, method, params, ...(sessionId && { sessionId }) }))
      }),
    on(event, listener) {
      const key = keyOf(sessionId, event)
      const all = listeners.get(key) ?? new Set()
      listeners.set(key, all.add(listener))
      return () => void all.delete(listener)
    },
  })
  return {
    browser: line(''),
    line,
    async close() {
      wire.close()
      child.kill()
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function readDebuggerUrl(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const url = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('The browser ended before it could be driven.')
}
