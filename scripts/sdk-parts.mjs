// Builds the two official SDKs from what Cueline calls of them. Their files on disk stay as they are published.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vite'
import { edited } from './edited-text.mjs'
import { sdkEdits } from './sdk-edits.mjs'

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url))
const read = (relative) => readFileSync(path(relative), 'utf8')

/**
 * The methods that stay as a name only. The SDK's constructors or calls mention them, but in a browser, with our settings,
 * they do nothing or are never reached.
 */
const emptied = {
  // Nothing that is sent is a file.
  'ApiClient.js': ['isFileParam'],
  // The older launch parameters: Cueline is launched with the host's origin and environment.
  'index.ts': ['lookupEnv'],
  // A file on disk: in a browser there is none. The settings of the SDK's own sign-in window.
  'configuration.js': [
    'liveLoadConfig',
    'updateConfigFromFile',
    'live_reload_config',
    '_getDefaultAuthPopupConfiguration',
  ],
  // Never made: the SDK is given a client of ours.
  'DefaultHttpClient.js': ['enableHooks', 'request', 'toAxiosConfig'],
  // At its level in a browser, `none`, the log writes nothing.
  'logger.js': ['log'],
}

const sdkFolder = 'node_modules/purecloud-platform-client-v2/src/purecloud-platform-client-v2'
const sdkFiles = [
  'ApiClient.js',
  'AbstractHttpClient.js',
  'DefaultHttpClient.js',
  'HttpRequestOptions.js',
  'configuration.js',
  'logger.js',
]

/** Comments mention names that no code calls. */
const withoutComments = (code) => code.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
const namesIn = (code) => withoutComments(code).match(/[\w$]+/g) ?? []

/** Every method, getter and setter of the classes in a file, constructors aside. */
function methodsOf(file, code) {
  return parseAst(code, { lang: file.endsWith('.ts') ? 'ts' : 'js' })
    .body.map((node) => ('declaration' in node && node.declaration ? node.declaration : node))
    .flatMap((node) => (node.type === 'ClassDeclaration' ? node.body.body : []))
    .flatMap((member) => {
      if (member.type !== 'MethodDefinition' || member.kind === 'constructor') return []
      if (member.key.type !== 'Identifier' || member.value.body === null) return []
      const { name } = member.key
      const bodyStart = member.value.body.start
      const body = emptied[file]?.includes(name) ? '{}' : code.slice(member.value.start, member.end)
      return [{ file, name, start: member.start, bodyStart, end: member.end, body }]
    })
}

/** The code with each of these stretches replaced. */
function replaced(code, stretches) {
  return [...stretches]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, by }) => text.slice(0, start) + by + text.slice(end), code)
}

/**
 * Leaves out every method whose name no remaining code mentions, beginning with `callers`: classes are not shaken by a
 * bundler. A name that is mentioned keeps all methods of that name, so what is called is always there.
 */
export function leaveOutUncalled(files, callers) {
  const entries = Object.entries(files)
  const methods = entries.flatMap(([file, code]) => methodsOf(file, code))
  const outside = entries.map(([file, code]) =>
    replaced(
      code,
      methods.filter((method) => method.file === file).map(({ start, end }) => ({ start, end, by: '' })),
    ),
  )
  const mentioned = new Set([callers, ...outside].flatMap(namesIn))
  const kept = new Set()
  for (let before = -1; before !== kept.size;) {
    before = kept.size
    for (const method of methods.filter(({ name }) => mentioned.has(name))) {
      kept.add(method)
      for (const name of namesIn(method.body)) mentioned.add(name)
    }
  }
  return Object.fromEntries(
    entries.map(([file, code]) => [
      file,
      replaced(
        code,
        methods
          .filter((method) => method.file === file && (!kept.has(method) || method.body === '{}'))
          .map((method) =>
            kept.has(method)
              ? { start: method.bodyStart, end: method.end, by: '{}' }
              : { start: method.start, end: method.end, by: '' },
          ),
      ),
    ]),
  )
}

