// What lint holds: the import rule of docs/architecture.md, purity of the decisions, and small files.
import type { Linter } from 'eslint'
import vue from 'eslint-plugin-vue'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

interface Forbidden {
  /** Matched against the text of the import. */
  regex: string
  message: string
  allowTypeImports?: boolean
}

/** Any import of these folders of src/, from wherever it is written. */
const folders = (names: string, message: string): Forbidden => ({
  regex: `^\\.{1,2}/(.*/)?(${names})/`,
  message,
})
const typesOnly = (forbidden: Forbidden): Forbidden => ({ ...forbidden, allowTypeImports: true })
/** Any package but these. */
const packagesBut = (names: string, message: string): Forbidden => ({
  regex: `^(?!\\.)(?!(${names})$)`,
  message,
})

const compositionRoot: Forbidden = {
  regex: '^(\\.\\./)+(main(-[a-z]+)?|panel)(\\.ts)?$',
  message:
    'main.ts and panel.ts build everything and are imported by nobody: take what you need as a parameter.',
}
const sandbox: Forbidden = {
  regex: '^\\.{1,2}/(.*/)?sandbox/',
  message: 'The sandbox is no part of the app: one shared mistake would hide in both.',
}

/** Sentences are for showing, so views and components may take core's `*-words` and `text`; of all else in core, only types. */
const decisions = (reader: string): Forbidden => ({
  regex: '^\\.{1,2}/(.*/)?core/(?!(([\\w-]+-)?words|text)$)',
  message: `${reader} decides nothing: of core it imports only types (import type) and the sentences in *-words and text.`,
  allowTypeImports: true,
})

const noSdk = packagesBut('vue|pinia', 'Foreign libraries stay in adapters/, behind a port of core/ports.ts.')

/** The import rule, folder by folder. The architecture test holds the same for dynamic imports and for circles. */
const importRule: Record<string, Forbidden[]> = {
  'src/core': [
    folders(
      'services|adapters|stores|components|views',
      'core decides alone: describe what it needs as a port in core/ports.ts.',
    ),
    packagesBut(
      'valibot',
      'core is pure TypeScript, so that every decision can be tested without Vue, an SDK or a network.',
    ),
  ],
  'src/services': [
    folders('adapters|stores|components|views', 'A service knows ports only: main.ts gives it the adapters.'),
    packagesBut('', 'A service is core plus ports: foreign libraries stay in adapters/.'),
  ],
  'src/adapters': [
    folders(
      'services|stores|components|views',
      'An adapter implements a port of core/ports.ts and knows nothing above it.',
    ),
    {
      regex: '^(vue|pinia)$',
      message: 'An adapter knows one foreign thing, and that is not the user interface.',
    },
  ],
  'src/stores': [
    folders(
      'adapters|components|views',
      'A store mirrors a snapshot of a service: it knows neither adapters nor views.',
    ),
    typesOnly(
      folders(
        'services',
        'A store is given its service by an injection key: import only its types (import type).',
      ),
    ),
    noSdk,
  ],
  'src/components': [
    folders('services|adapters|stores|views', 'A component has props and emits only.'),
    decisions('A component'),
    noSdk,
  ],
  'src/views': [
    folders('services|adapters', 'A view reads stores and calls their intents.'),
    decisions('A view'),
    noSdk,
  ],
}

const throughPorts = 'Time, storage, network and chance come in through ports, so that a test can set them.'
const outside = [
  'window',
  'document',
  'setTimeout',
  'setInterval',
  'fetch',
  'localStorage',
  'sessionStorage',
  'crypto',
  'performance',
]
const outsideWorld = [
  ...outside,
  'navigator',
  'location',
  'WebSocket',
  'BroadcastChannel',
  'queueMicrotask',
  'console',
]

const noEscape = [
  { selector: 'TSAsExpression > TSAnyKeyword', message: 'Say what it is: check unknown input with valibot.' },
]
const purity = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: throughPorts },
  { selector: 'CallExpression[callee.name="Date"]', message: throughPorts },
]
const honestTests = [
  {
    selector:
      'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(skip|only|todo|fails|skipIf|runIf)$/]',
    message: 'Every test runs, always.',
  },
]

const layoutRules = Object.entries(vue.rules ?? {}).filter(
  ([, rule]) => 'meta' in rule && rule.meta?.type === 'layout',
)

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.cache/', 'coverage/', 'sandbox/cdn/files/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommended,
  vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Layout is prettier's.
      ...Object.fromEntries(layoutRules.map(([name]) => [`vue/${name}`, 'off'])),
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': ['error', { ignores: ['App'] }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
    },
  },
  {
    files: ['**/*.{ts,vue,mjs}'],
    rules: {
      'max-lines': ['error', 300],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', ...noEscape],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    },
  },
  {
    files: ['src/**/*.ts', 'sandbox/**/*.ts', 'tests/**/*.ts', 'bench/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  ...Object.entries(importRule).map(([folder, patterns]): Linter.Config => ({
    files: [`${folder}/**/*.{ts,vue}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [...patterns, compositionRoot, sandbox] },
      ],
    },
  })),
  {
    files: ['src/core/**/*.ts', 'src/services/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...outsideWorld.map((name) => ({ name, message: throughPorts }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: throughPorts },
        { object: 'Math', property: 'random', message: throughPorts },
        { object: 'globalThis', message: throughPorts },
      ],
      'no-restricted-syntax': ['error', ...noEscape, ...purity],
    },
  },
  {
    files: ['sandbox/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\.{1,2}/(.*/)?src/',
              message: 'The sandbox imports nothing of the app: a shared mistake would hide in both.',
            },
            typesOnly({
              regex: '^purecloud-',
              message: 'The sandbox takes only types from the SDK: what it answers is its own.',
            }),
          ],
        },
      ],
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noEscape, ...honestTests],
    },
  },
  {
    files: ['tests/{unit,views,contract,e2e}/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: 'No sleeps: wait for the fact itself.' },
      ],
    },
  },
)
