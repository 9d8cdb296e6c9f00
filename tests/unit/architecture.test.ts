// Holds the house rules on the real files: who imports whom, no circles, small files, nothing from outside the project.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { listFiles, readImports } from '../support/import-graph'
import { findCircles, findForbiddenImports } from '../support/import-rule'

const root = fileURLToPath(new URL('../..', import.meta.url))
const imports = readImports(root, ['src', 'sandbox', 'gallery', 'tests', 'bench', 'manifest'])
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Folders beside the project that a checkout elsewhere would not have. Put together here so that this file is not found. */
const neighbours = [['/work', 'shared'].join('/'), ['/tmp', 'brief'].join('/')]
const upwards = /['"`(]((?:\.\.\/)+shared(?:\/[\w./-]*)?)/g

function findOutsideReads(file: string): string[] {
  const text = read(file)
  const named = neighbours.filter((path) => text.includes(path))
  const climbing = [...text.matchAll(upwards)].flatMap(([, path]) => (path === undefined ? [] : [path]))
  const missing = climbing.filter(
    (path) =>
      !existsSync(resolve(root, dirname(file), path)) &&
      !existsSync(resolve(root, dirname(file), `${path}.ts`)),
  )
  return [...named, ...missing].map((path) => `${file} reads ${path}`)
}

describe('architecture', () => {
  it('sees the app and the sandbox', () => {
    const readers = new Set(imports.map(({ from }) => from.split('/')[0]))
    expect([...readers]).toEqual(expect.arrayContaining(['src', 'sandbox', 'tests']))
    expect(imports.some(({ from }) => from === 'src/main.ts')).toBe(true)
  })

  it('imports only what the table allows', () => {
    expect(findForbiddenImports(imports)).toEqual([])
  })

  it('has no circles', () => {
    expect(findCircles(imports)).toEqual([])
  })

  it('loads the platform SDK in one file', () => {
    const loaders = imports.filter(
      ({ specifier, typeOnly, from }) =>
        from.startsWith('src/') && !typeOnly && specifier.startsWith('purecloud-platform-client-v2'),
    )
    expect([...new Set(loaders.map(({ from }) => from))]).toEqual(['src/adapters/genesys/client.ts'])
  })

  it('keeps every file within 300 lines', () => {
    const long = listFiles(root, '.', ['.ts', '.mts', '.vue', '.mjs']).filter(
      (file) => read(file).trimEnd().split('\n').length > 300,
    )
    expect(long).toEqual([])
  })

  it('stands without anything outside its own folder', () => {
    const files = listFiles(root, '.', [
      '.ts',
      '.mts',
      '.vue',
      '.mjs',
      '.json',
      '.html',
      '.md',
      '.css',
      '.yml',
    ])
    expect(files.flatMap(findOutsideReads)).toEqual([])
  })
})