const readEdited = (files, folder) =>
  Object.fromEntries(
    files.map((file) => [file, edited(file, read(`${folder}/${file}`), sdkEdits[file] ?? [])]),
  )

/** The platform SDK's files by name, as the build has them. */
export function calledSdkFiles() {
  const files = readEdited(sdkFiles, sdkFolder)
  return leaveOutUncalled(files, read('src/adapters/genesys/client.ts'))
}

const appFolder = 'node_modules/purecloud-client-app-sdk/src'
const appFiles = [
  'index.ts',
  ...['alerting', 'base', 'conversations', 'directory', 'externalContacts', 'lifecycle'].map(
    (name) => `modules/${name}.ts`,
  ),
  ...['myConversations', 'ui', 'users'].map((name) => `modules/${name}.ts`),
]

/** The Client App SDK's files by name, as the build has them. */
export function calledAppFiles() {
  const files = readEdited(appFiles, appFolder)
  return leaveOutUncalled(files, read('src/adapters/host/desktop.ts'))
}

const regionTable = 'node_modules/genesys-cloud-service-discovery-web/index.js'

/** The vendor's table of regions, written for Node, as a module of which a bundler can take what is used. */
export function toModule(code) {
  const text = code
    .replace("var parseUrl = require('url-parse');", 'var parseUrl = URL;')
    .replace(/^Object\.defineProperty\(exports, '__esModule'.*$/m, '')
    .replace(/^exports\.(\w+) = \1;$/gm, 'export { $1 };')
    // Filters of our own are as they should be, and nobody reads a region.
    .replace(/^\s*assertValidEnvFilters\(filters\);\n/gm, '')
    .replace(/^\s*region: "[\w-]+",\n/gm, '')
  if (!text.includes('export { getEnvironments }') || /\b(require|exports)\b/.test(text))
    throw new Error(`${regionTable} is not written as scripts/sdk-parts.mjs expects it`)
  return text
}

/** The two SDKs without the methods that Cueline never calls, and the table of regions as a module. */
export function calledSdk() {
  const called = calledSdkFiles()
  const calledApp = calledAppFiles()
  return {
    name: 'called-sdk',
    enforce: 'pre',
    transform(code, id) {
      if (id.endsWith(regionTable)) return { code: toModule(code), map: null }
      if (id.endsWith(`${appFolder}/utils/env.ts`))
        return { code: edited('utils/env.ts', code, sdkEdits['utils/env.ts']), map: null }
      const shortened = id.includes(sdkFolder)
        ? called[basename(id)]
        : calledApp[id.split(`${appFolder}/`)[1] ?? '']
      return shortened === undefined ? undefined : { code: shortened, map: null }
    },
  }
}

/**
 * The Client App SDK from its own source instead of its bundle for browsers of ten years ago; what it needs of two
 * packages for addresses is what the browser has. The vendor's table of regions stays the vendor's.
 */
export const clientAppSource = [
  {
    find: /^purecloud-client-app-sdk$/,
    replacement: path('node_modules/purecloud-client-app-sdk/src/index.ts'),
  },
  {
    find: /^genesys-cloud-service-discovery-web$/,
    replacement: path(regionTable),
  },
  { find: /^query-string$/, replacement: path('src/adapters/host/query-string.ts') },
]

const { version } = JSON.parse(read('node_modules/purecloud-client-app-sdk/package.json'))

/** What the Client App SDK's own build answers. */
export const clientAppConstants = {
  __PACKAGE_NAME__: '"purecloud-client-app-sdk"',
  __PACKAGE_VERSION__: JSON.stringify(version),
  __PC_DEV_ENVS__: '[]',
  __GC_DEV_EXTRA_ENVS__: '[]',
  __HOST_APP_DEV_ORIGIN__: '""',
}
