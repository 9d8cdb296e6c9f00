// JSON schemas out of the platform SDK's index.d.ts: every interface of its Models, made when a value of it is first met.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import ts from 'typescript'
import { fieldsBeyond } from './beyond-the-sdk'
import type { JsonSchema } from './json-schema'

export const sdkFolder = fileURLToPath(
  new URL('../../node_modules/purecloud-platform-client-v2/', import.meta.url),
)
export const declarations = readFileSync(`${sdkFolder}index.d.ts`, 'utf8')

/** Found by their braces, read by the compiler: of 6,600 interfaces a test meets thirty. */
const sources = new Map(
  Array.from(
    declarations
      .slice(declarations.indexOf('declare namespace Models'))
      .matchAll(/^\texport interface (\w+) \{[^]*?^\t\}/gm),
    ([source, name = '']) => [name, source],
  ),
)

/**
 * Where a schema names another model it says `model` and not `$ref`: a reference would be compiled with it, and behind
 * a user or a conversation stand hundreds of models that no answer here contains.
 */
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true }).addKeyword({
  keyword: 'model',
  schemaType: 'string',
  errors: 'full',
  validate: function validateModel(name: string, value: unknown, _parent?: unknown, at?: object): boolean {
    const validate = validatorOf(name)
    const isValid = validate(value, at as Parameters<ValidateFunction>[1])
    Object.assign(validateModel, { errors: validate.errors })
    return isValid
  },
})
const validators = new Map<string, ValidateFunction>()

function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name) ?? ajv.compile<unknown>(schemaOfModel(name))
  validators.set(name, known)
  return known
}

/** The schema of one interface: no other field than its own, and those of beyond-the-sdk. */
export function schemaOfModel(name: string): JsonSchema {
  const source = sources.get(name)
  if (source === undefined) throw new Error(`The SDK has no model "${name}".`)
  const [declared] = ts.createSourceFile(`${name}.ts`, source, ts.ScriptTarget.ES2022).statements
  if (!declared || !ts.isInterfaceDeclaration(declared) || declared.heritageClauses) {
    throw new Error(`The SDK's model "${name}" is no plain interface.`)
  }
  const own = objectSchema(declared.members)
  return { ...own, properties: { ...own.properties, ...fieldsBeyond[name] } }
}

/** The schema of a type as it is written in a signature, e.g. `Array<Models.ChannelTopic>`. */
export function schemaOfType(type: string): JsonSchema {
  const [declared] = ts.createSourceFile('type.ts', `type T = ${type}`, ts.ScriptTarget.ES2022).statements
  if (!declared || !ts.isTypeAliasDeclaration(declared)) throw new Error(`"${type}" is no type.`)
  return schemaOf(declared.type)
}

/** What is wrong with the value, each with its place; empty where it fits. */
export function complaintsOf(schema: JsonSchema, value: unknown): ErrorObject[] {
  let validate = compiled.get(schema)
  if (!validate) compiled.set(schema, (validate = ajv.compile<unknown>(schema)))
  return validate(value) ? [] : [...(validate.errors ?? [])]
}
const compiled = new WeakMap<JsonSchema, ValidateFunction>()

const plain: Partial<Record<ts.SyntaxKind, JsonSchema>> = {
  [ts.SyntaxKind.StringKeyword]: { type: 'string' },
  [ts.SyntaxKind.NumberKeyword]: { type: 'number' },
  [ts.SyntaxKind.BooleanKeyword]: { type: 'boolean' },
  // To TypeScript an `object` is anything but a plain value.
  [ts.SyntaxKind.ObjectKeyword]: { type: ['object', 'array'] },
  [ts.SyntaxKind.AnyKeyword]: {},
  [ts.SyntaxKind.UnknownKeyword]: {},
}

function schemaOf(type: ts.TypeNode): JsonSchema {
  const known = plain[type.kind]
  if (known) return known
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: schemaOf(type.elementType) }
  if (ts.isParenthesizedTypeNode(type)) return schemaOf(type.type)
  if (ts.isUnionTypeNode(type)) return { anyOf: type.types.map(schemaOf) }
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return { const: type.literal.text }
  if (ts.isTypeLiteralNode(type)) return objectSchema(type.members)
  if (ts.isTypeReferenceNode(type)) return schemaOfReference(type)
  throw new Error(`The SDK writes a type that is not known here: ${ts.SyntaxKind[type.kind]}`)
}

function schemaOfReference({ typeName, typeArguments = ts.factory.createNodeArray() }: ts.TypeReferenceNode) {
  const [first, second] = typeArguments
  if (ts.isQualifiedName(typeName)) return { model: typeName.right.text }
  if (typeName.text === 'Array' && first) return { type: 'array', items: schemaOf(first) }
  if (typeName.text === 'Record' && second) return { type: 'object', additionalProperties: schemaOf(second) }
  if (typeName.text === 'Date') return { type: 'string' }
  throw new Error(`The SDK writes a type that is not known here: ${typeName.text}`)
}

function objectSchema(members: ts.NodeArray<ts.TypeElement>) {
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  let others: JsonSchema | false = false
  for (const member of members) {
    if (ts.isIndexSignatureDeclaration(member)) others = schemaOf(member.type)
    else if (ts.isPropertySignature(member) && member.type && !ts.isComputedPropertyName(member.name)) {
      properties[member.name.text] = schemaOf(member.type)
      if (!member.questionToken) required.push(member.name.text)
    } else throw new Error(`The SDK writes a member that is not known here: ${ts.SyntaxKind[member.kind]}`)
  }
  return { type: 'object', properties, required, additionalProperties: others }
}
