// The production build on a static server, joined by nothing but config.json to a sandbox of its own.
import type { OrgState } from '../../sandbox/org/world-state'
import { startSandbox } from '../../sandbox/server'
import { watchTraffic } from './sdk-traffic'
import { startStaticServer, type StaticServer } from './static-server'

export interface AppUnderTest {
  /** The page of the agent desktop, which embeds the app. */
  desktopUrl: string
  sandboxUrl: string
  appUrl: string
  /** The app's own host: paths asked for, and files to put in place of the built ones. */
  app: StaticServer
  /** The whole world as the sandbox tells it now. */
  state(): Promise<OrgState>
  /** Starts a call (no id), or changes one. Fails on any answer that is not a success. */
  postCall(wish: CallWish, id?: string): Promise<unknown>
  /** Any other POST on the control door: `post('settings', { bufferingMs: 0 })`. */
  post(path: string, body?: Record<string, unknown>): Promise<unknown>
  /** Changes settings of the sandbox, and puts the configuration that follows from them before the app. */
  set(settings: Record<string, unknown>): Promise<void>
  /** Fails where anything that was sent or answered is not what the SDK's types say, or where the policy forbade anything. */
  close(): Promise<void>
}

/** What the control door takes for a call; null removes an attribute or the endpoint's codec list. */
export interface CallWish {
  attributes?: Record<string, string | null>
  supportedCodecs?: string[] | string | null
  direction?: 'inbound' | 'outbound'
  queue?: string
  customerName?: string
  shuffleParticipants?: boolean
  held?: boolean
  muted?: boolean
  confined?: boolean
  disconnected?: boolean
  recordingState?: string
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/**
 * @param appFolder the production build: `inject('appFolder')` in an end-to-end test
 * @param configure changes the sandbox's configuration before the app sees it
 */
export async function startAppUnderTest(
  appFolder: string,
  configure: (config: Record<string, unknown>) => Record<string, unknown> = (config) => config,
): Promise<AppUnderTest> {
  // The sandbox registers the app's address for sign-in, so the app's server comes first.
  const app = await startStaticServer(appFolder)
  const sandbox = await startSandbox({ port: 0, appUrl: app.url })
  app.admit(sandbox.url)
  const traffic = watchTraffic(sandbox.org)
  const door = (path: string): string => new URL(`/sandbox/${path}`, sandbox.url).href
  const post = async (path: string, body: Record<string, unknown> = {}): Promise<unknown> =>
    readAnswer(
      await fetch(door(path), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const serveConfig = async (): Promise<void> => {
    const config = (await readAnswer(await fetch(door('config.json')))) as Record<string, unknown>
    app.serve('/config.json', JSON.stringify(configure(config)))
  }
  await serveConfig()
  return {
    desktopUrl: new URL('/', sandbox.url).href,
    sandboxUrl: sandbox.url,
    appUrl: app.url,
    app,
    post,
    async set(settings) {
      await post('settings', settings)
      await serveConfig()
    },
    postCall: (wish, id) => post(id === undefined ? 'calls' : `calls/${id}`, { ...wish }),
    state: async () => (await readAnswer(await fetch(door('state')))) as OrgState,
    async close() {
      await sandbox.close()
      await app.close()
      traffic.verify()
      if (app.violations.length > 0)
        throw new Error(`The Content-Security-Policy was violated:\n${app.violations.join('\n')}`)
    },
  }
}
