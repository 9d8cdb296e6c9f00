// One request, or one answer, held against the operation that the SDK has for it.
import type { ErrorObject } from 'ajv'
import type { OrgAnswer, OrgRequest } from '../../sandbox/org/messages'
import { answersBeyond, leftToThePlatform, operationsBeyond } from './beyond-the-sdk'
import { findOperation } from './sdk-operations'
import type { JsonSchema } from './json-schema'
import { complaintsOf, schemaOfType } from './sdk-schemas'

export interface Judgement {
  readonly what: string
  readonly complaints: readonly string[]
}

interface Rules {
  /** Method and path with placeholders. */
  readonly name: string
  readonly query: readonly string[]
  readonly body: { readonly schema: JsonSchema; readonly isRequired: boolean } | null
  /** null: an empty answer. */
  readonly answer: JsonSchema | null
}

const known = new Map<string, Rules>()

function rulesFor({ method, path }: Pick<OrgRequest, 'method' | 'path'>): Rules | null {
  const asked = `${method} ${path}`
  const beyond = operationsBeyond[asked]
  if (beyond)
    return { name: asked, query: [], body: { schema: beyond.body, isRequired: true }, answer: beyond.answer }
  const operation = findOperation(method, path)
  if (operation === null) return null
  const name = `${method} ${operation.path}`
  const { query, body, answer } = operation
  const rules = known.get(name) ?? {
    name,
    query,
    body: body && { schema: schemaOfType(body.type), isRequired: body.isRequired },
    answer: answer === 'void' ? null : (answersBeyond[name] ?? schemaOfType(answer)),
  }
  known.set(name, rules)
  return rules
}

export function complaintsAboutRequest({ method, path, query, body }: OrgRequest): Judgement {
  const rules = rulesFor({ method, path })
  if (rules === null) return unknown(method, path)
  const { name } = rules
  const unknownQuery = [...query.keys()]
    .filter((parameter) => !rules.query.includes(parameter))
    .map((parameter) => `${name}: the SDK has no query parameter "${parameter}"`)
  return { what: name, complaints: [...unknownQuery, ...complaintsAboutBody(rules, body)] }
}

function complaintsAboutBody({ name, body: rule }: Rules, text: string): string[] {
  if (rule === null) return text === '' ? [] : [`${name}: the SDK sends no body`]
  if (text === '') return rule.isRequired ? [`${name}: the body is missing`] : []
  const left = leftToThePlatform[name] ?? []
  return readJson(`${name} request`, text, (value) =>
    complaintsOf(rule.schema, value).filter(
      ({ keyword, params, instancePath }) =>
        !(keyword === 'required' && instancePath === '' && left.includes(String(params.missingProperty))),
    ),
  )
}

const errorBody = schemaOfType('Models.ErrorBody')

export function complaintsAboutAnswer({ method, path }: OrgRequest, { status, body }: OrgAnswer): Judgement {
  const rules = rulesFor({ method, path })
  const name = `${rules?.name ?? `${method} ${path}`} ${status}`
  // What does not exist may be refused.
  if (status >= 400)
    return { what: name, complaints: readJson(name, body, (v) => complaintsOf(errorBody, v)) }
  if (rules === null) return unknown(method, path)
  const { answer } = rules
  if (answer !== null) return { what: name, complaints: readJson(name, body, (v) => complaintsOf(answer, v)) }
  return { what: name, complaints: body === '' ? [] : [`${name}: the SDK knows no body in the answer`] }
}

const unknown = (method: string, path: string): Judgement => ({
  what: `${method} ${path}`,
  complaints: [`${method} ${path}: the SDK has no such operation`],
})

export function readJson(name: string, text: string, judge: (value: unknown) => ErrorObject[]): string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return [`${name}: the body is no JSON (${String(error)})`]
  }
  return judge(value).map((error) => `${name} ${sentence(error)}`)
}

/** Place and rule: `/participants/0: must NOT have additional properties "sparkle"`. */
function sentence({ instancePath, message, params }: ErrorObject): string {
  const field = [params.additionalProperty, params.missingProperty].find((name) => typeof name === 'string')
  const place = instancePath.replace(/\/\d+(?=\/|$)/g, '/*') || '/'
  return `${place}: ${message ?? 'does not fit'}${field === undefined ? '' : ` ("${String(field)}")`}`
}
