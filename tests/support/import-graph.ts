// Reads who imports whom in the project, from TypeScript files and from the scripts of Vue components.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

/** One import as written in a file. Paths are relative to the project's folder, with forward slashes. */
export interface Import {
  from: string
  specifier: string
  /** The imported file, or undefined for a package or a file that does not exist. */
  to: string | undefined
  /** `import type`: nothing of it is left in the running program. */
  typeOnly: boolean
  dynamic: boolean
}

const skipped = new Set(['node_modules', 'dist', '.git', '.cache', 'coverage', 'results'])
const asPath = (root: string, path: string): string => relative(root, path).replaceAll('\\', '/')

/** All files under a folder of the project whose name ends with one of the endings; none if there is no such folder. */
export function listFiles(root: string, folder: string, endings: string[]): string[] {
  const start = join(root, folder)
  if (!existsSync(start)) return []
  return readdirSync(start, { withFileTypes: true }).flatMap((entry) => {
    const path = join(start, entry.name)
    if (entry.isDirectory())
      return skipped.has(entry.name) ? [] : listFiles(root, asPath(root, path), endings)
    return endings.some((ending) => entry.name.endsWith(ending)) ? [asPath(root, path)] : []
  })
}

function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.vue')) return text
  const { descriptor, errors } = parse(text, { filename: file })
  if (errors.length > 0) throw new Error(`${file}: ${String(errors[0])}`)
  return `${descriptor.script?.content ?? ''}\n${descriptor.scriptSetup?.content ?? ''}`
}

function resolveFile(root: string, from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const path = resolve(root, dirname(from), specifier.replace(/\?.*$/, ''))
  const candidates = [
    path,
    `${path}.ts`,
    `${path}.vue`,
    path.replace(/\.(m?)js$/, '.$1ts'),
    join(path, 'index.ts'),
  ]
  const found = candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile())
  return found === undefined ? undefined : asPath(root, found)
}

type Written = Pick<Import, 'specifier' | 'typeOnly' | 'dynamic'>

/** The imports in a program text, in the order written: static, re-exports, dynamic, and types by `import('x')`. */
export function findImports(text: string, file = 'text.ts'): Written[] {
  const found: Written[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, dynamic: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier))
      found.push({ specifier: specifier.text, typeOnly, dynamic })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, false)
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly, false)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false, true)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true, false)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
  return found
}

/** Every import of the given folders. A declaration file has nothing but types in it. */
export function readImports(root: string, folders: string[]): Import[] {
  return folders
    .flatMap((folder) => listFiles(root, folder, ['.ts', '.mts', '.vue']))
    .flatMap((from) =>
      findImports(scriptOf(from, readFileSync(join(root, from), 'utf8')), from).map((written) => ({
        ...written,
        typeOnly: written.typeOnly || /\.d\.m?ts$/.test(from),
        from,
        to: resolveFile(root, from, written.specifier),
      })),
    )
}
