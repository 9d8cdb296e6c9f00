// Reads the sources for what the interface says: each sentence given to t, tn and m, and words that bypass them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { parse, type SFCTemplateBlock } from 'vue/compiler-sfc'

/** A key of the dictionaries; `one` is the English for one, where it counts. */
export interface Sentence {
  readonly key: string
  readonly one?: string
}

type Ast = NonNullable<SFCTemplateBlock['ast']>
type TemplateNode = Ast['children'][number]

const speakers = new Set(['t', 'tn', 'm'])

/** The program texts of a file: a module, or a component's scripts and each expression of its template. */
function readPrograms(file: string, text: string): string[] {
  if (!file.endsWith('.vue')) return [text]
  const { descriptor } = parse(text, { filename: file })
  const scripts = [descriptor.script?.content ?? '', descriptor.scriptSetup?.content ?? '']
  return [...scripts, ...expressionsOf(descriptor.template?.ast?.children ?? []).map(({ code }) => code)]
}

/** Where an expression stands: in a text, or in this attribute. */
interface Expression {
  readonly code: string
  readonly at: string
}

function expressionsOf(nodes: readonly TemplateNode[]): Expression[] {
  return nodes.flatMap((node): Expression[] => {
    if (node.type === 5) return [{ code: `(${node.content.loc.source})`, at: 'text' }]
    if (node.type !== 1) return []
    const own = node.props.flatMap((prop) =>
      prop.type === 7 && prop.exp
        ? [{ code: `(${prop.exp.loc.source})`, at: prop.arg?.loc.source ?? `v-${prop.name}` }]
        : [],
    )
    return [...own, ...expressionsOf(node.children)]
  })
}

const isSpeaker = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && speakers.has(node.expression.text)

/** All texts in an argument: of a table all of its values, of a choice both. */
function textsIn(node: ts.Node | undefined): string[] {
  if (node === undefined || isSpeaker(node)) return []
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((entry) =>
      ts.isPropertyAssignment(entry) ? textsIn(entry.initializer) : [],
    )
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(textsIn)
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(textsIn)
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap(textsIn)
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return textsIn(node.expression)
  if (ts.isTemplateExpression(node)) throw new Error(`a sentence is put together: ${node.getText()}`)
  return []
}

const sourceOf = (program: string): ts.SourceFile =>
  ts.createSourceFile('program.ts', program, ts.ScriptTarget.Latest, true)

export function findSentences(file: string, text: string): Sentence[] {
  const found: Sentence[] = []
  const visit = (node: ts.Node): void => {
    if (isSpeaker(node)) {
      const [first, second] = node.arguments
      if (node.expression.getText() === 'tn') {
        const [[one], [key]] = [textsIn(first), textsIn(second)]
        if (!one || !key) throw new Error(`${file}: not written out: ${node.getText()}`)
        found.push({ one, key })
      } else found.push(...textsIn(first).map((key) => ({ key })))
    }
    ts.forEachChild(node, visit)
  }
  for (const program of readPrograms(file, text)) visit(sourceOf(program))
  return found
}

/** Attributes of elements and properties of components that people read or hear. */
const spokenAttributes = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'caption', 'note'])
/** Names, abbreviations that are the same in every language, and what stands on a keyboard. */
const names = new Set([
  ...['Cueline', 'p50', 'p95', 'p99', 'mp3', 'opus', 'wav', 'Architect', 'config.json', 'cueline-setup.json'],
  ...['Enter', 'Esc', 'Alt', 'P'],
])
const hasLetters = (text: string): boolean => /\p{L}/u.test(text) && !names.has(text.trim())
/** What a program holds as words for people, and not as a value: a capital or a space, and lower-case letters. */
const looksSpoken = (text: string): boolean => hasLetters(text) && /^[A-Z][a-z]|[a-z,.:] [\w"(]/.test(text)

/** Words of a component's template, of its script, or of a module, that no dictionary can translate. */
export function findRawWords(file: string, text: string): string[] {
  if (!file.endsWith('.vue')) return rawInProgram(text, looksSpoken)
  const { descriptor } = parse(text, { filename: file })
  const nodes = descriptor.template?.ast?.children ?? []
  return [
    ...rawInTemplate(nodes),
    ...expressionsOf(nodes).flatMap(({ code, at }) =>
      rawInProgram(code, at === 'text' || spokenAttributes.has(at) ? hasLetters : looksSpoken),
    ),
    ...rawInProgram(descriptor.scriptSetup?.content ?? '', looksSpoken),
  ]
}

function rawInTemplate(nodes: readonly TemplateNode[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.type === 2) return hasLetters(node.content) ? [node.content.trim()] : []
    if (node.type !== 1) return []
    const attributes = node.props.flatMap((prop) =>
      prop.type === 6 && spokenAttributes.has(prop.name) && hasLetters(prop.value?.content ?? '')
        ? [prop.value?.content ?? '']
        : [],
    )
    return [...attributes, ...rawInTemplate(node.children)]
  })
}

/** Comparisons, keys of a table, types and errors for engineers are no words for people. */
function rawInProgram(program: string, isRaw: (text: string) => boolean): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return
    if (isSpeaker(node))
      return node.arguments.slice(node.expression.getText() === 'tn' ? 2 : 1).forEach(visit)
    if (ts.isThrowStatement(node) || ts.isElementAccessExpression(node) || isComparison(node)) return
    if (ts.isCaseClause(node)) return node.statements.forEach(visit)
    if (ts.isNewExpression(node)) return
    if (ts.isCallExpression(node))
      return node.arguments.filter((one) => !ts.isStringLiteral(one)).forEach(visit)
    // `style` is a word of Intl.
    if (ts.isPropertyAssignment(node))
      return node.name.getText() === 'style' ? undefined : visit(node.initializer)
    if (ts.isStringLiteralLike(node) && isRaw(node.text)) found.push(node.text)
    if (ts.isTemplateExpression(node)) {
      const pieces = [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text)
      const isSelector = pieces.some((piece) => /\[[\w-]+=/.test(piece))
      if (!isSelector && pieces.some((piece) => /\p{L}{2,}/u.test(piece) && /[ .]/.test(piece)))
        found.push(node.getText())
    }
    ts.forEachChild(node, visit)
  }
  visit(sourceOf(program))
  return found
}

const isComparison = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node) &&
  [
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
    ts.SyntaxKind.InKeyword,
  ].includes(node.operatorToken.kind)

/** The sentences of each file, by its path in the project. */
export function readSentences(root: string, files: readonly string[]): Map<string, Sentence[]> {
  return new Map(files.map((file) => [file, findSentences(file, readFileSync(join(root, file), 'utf8'))]))
}
