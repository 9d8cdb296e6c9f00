// The operations of the platform SDK: method and path out of its API classes, the types out of index.d.ts.
import { readdirSync, readFileSync } from 'node:fs'
import { declarations, sdkFolder } from './sdk-schemas'

export interface SdkOperation {
  readonly method: string
  /** With placeholders: `/api/v2/conversations/calls/{conversationId}`. */
  readonly path: string
  /** Where it stands, e.g. `ConversationsApi.getConversationsCall`. */
  readonly name: string
  /** The parameters that its address may carry. */
  readonly query: readonly string[]
  /** As the SDK writes it; null where there is none. */
  readonly body: { readonly type: string; readonly isRequired: boolean } | null
  /** As the SDK writes it, e.g. `Models.CallConversation` or `void`. */
  readonly answer: string
}

type Call = Pick<SdkOperation, 'method' | 'path' | 'name' | 'query'> & { readonly body: string }

const apiFolder = `${sdkFolder}src/purecloud-platform-client-v2/api/`
const callShape =
  /callApi\(\s*'([^']+)',\s*'(\w+)',\s*\{[^}]*\},\s*\{([^}]*)\},\s*\{[^}]*\},\s*\{[^}]*\},\s*(\S+),/

/** By the number of the path's parts: a request is looked up thousands of times in a run. */
const calls = new Map<number, Call[]>()
for (const file of readdirSync(apiFolder)) {
  const api = file.replace(/\.js$/, '')
  for (const source of readFileSync(apiFolder + file, 'utf8').split(/^\t(?=\w+\()/m)) {
    const [, path, method, query, body] = callShape.exec(source) ?? []
    if (path === undefined || method === undefined || query === undefined || body === undefined) continue
    const name = `${api}.${source.slice(0, source.indexOf('('))}`
    const names = Array.from(query.matchAll(/'([^']+)':/g), ([, parameter = '']) => parameter)
    const length = path.split('/').length
    calls.set(length, [...(calls.get(length) ?? []), { path, method, query: names, body, name }])
  }
}

/** The operation behind a request's method and path; null where the SDK has none. */
export function findOperation(method: string, path: string): SdkOperation | null {
  const parts = path.split('/')
  const found = (calls.get(parts.length) ?? [])
    .filter((call) => call.method === method && fits(call.path, parts))
    .sort((a, b) => placeholders(a.path) - placeholders(b.path))[0]
  return found ? typed(found) : null
}

const isPlaceholder = (part: string): boolean => part.startsWith('{')
const placeholders = (path: string): number => path.split('/').filter(isPlaceholder).length
/** A placeholder stands for anything but nothing, and itself for itself. */
const fits = (template: string, parts: readonly string[]): boolean =>
  template.split('/').every((part, place) => part === parts[place] || (isPlaceholder(part) && parts[place]))

const operations = new Map<Call, SdkOperation>()

function typed(call: Call): SdkOperation {
  const known = operations.get(call) ?? withTypes(call)
  operations.set(call, known)
  return known
}

function withTypes({ method, path, name, query, body }: Call): SdkOperation {
  const [api = '', own = ''] = name.split('.')
  const signature = new RegExp(`^\\s+${own}\\((.*)\\): Promise<(.*)>;$`, 'm').exec(blockOf(`class ${api}`))
  const [, parameters, answer] = signature ?? []
  if (parameters === undefined || answer === undefined) throw new Error(`${name} has no signature.`)
  return { method, path, name, query, answer, body: bodyOf(api, own, body, parameters) }
}

/** A body that may be left out is one of the options. */
function bodyOf(api: string, own: string, written: string, parameters: string): SdkOperation['body'] {
  if (written === 'null') return null
  // One operation calls it otherwise: postFlowsDatatableRows has a `dataTableRow`.
  const required = new RegExp(`(?:^|, )${parameterOf(written)}: (.*?)(?:, \\w+\\??: |$)`).exec(
    parameters,
  )?.[1]
  if (required !== undefined) return { type: required, isRequired: true }
  const options = new RegExp(`interface ${own}Options \\{[^]*?^\\t\\}`, 'm').exec(blockOf(`namespace ${api}`))
  const optional = /"body"\?: (.*);/.exec(options?.[0] ?? '')?.[1]
  if (optional === undefined) throw new Error(`${api}.${own} has a body without a type.`)
  return { type: optional, isRequired: false }
}

/** `body` and `opts['body']` are both the body. */
const parameterOf = (written: string): string => /^\w+$/.exec(written)?.[0] ?? 'body'

function blockOf(head: string): string {
  const from = declarations.indexOf(`declare ${head} {`)
  return declarations.slice(from, declarations.indexOf('\n}', from))
}
