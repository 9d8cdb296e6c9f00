// The import rule of the project as pure functions: a list of imports in, sentences about violations out.
import type { Import } from './import-graph'

interface FolderRule {
  /** Paths that may be imported; every file may import from `own`. */
  files: RegExp[]
  /** Paths of which only types may be imported. */
  typesOf?: RegExp[]
  /** Packages that may be imported. */
  packages: RegExp[]
  typesOfPackages?: RegExp[]
  why: string
}

const core = /^src\/core\//
/** What an organisation installs, as data: the decisions about it read it. */
const manifest = /^manifest\/[\w/-]+\.(json|yaml)$/
const services = /^src\/services\//
const vuePackages = /^(vue|pinia)$/
/** Pure checks of unknown input: no side effects, no platform, so it may stand wherever foreign shapes come in. */
const shapes = /^valibot$/
/** main.ts, and the part of it that a view of its own brings along: main-team.ts. */
const compositionRoot = /^src\/main(-[a-z]+)?\.ts$/
/** Sentences for people: shown as they are, so whoever shows them may import them. */
const words = /^src\/core\/(([\w-]+-)?words|text)\.ts$/
const styleSheet = /\.(css|svg)$/

/** The first rule whose pattern fits a file holds for it. */
const rules: [RegExp, FolderRule][] = [
  [
    compositionRoot,
    { files: [/^src\//, manifest], packages: [/./], why: 'the composition root sees everything' },
  ],
  [
    /^src\/App\.vue$/,
    {
      files: [/^src\/(stores|views|components)\//, words, styleSheet],
      typesOf: [core],
      packages: [vuePackages],
      why: 'App.vue only picks the view: it reads stores and knows neither services nor adapters',
    },
  ],
  [
    /^src\/core\//,
    {
      files: [core, manifest],
      packages: [shapes],
      why: 'core decides alone: what it needs from outside is a port in core/ports.ts',
    },
  ],
  [
    /^src\/services\//,
    {
      files: [core, services],
      packages: [],
      why: 'a service knows core and its ports only: main.ts gives it the adapters',
    },
  ],
  [
    /^src\/adapters\/genesys\/client\.ts$/,
    {
      files: [core, /^src\/adapters\/genesys\//],
      packages: [/^purecloud-platform-client-v2(\/|$)/, shapes],
      why: 'client.ts knows the platform SDK, core, and its own folder',
    },
  ],
  [
    /^src\/adapters\/genesys\/pkce\.ts$/,
    {
      files: [core, /^src\/adapters\/genesys\//],
      packages: [/^oauth4webapi$/],
      why: 'pkce.ts alone knows the OAuth library',
    },
  ],
  [
    /^src\/adapters\/telemetry\.ts$/,
    {
      files: [core],
      packages: [/^@opentelemetry\//],
      why: 'telemetry.ts alone knows OpenTelemetry: it is loaded only where a collector is configured',
    },
  ],
  [
    /^src\/adapters\/genesys\//,
    {
      files: [core, /^src\/adapters\/genesys\//],
      packages: [shapes],
      typesOfPackages: [/^purecloud-platform-client-v2(\/|$)/],
      why: 'client.ts alone loads the platform SDK; beside it only its types are known (import type)',
    },
  ],
  [
    /^src\/adapters\/host(\/|\.ts$)/,
    {
      files: [core, /^src\/adapters\/host\//],
      packages: [/^purecloud-client-app-sdk$/, shapes],
      why: 'host knows core and the Client App SDK',
    },
  ],
  [
    /^src\/adapters\/playback\//,
    {
      files: [core, /^src\/adapters\/playback\//],
      packages: [shapes],
      why: 'a backend knows core, its ports and its own parts: not the SDK, not the services',
    },
  ],
  [
    /^src\/adapters\/asset/,
    {
      files: [core, /^src\/adapters\/asset-/],
      packages: [],
      why: 'the files about assets know core, and share how bytes are fetched and decoded',
    },
  ],
  [
    /^src\/adapters\//,
    {
      files: [core],
      packages: [shapes],
      why: 'an adapter implements a port of core and knows one foreign thing: not its neighbours, nothing above it',
    },
  ],
  [
    /^src\/texts\//,
    {
      files: [/^src\/texts\//, words],
      packages: [],
      why: 'a dictionary is data: it knows how texts are spoken (core/text.ts), and nothing that speaks',
    },
  ],
  [
    /^src\/stores\//,
    {
      files: [core, /^src\/stores\/(services|mirror)\.ts$/],
      typesOf: [services],
      packages: [vuePackages],
      why: 'a store mirrors a snapshot of a service: types of services and their injection key (stores/services.ts), no adapter, view or other store',
    },
  ],
  [
    /^src\/components\//,
    {
      files: [/^src\/components\//, words, styleSheet],
      typesOf: [core],
      packages: [/^vue$/],
      why: 'a component has props and emits only, and decides nothing: of core only types (import type), *-words and text',
    },
  ],
  [
    /^src\/views\//,
    {
      files: [/^src\/(stores|components|views)\//, words, styleSheet],
      typesOf: [core],
      packages: [vuePackages],
      why: 'a view reads stores and calls their intents, and decides nothing: of core only types (import type), *-words and text',
    },
  ],
  [
    /^sandbox\//,
    {
      files: [/^sandbox\//],
      packages: [/^node:/, /^(ws|vite|tsx|mpg123-decoder|ogg-opus-decoder|typescript)$/],
      typesOfPackages: [/^purecloud-platform-client-v2(\/|$)/],
      why: 'the sandbox is built from its own files and the types of the platform SDK, never from src/: a shared mistake would hide in both',
    },
  ],
]

const rootWhy = 'main.ts and panel.ts build everything and are imported by nobody else'

const fits = (patterns: RegExp[] | undefined, text: string): boolean =>
  (patterns ?? []).some((pattern) => pattern.test(text))

function isAllowed(rule: FolderRule, { specifier, to, typeOnly }: Import): boolean {
  if (to !== undefined) return fits(rule.files, to) || (typeOnly && fits(rule.typesOf, to))
  return fits(rule.packages, specifier) || (typeOnly && fits(rule.typesOfPackages, specifier))
}

function judge(entry: Import): string[] {
  const { from, specifier, to } = entry
  const said = `${from} imports ${specifier}`
  if (to !== undefined && compositionRoot.test(to) && !compositionRoot.test(from))
    return [`${said}: ${rootWhy}`]
  if (to === 'src/main.ts') return [`${said}: ${rootWhy}`]
  if (specifier.startsWith('.') && to === undefined) return [`${said}: there is no such file`]
  if (to?.startsWith('../')) return [`${said}: that is outside the project`]
  if (!from.startsWith('src/') && !from.startsWith('sandbox/')) return []
  const rule = rules.find(([pattern]) => pattern.test(from))?.[1]
  if (rule === undefined) return [`${said}: no rule says what ${from} may import; give its folder one`]
  return isAllowed(rule, entry) ? [] : [`${said}: ${rule.why}`]
}

/** One sentence for each import that the rule forbids: the file, what it imports, and why not. */
export const findForbiddenImports = (imports: Import[]): string[] => imports.flatMap(judge)

/** Each circle once, as its files in order with the first repeated at the end. Types count: a circle of types is one too. */
export function findCircles(imports: Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) if (to !== undefined) next.set(from, [...(next.get(from) ?? []), to])
  const circles = new Set<string>()
  const done = new Set<string>()
  const walk = (file: string, path: string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) circles.add([...path.slice(at), file].join(' -> '))
    if (at >= 0 || done.has(file)) return
    for (const target of next.get(file) ?? []) walk(target, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  return [...circles]
}
