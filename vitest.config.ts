// The four kinds of test, each in the surroundings it needs.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const slowMs = 60_000
/** In each kind: property tests draw the same examples in every run. */
const setupFiles = ['tests/support/seed.ts']

// As in the build: Vue's flags, and the platform SDK without axios and without its Node parts. The SDK is written as a
// module but not marked as one, so Node cannot load its single files itself; valibot is inlined to be the shortened one.
const app = {
  extends: './vite.config.ts',
  sdk: { deps: { inline: [/purecloud-platform-client-v2/, /\/node_modules\/valibot\//] } },
}

const vueModule = (name: string) => fileURLToPath(new URL(`node_modules/${name}`, import.meta.url))
/** As the build has it. In Node it would be Vue's builds for servers, which the build does not shorten. */
const browserVue = [
  { find: /^vue$/, replacement: vueModule('vue/dist/vue.runtime.esm-bundler.js') },
  {
    find: /^@vue\/test-utils$/,
    replacement: vueModule('@vue/test-utils/dist/vue-test-utils.esm-bundler.mjs'),
  },
  {
    find: /^@vue\/(runtime-dom|runtime-core|reactivity|shared)$/,
    replacement: vueModule('@vue/$1/dist/$1.esm-bundler.js'),
  },
]

export default defineConfig({
  test: {
    // A forgotten `.only` would pass for a whole run.
    allowOnly: false,
    passWithNoTests: false,
    // Vitest's own is one less: on two cores, one file at a time, while its main process has nearly nothing to do.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        extends: app.extends,
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: [...setupFiles, 'tests/support/english.ts'],
          include: ['tests/unit/**/*.test.ts'],
          // A worker keeps what it has loaded: half of the time of these many small files would be loading it anew. What is
          // set from outside in them is the language only, and `english.ts` takes that back.
          isolate: false,
          // Property tests are many small ones: on a busy machine they need more than the usual 5 s.
          testTimeout: 30_000,
          server: app.sdk,
        },
      },
      {
        extends: app.extends,
        test: {
          name: 'views',
          environment: 'happy-dom',
          setupFiles,
          include: ['tests/views/**/*.test.ts'],
          alias: browserVue,
          server: { deps: { inline: [...app.sdk.deps.inline, /\/node_modules\/(@vue|vue|pinia)\//] } },
        },
      },
      {
        extends: app.extends,
        test: {
          name: 'contract',
          environment: 'node',
          setupFiles,
          include: ['tests/contract/**/*.test.ts'],
          testTimeout: 20_000,
          server: app.sdk,
        },
      },
      {
        extends: app.extends,
        test: {
          name: 'model',
          environment: 'node',
          setupFiles,
          include: ['tests/model/**/*.test.ts'],
          server: app.sdk,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          setupFiles,
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/build-app.ts'],
          // After all others, and two files at a time: they mostly wait for sound, but it is timed, so not more.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          testTimeout: slowMs,
          hookTimeout: slowMs,
        },
      },
    ],
  },
})
