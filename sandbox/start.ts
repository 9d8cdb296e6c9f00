// `npm start`: the sandbox and the app beside it, and one line with the one address to open.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startBuiltApp } from './edge/built-app'
import { type DevApp, startDevApp } from './edge/dev-app'
import { type Sandbox, startSandbox } from './server'

const defaultPort = 4680

/** A sentence for the person at the terminal, instead of a stack. */
class Trouble extends Error {}

function readPort(name: string): number | null {
  const text = process.env[name]
  if (text === undefined || text === '') return null
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Trouble(`${name} is "${text}", but must be a port number from 0 to 65535.`)
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

/** On the port asked for, or on the usual one, or where that is taken on any other. */
async function openSandbox(wanted: number | null, appUrl: string | null): Promise<Sandbox> {
  try {
    return await startSandbox({ port: wanted ?? defaultPort, appUrl })
  } catch (error) {
    if (!isTaken(error)) throw error
    if (wanted === null) return startSandbox({ port: 0, appUrl })
    throw new Trouble(`Port ${wanted} is in use by another program: choose another PORT, or leave PORT out.`)
  }
}

/** A config.json that names this sandbox as its gateway was put there on purpose, such as the one that the setup shows. */
function isFor(url: string, configFile: string): boolean {
  try {
    const { api } = JSON.parse(readFileSync(configFile, 'utf8')) as { api?: { gateway?: unknown } }
    return api?.gateway === url
  } catch {
    // Whatever else it holds, the sandbox's own is served.
    return false
  }
}

/** `npm start -- --built`: what `npm run build` made, with its static host's headers, instead of the development server. */
async function openBuilt(sandbox: Sandbox, port: number): Promise<DevApp> {
  const folder = fileURLToPath(new URL('../dist', import.meta.url))
  if (!existsSync(`${folder}/index.html`))
    throw new Trouble('There is no build in dist/: run "npm run build".')
  return startBuiltApp(folder, {
    port,
    sandboxOrigin: () => sandbox.url,
    instead: (path) =>
      path === '/config.json' && !isFor(sandbox.url, `${folder}${path}`)
        ? JSON.stringify(sandbox.org.appConfig())
        : null,
    onViolation: (violation) => console.error(`The Content-Security-Policy was violated: ${violation}`),
  })
}

async function openApp(sandbox: Sandbox): Promise<DevApp> {
  const port = readPort('APP_PORT') ?? 0
  if (process.argv.includes('--built')) return openBuilt(sandbox, port)
  try {
    return await startDevApp(port, sandbox.org.appConfig)
  } catch (error) {
    throw new Trouble(`The app's development server could not start: ${messageOf(error)}`)
  }
}

/** The address of an app that already runs somewhere, ending in a slash; null: start one. */
function readAppUrl(): string | null {
  const text = process.env.APP_URL
  if (text === undefined || text === '') return null
  if (!URL.canParse(text)) throw new Trouble(`APP_URL is "${text}", but must be an absolute URL.`)
  const { origin, pathname } = new URL(text)
  return `${origin}${pathname}`
}

async function requireAnswer(url: string): Promise<void> {
  const answer = await fetch(url).catch((error: unknown) => {
    throw new Trouble(`${url} does not answer: ${messageOf(error)}`)
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Trouble(`${url} answers ${answer.status}.`)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function main(): Promise<void> {
  const givenAppUrl = readAppUrl()
  const sandbox = await openSandbox(readPort('PORT'), givenAppUrl)
  const app = givenAppUrl === null ? await openApp(sandbox) : null
  if (app) sandbox.setAppUrl(app.url)

  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    Promise.all([sandbox.close(), app?.close()]).then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)

  await Promise.all([requireAnswer(`${sandbox.url}/`), requireAnswer(app?.url ?? givenAppUrl ?? sandbox.url)])
  console.log(`Cueline sandbox is ready: ${sandbox.url}/`)
  if (process.argv.includes('--built') && app)
    console.log(`The built app, with the headers of its host: ${app.url}`)
}

function fail(error: unknown): void {
  if (error instanceof Trouble) console.error(error.message)
  else console.error('The sandbox could not start:', error)
  process.exit(1)
}

main().catch(fail)
