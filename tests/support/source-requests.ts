// Every request that the app's source writes down: method and path, out of the objects that say both.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { listFiles } from './import-graph'

export interface SourceRequest {
  readonly file: string
  readonly method: string
  /** With placeholders. */
  readonly path: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const isApiPath = (text: string): boolean => text.startsWith('/api/v2/')

/** The requests, and every path of the platform that stands anywhere as a text. */
export function readSourceRequests(): { requests: SourceRequest[]; paths: string[] } {
  const requests: SourceRequest[] = []
  const paths: string[] = []
  for (const file of listFiles(root, 'src', ['.ts'])) {
    const text = readFileSync(root + file, 'utf8')
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) && isApiPath(node.text)) paths.push(node.text)
      if (ts.isObjectLiteralExpression(node)) {
        const methods = textsOf(node, 'method')
        for (const path of textsOf(node, 'path').filter(isApiPath))
          for (const method of methods) requests.push({ file, method, path })
      }
      ts.forEachChild(node, visit)
    }
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true))
  }
  return { requests, paths }
}

/** Every text that the property may have; none where the object does not have it. */
function textsOf(object: ts.ObjectLiteralExpression, name: string): string[] {
  return object.properties.flatMap((property) => {
    if (!property.name || property.name.getText() !== name) return []
    if (ts.isShorthandPropertyAssignment(property)) return textsOfName(name, object)
    return ts.isPropertyAssignment(property) ? textsIn(property.initializer) : []
  })
}

function textsIn(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text]
  if (ts.isConditionalExpression(expression))
    return [...textsIn(expression.whenTrue), ...textsIn(expression.whenFalse)]
  if (ts.isIdentifier(expression)) return textsOfName(expression.text, expression)
  if (!ts.isTemplateExpression(expression)) return []
  return expression.templateSpans.reduce(
    (heads, span) =>
      heads.flatMap((head) => textsIn(span.expression).map((text) => head + text + span.literal.text)),
    [expression.head.text],
  )
}

/** Of the constant with this name that is nearest around the place. */
function textsOfName(name: string, from: ts.Node): string[] {
  for (let around = from.parent; around; around = around.parent) {
    if (!ts.isBlock(around) && !ts.isSourceFile(around)) continue
    const declared = around.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => [...declarationList.declarations])
      .find((declaration) => declaration.name.getText() === name)
    if (declared?.initializer) return textsIn(declared.initializer)
  }
  return []
}
