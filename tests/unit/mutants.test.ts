// The list of mutants cannot rot: each line that it breaks is still there, once, and is changed by it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as v from 'valibot'

const root = join(import.meta.dirname, '../..')
const mutants = v.parse(
  v.array(v.strictObject({ file: v.string(), text: v.string(), replacement: v.string(), why: v.string() })),
  JSON.parse(readFileSync(join(root, 'scripts/mutants.json'), 'utf8')),
)

it('names at least 12 lines of the machine, the matching and the retry policy', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(12)
  expect(new Set(mutants.map(({ file }) => file))).toEqual(
    new Set(['transition', 'playback', 'match', 'retry'].map((name) => `src/core/${name}.ts`)),
  )
})

it.each(mutants)('$file: $why', ({ file, text, replacement }) => {
  expect(readFileSync(join(root, file), 'utf8').split(text)).toHaveLength(2)
  expect(replacement).not.toBe(text)
})
