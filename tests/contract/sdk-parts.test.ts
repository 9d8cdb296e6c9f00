// What the build leaves out of the two SDKs is not missed: whole and shortened, they send and answer the same.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { AbstractHttpClient, ApiClientClass } from 'purecloud-platform-client-v2'
import { transformWithOxc } from 'vite'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { calledAppFiles, calledSdkFiles, leaveOutUncalled } from '../../scripts/sdk-parts.mjs'

// The SDK publishes itself on `window`: in Node the global object stands in for it.
Object.assign(globalThis, { window: globalThis })

const published = fileURLToPath(
  new URL(
    '../../node_modules/purecloud-platform-client-v2/src/purecloud-platform-client-v2/',
    import.meta.url,
  ),
)
const called = calledSdkFiles()
const folders: string[] = []
let whole: Sdk
let shortened: Sdk

interface Sdk {
  readonly ApiClient: new () => ApiClientClass
  readonly AbstractHttpClient: typeof AbstractHttpClient
}

/** The SDK's files as modules of their own, axios aside. */
async function loadSdk(files: Readonly<Record<string, string>>): Promise<Sdk> {
  const folder = await mkdtemp(join(tmpdir(), 'cueline-sdk-'))
  folders.push(folder)
  const write = (name: string, text: string) => writeFile(join(folder, name), text)
  await write('package.json', '{ "type": "module" }')
  await write('no-axios.js', 'export default {}')
  for (const [name, text] of Object.entries(files))
    await write(name, text.replace(/from 'axios'/, "from './no-axios.js'"))
  const load = async <T>(name: string): Promise<T> =>
    ((await import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href)) as { default: T }).default
  return {
    ApiClient: await load<Sdk['ApiClient']>('ApiClient.js'),
    AbstractHttpClient: await load<Sdk['AbstractHttpClient']>('AbstractHttpClient.js'),
  }
}

beforeAll(async () => {
  const texts = Object.keys(called).map(
    async (name) => [name, await readFile(join(published, name), 'utf8')] as const,
  )
  whole = await loadSdk(Object.fromEntries(await Promise.all(texts)))
  shortened = await loadSdk(called)
})

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

type Call = Parameters<ApiClientClass['callApi']>
const json = ['application/json']
const bearer = ['PureCloud OAuth']
const path = '/api/v2/conversations/{conversationId}/participants/{participantId}/attributes'
const calls: Record<string, Call> = {
  reading: ['/api/v2/tokens/me', 'GET', {}, {}, {}, {}, null, bearer, json, json],
  'a query with a list, a flag and a number': [
    '/api/v2/users/me',
    'GET',
    {},
    { expand: ['organization', 'authorization'], ignoreErrors: true, pageSize: 0 } as never,
    {},
    {},
    null,
    bearer,
    json,
    json,
  ],
  'a path with names to escape': [
    path,
    'PATCH',
    { conversationId: 'a/../b', participantId: 'ü ?' },
    {},
    {},
    {},
    { attributes: { language: 'fr' } },
    bearer,
    json,
    json,
  ],
  'a body that is a list': ['/x', 'POST', {}, {}, {}, {}, [{ id: 'topic' }], bearer, json, json],
  deleting: ['/api/v2/tokens/me', 'DELETE', {}, {}, {}, {}, null, bearer, json, json],
}

const answers = {
  200: { status: 200, statusText: 'OK', headers: { a: 'b' }, data: { id: 1 }, text: '{"id":1}' },
  401: { status: 401, statusText: '', headers: {}, data: { code: 'bad.credentials' }, text: '{}' },
  429: { status: 429, statusText: '', headers: { 'retry-after': '3' }, data: null, text: 'slow down' },
} as const

/** What the SDK hands to its HTTP client, and what it makes of the answer, in the order of the house's own client. */
async function exchange(
  sdk: Sdk,
  call: Call,
  status: keyof typeof answers,
  place: (api: ApiClientClass) => void,
) {
  const sent: unknown[] = []
  class Recording extends sdk.AbstractHttpClient {
    override enableHooks() {}
    override request(options: object) {
      sent.push(JSON.parse(JSON.stringify(options)))
      const response = answers[status]
      return status === 200
        ? Promise.resolve(response)
        : Promise.reject(Object.assign(new Error(), { response }))
    }
  }
  const api = new sdk.ApiClient()
  place(api)
  api.setReturnExtendedResponses(true)
  api.setHttpClient(new Recording() as never)
  api.setAccessToken('token-1')
  const outcome: unknown = await api.callApi(...call).catch((error: unknown) => ({ refused: error }))
  api.clearAccessToken()
  await api.callApi(...call).catch(() => undefined)
  return { sent, outcome }
}

const places: Record<string, (api: ApiClientClass) => void> = {
  'no place': () => undefined,
  'an environment': (api) => api.setEnvironment('mypurecloud.de'),
  'a gateway': (api) =>
    api.setGateway({ host: 'gateway.example', protocol: 'https', port: 8443, path_params_api: '/api' }),
}

