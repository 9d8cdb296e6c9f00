// A browser driven with as little as can be: a test tool that listens to every frame of the network would be measured with the page.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { findBrowser } from '../scripts/find-browser.mjs'

type Answer = Record<string, unknown>

export interface PlainPage {
  /** One command of the DevTools protocol. */
  send(method: string, params?: Answer): Promise<Answer>
  /** A second line to the same page, with settings of its own. */
  openLine(): Promise<PlainPage['send']>
  /** Runs a function in the page and brings its answer; it may return a promise. */
  run<T, A extends unknown[]>(work: (...given: A) => T | Promise<T>, ...given: A): Promise<T>
  /** Asks again until it is true; throws after half a minute. */
  until<A extends unknown[]>(holds: (...given: A) => boolean, ...given: A): Promise<void>
  close(): Promise<void>
}

const args = [
  '--headless=new',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--remote-debugging-port=0',
]

/** `more`: further switches of the browser. */
export async function openPlainPage(
  width: number,
  height: number,
  more: readonly string[] = [],
): Promise<PlainPage> {
  const profile = await mkdtemp(join(tmpdir(), 'cueline-bench-'))
  const path = findBrowser()
  if (path === undefined)
    throw new Error('No browser found: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.')
  const child = spawn(path, [...args, ...more, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const wire = new WebSocket(await readDebuggerUrl(child.stderr), { perMessageDeflate: false })
  child.stderr.resume()
  await new Promise((resolve, reject) => wire.once('open', resolve).once('error', reject))

  let asked = 0
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  wire.on('message', (content) => {
    const {
      id,
      result = {},
      error,
    } = JSON.parse(String(content)) as { id?: number; result?: Answer; error?: { message: string } }
    const one = waiting.get(id ?? 0)
    waiting.delete(id ?? 0)
    if (error) one?.reject(new Error(error.message))
    else one?.resolve(result)
  })
  const command = (method: string, params: Answer, sessionId?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      asked += 1
      waiting.set(asked, { resolve, reject })
      wire.send(JSON.stringify({ id: asked, method, params, sessionId }))
    })
  const { targetId } = await command('Target.createTarget', { url: 'about:blank' })
  const openLine: PlainPage['openLine'] = async () => {
    const { sessionId } = await command('Target.attachToTarget', { targetId, flatten: true })
    return (method, params = {}) => command(method, params, String(sessionId))
  }
  const send = await openLine()
  await send('Page.enable')
  await send('Page.bringToFront')
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })

  const run: PlainPage['run'] = async (work, ...given) => {
    const expression = callOf(work, given)
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails !== undefined) throw new Error(`In the page: ${JSON.stringify(exceptionDetails)}`)
    return (result as { value: never }).value
  }
  return {
    send,
    openLine,
    run,
    async until(holds, ...given) {
      const givenUpAt = Date.now() + 30_000
      while (!(await run(holds, ...given))) {
        if (Date.now() > givenUpAt) throw new Error(`Never came true in the page: ${String(holds)}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async close() {
      wire.close()
      child.kill()
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The text of a call; tsx marks the functions that it has translated, and a page knows nothing of that. */
export const callOf = (work: (...given: never[]) => unknown, given: readonly unknown[]): string =>
  `globalThis.__name ??= (named) => named; (${String(work)})(...${JSON.stringify(given)})`

async function readDebuggerUrl(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const url = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('The browser ended before it could be driven.')
}
