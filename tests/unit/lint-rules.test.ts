// Shows that lint finds what it is configured to find: one wrong line for each rule that the house depends on.
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import { expect, it, vi } from 'vitest'

// The first text waits for the whole program to be read.
vi.setConfig({ testTimeout: 60_000 })

const eslint = new ESLint({ cwd: fileURLToPath(new URL('../..', import.meta.url)) })

/** Lints a text as if it stood in an existing file of the project, and returns the names of the rules it breaks. */
async function lint(text: string, filePath: string): Promise<string[]> {
  const results = await eslint.lintText(`${text}\n`, { filePath })
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ruleId ?? message))
}

const importRule = '@typescript-eslint/no-restricted-imports'
const core = 'src/core/playback.ts'
const service = 'src/services/playback.ts'

const wrong: [string, string, string][] = [
  ['core reads the clock', 'export const now = Date.now()', 'no-restricted-properties'],
  ['core makes a date of now', 'export const now = new Date()', 'no-restricted-syntax'],
  ['core throws dice', 'export const dice = Math.random()', 'no-restricted-properties'],
  ['core sets a timer', 'setTimeout(() => undefined, 1)', 'no-restricted-globals'],
  ['core reads the page', 'export const width = window.innerWidth', 'no-restricted-globals'],
  ['core imports Vue', "import { ref } from 'vue'\nexport const one = ref(1)", importRule],
  ['core imports a service', "import type { A } from '../services/playback'\nexport type B = A", importRule],
  ['any', 'export const one: any = 1', '@typescript-eslint/no-explicit-any'],
  [
    'a silenced type error',
    '// @ts-ignore\nexport const one: string = 1',
    '@typescript-eslint/ban-ts-comment',
  ],
  ['a long file', '//\n'.repeat(301), 'max-lines'],
]

it.each(wrong)('%s', async (_, text, rule) => {
  expect(await lint(text, core)).toContain(rule)
})

it.each([
  [
    'a service imports an adapter',
    "import { x } from '../adapters/browser'\nexport const y = x",
    service,
    importRule,
  ],
  ['a service imports main', "import { x } from '../main'\nexport const y = x", service, importRule],
  [
    'a promise nobody waits for',
    'async function f() {}\nf()',
    service,
    '@typescript-eslint/no-floating-promises',
  ],
  [
    'the sandbox imports the app',
    "import { x } from '../../src/core/codec'\nexport const y = x",
    'sandbox/org/clock.ts',
    importRule,
  ],
  [
    'the sandbox loads the SDK',
    "import x from 'purecloud-client-app-sdk'\nexport const y = x",
    'sandbox/org/clock.ts',
    importRule,
  ],
  [
    'a component shows raw HTML',
    '<template><p v-html="1" /></template>',
    'src/components/Any.vue',
    'vue/no-v-html',
  ],
  [
    'a store loads a service',
    "import { x } from '../services/live'\nexport const y = x",
    'src/stores/live.ts',
    importRule,
  ],
  [
    'a store watches, and so holds the first view that used it for as long as the page lives',
    "import { ref, watch } from 'vue'\nwatch(ref(1), () => undefined)",
    'src/stores/live.ts',
    importRule,
  ],
  [
    'a skipped test',
    "import { it } from 'vitest'\nit.skip('x', () => undefined)",
    'tests/unit/import-rule.test.ts',
    'no-restricted-syntax',
  ],
  [
    'a sleep in a test',
    'setTimeout(() => undefined, 1)',
    'tests/unit/import-rule.test.ts',
    'no-restricted-globals',
  ],
])('%s', async (_, text, file, rule) => {
  expect(await lint(text, file)).toContain(rule)
})

it('lets a pure decision pass', async () => {
  expect(await lint('export const later = (nowMs: number): Date => new Date(nowMs + 1)', core)).toEqual([])
})