for (const [what, call] of Object.entries(calls))
  for (const [where, place] of Object.entries(places))
    it(`sends and answers as the whole SDK does: ${what}, at ${where}`, async () => {
      for (const status of [200, 401, 429] as const) {
        const expected = await exchange(whole, call, status, place)
        expect(expected.sent).toHaveLength(2)
        expect(await exchange(shortened, call, status, place)).toEqual(expected)
      }
    })

interface AppApi {
  readonly bootstrapped: () => void
  readonly stopped: () => void
  readonly setAttentionCount: (count: number) => void
  readonly showToastPopup: (title: string, message: string, options: object) => void
  readonly showUser: (id: string) => void
  readonly showInteractionDetails: (id: string) => void
  readonly addStopListener: (listener: (event: unknown) => void, once: boolean) => void
  readonly removeStopListener: (listener: (event: unknown) => void, once: boolean) => void
}

/** All that the desktop hears of these files' classes, and all that their listeners hear of the desktop. */
async function talk(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'cueline-app-sdk-'))
  folders.push(folder)
  const source = new URL('../../node_modules/purecloud-client-app-sdk/src/utils/comms.ts', import.meta.url)
  const texts = { ...files, 'comms.ts': await readFile(source, 'utf8') }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  for (const [name, text] of Object.entries(texts)) {
    const { code } = await transformWithOxc(text, name)
    const placed = code.replace(/from "\.\/base"/, 'from "./base.js"').replace('../utils/comms', './comms.js')
    await writeFile(join(folder, name.replace(/^modules\//, '').replace(/\.ts$/, '.js')), placed)
  }
  const heard: unknown[] = []
  const listeners = new Set<(event: object) => void>()
  const parent = { postMessage: (message: unknown, origin: string) => heard.push([message, origin]) }
  vi.stubGlobal('window', {
    parent,
    console,
    addEventListener: (_name: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_name: string, listener: () => void) => listeners.delete(listener),
  })
  vi.stubGlobal('__PACKAGE_NAME__', 'sdk')
  vi.stubGlobal('__PACKAGE_VERSION__', '1')
  const targetPcOrigin = 'https://apps.mypurecloud.de'
  const open = async (name: string) => {
    const url = pathToFileURL(join(folder, `${name}.js`)).href
    const { default: Api } = (await import(/* @vite-ignore */ url)) as {
      default: new (cfg: object) => AppApi
    }
    return new Api({ targetPcOrigin })
  }
  try {
    const lifecycle = await open('lifecycle')
    lifecycle.bootstrapped()
    const stop = (event: unknown) => heard.push(event)
    lifecycle.addStopListener(stop, true)
    const data = { purecloudEventType: 'appLifecycleHook', hook: 'stop', protocol: 'x' }
    for (const hook of ['focus', 'stop', 'stop'])
      for (const listener of [...listeners])
        listener({ source: parent, origin: targetPcOrigin, data: { ...data, hook } })
    lifecycle.removeStopListener(stop, true)
    lifecycle.stopped()
    const alerting = await open('alerting')
    alerting.setAttentionCount(2)
    alerting.showToastPopup('a', 'b', {
      type: 'error',
      markdownMessage: false,
      timeout: 0,
      showCloseButton: true,
    })
    ;(await open('directory')).showUser('user')
    ;(await open('conversations')).showInteractionDetails('call')
    heard.push(listeners.size)
  } finally {
    vi.unstubAllGlobals()
    Object.assign(globalThis, { window: globalThis })
  }
  return heard
}

it('tells the desktop what the whole Client App SDK does, and hears of it the same', async () => {
  const called = calledAppFiles()
  const names = Object.keys(called).filter((name) => name.startsWith('modules/'))
  const folder = new URL('../../node_modules/purecloud-client-app-sdk/src/', import.meta.url)
  const read = async (name: string) => [name, await readFile(new URL(name, folder), 'utf8')] as const
  const expected = await talk(Object.fromEntries(await Promise.all(names.map(read))))
  expect(expected).toHaveLength(8)
  const shortened = Object.fromEntries(names.map((name) => [name, called[name] ?? '']))
  expect(await talk(shortened)).toEqual(expected)
})

it('leaves out more than half of its client', async () => {
  const length = (text = '') => text.replace(/\/\*[\s\S]*?\*\//g, '').length
  const all = await readFile(join(published, 'ApiClient.js'), 'utf8')
  expect(length(called['ApiClient.js'])).toBeLessThan(length(all) / 2)
})

it('keeps a method that is called from outside, from another method, or in another class', () => {
  const files = {
    'a.js': `class A { constructor() { this.made() } made() {} called() { this.next(); new B().there() } next() {} alone() { this.withIt() } withIt() {} }`,
    'b.js': `export default class B { there() {} /* elsewhere() */ elsewhere() {} get seen() { return 1 } }`,
  }
  const left = leaveOutUncalled(files, 'a.called(); b.seen')
  const names = (text = '') => [...text.matchAll(/(\w+)\(\) \{/g)].map(([, name]) => name)
  expect(names(left['a.js'])).toEqual(['constructor', 'made', 'called', 'next'])
  expect(names(left['b.js'])).toEqual(['there', 'seen'])
})
