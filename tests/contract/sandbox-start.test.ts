// `npm start` as a person meets it: one line when all is ready, sentences when it is not, a clean end.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AssetServer, openAssetServer } from './sandbox-harness'

const root = fileURLToPath(new URL('../..', import.meta.url))
const running = new Set<ChildProcess>()
let app: AssetServer
let runningApp: string
beforeAll(async () => {
  app = await openAssetServer()
  runningApp = app.put('', Buffer.from('<!doctype html>'))
})
afterAll(() => app.close())
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})

interface Run {
  child: ChildProcess
  output: () => string
  errors: () => string
  firstLine: Promise<string>
  ended: Promise<number | null>
}

function start(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/start.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', APP_PORT: '', APP_URL: runningApp, ...environment },
  })
  running.add(child)
  let output = ''
  let errors = ''
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  const firstLine = new Promise<string>((read, failed) => {
    child.stdout.on('data', (part: Buffer) => {
      output += String(part)
      if (output.includes('\n')) read(output.split('\n')[0] ?? '')
    })
    child.stderr.on('data', (part: Buffer) => (errors += String(part)))
    void ended.then(() => failed(new Error(`It ended without a word: ${errors}`)))
  })
  firstLine.catch(() => undefined)
  return { child, output: () => output, errors: () => errors, firstLine, ended }
}

const ready = /^Cueline sandbox is ready: (http:\/\/localhost:\d+)\/$/

describe('npm start', { timeout: 30_000 }, () => {
  it('says one line with one address, where the app beside it is configured for this sandbox', async () => {
    const run = start({ APP_URL: '' })
    const url = ready.exec(await run.firstLine)?.[1] ?? ''
    const { integration } = (await (await fetch(`${url}/sandbox/state`)).json()) as {
      integration: { url: string }
    }
    const appUrl = new URL(integration.url)
    expect(appUrl.hostname).toBe('127.0.0.1')
    const config = await (await fetch(new URL('/config.json', appUrl))).json()
    expect(config).toMatchObject({ api: { gateway: url }, cdn: { base: `${url}/cdn` } })
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(run.output().match(/https?:/g)).toHaveLength(1)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly on %s', async (signal) => {
    const run = start({})
    expect(await run.firstLine).toMatch(ready)
    run.child.kill(signal)
    expect([await run.ended, run.errors()]).toEqual([0, ''])
  })

  it('uses the app that already runs at APP_URL', async () => {
    const run = start({ APP_URL: runningApp })
    const url = ready.exec(await run.firstLine)?.[1]
    const { integration } = (await (await fetch(`${url}/sandbox/state`)).json()) as {
      integration: { url: string }
    }
    expect(integration.url.split('?')[0]).toBe(runningApp)
  })

  it.each([
    ['a port that is none', { PORT: 'many' }, 'PORT is "many", but must be a port number from 0 to 65535.'],
    ['an app address that is none', { APP_URL: 'here' }, 'APP_URL is "here", but must be an absolute URL.'],
    [
      'an app that does not answer',
      { APP_URL: 'http://127.0.0.1:1/' },
      'http://127.0.0.1:1/ does not answer',
    ],
  ])('says in a sentence what is wrong with %s', async (_, environment, sentence) => {
    const run = start(environment)
    expect(await run.ended).toBe(1)
    expect(run.errors()).toContain(sentence)
    expect(run.errors().trim().split('\n')).toHaveLength(1)
  })

  it('says that the port asked for is taken', async () => {
    const other = createServer()
    const port = await new Promise<number>((bound) =>
      other.listen(0, '127.0.0.1', () => bound(Number(Reflect.get(other.address() ?? {}, 'port')))),
    )
    const run = start({ PORT: String(port) })
    expect(await run.ended).toBe(1)
    expect(run.errors()).toBe(
      `Port ${port} is in use by another program: choose another PORT, or leave PORT out.\n`,
    )
    other.close()
  })
})
