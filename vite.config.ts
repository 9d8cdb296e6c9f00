// How the app is served while developing and built for the web: a static site that any server can host.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue, { type Options } from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { calledSdk, clientAppConstants, clientAppSource } from './scripts/sdk-parts.mjs'
import { smallChunks } from './scripts/small-chunks.mjs'
import { usedLibraries } from './scripts/library-parts.mjs'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

// The platform SDK guards its Node parts (winston, configparser, fs) with `typeof window === 'undefined'`. Answering
// that at build time drops them, so no alias for any Node builtin is needed.
const inBrowser = { 'typeof window': '"object"' }

const sdk = 'purecloud-platform-client-v2/src/purecloud-platform-client-v2'

/** A chunk is fetched by the browser's own import, without Vite's 1 kB around it: what is always needed is named in the page. */
const plainImports: Plugin = {
  name: 'plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : undefined,
}

/** Anywhere but in the frame of a quiet way through the login, which has no width. */
const seen = '(min-width: 1px)'
const font = /\/noto-sans-latin-wght-normal-[\w-]+\.woff2$/

/**
 * Names in the page's head what each panel needs, so that nothing of it waits until the page's script asks for it: the panel's
 * own script, and the font of its text.
 */
const preloads: Plugin = {
  name: 'preloads',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {}, chunk: start }) {
      const panel = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'main-panel')
      if (panel?.type !== 'chunk' || start === undefined) throw new Error('the build has no chunk main-panel')
      if (panel.imports.some((name) => name !== start.fileName))
        throw new Error(`main-panel must import nothing but the start, not ${panel.imports.join(', ')}`)
      const files = Object.keys(bundle).filter((name) => font.test(name))
      const link = (href: string, attrs: Record<string, string | boolean>) => ({
        tag: 'link',
        attrs: { ...attrs, href: `./${href}`, media: seen },
        injectTo: 'head' as const,
      })
      const tags = [
        link(panel.fileName, { rel: 'modulepreload' }),
        ...files.map((name) =>
          link(name, { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true }),
        ),
      ]
      return { html: html.replace('rel="stylesheet"', `rel="stylesheet" media="${seen}"`), tags }
    },
  },
}

/**
 * What each panel runs is compiled whole while it arrives, beside the page's own thread: function by function, when each is first
 * called, it would take that thread's time before the first click. A comment to browsers that do not know it.
 */
const compileHints: Plugin = {
  name: 'compile-hints',
  apply: 'build',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk' && (file.isEntry || file.name === 'main-panel'))
        file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
  },
}

/** A part of a dictionary, as a chunk whose name says what it is: `text-de-panel-1a2b3c4d.js`. */
function nameChunk({ facadeModuleId }: { facadeModuleId?: string | null }): string {
  const [, language, part] = /src\/texts\/([\w-]+)\/(\w+)\.(?:json|ts)$/.exec(facadeModuleId ?? '') ?? []
  // What fetches a dictionary: loaded where one is spoken.
  if (facadeModuleId?.endsWith('/src/texts/panel.ts')) return 'assets/text-[name]-[hash].js'
  return language && part ? `assets/text-${language}-${part}-[hash].js` : 'assets/[name]-[hash].js'
}

const components = readdirSync(path('./src'), { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.vue'))
  .sort()

const drawing: Options = {
  features: {
    // The usual mark of a component, for its styles, is eight random letters, which no packing shortens.
    componentIdGenerator(file, _source, _isProduction, getHash) {
      const place = components.findIndex((name) => file.endsWith(name))
      return place < 0 ? getHash(file) : place.toString(36)
    },
  },
}

export default defineConfig({
  base: './',
  // The keys of a dictionary are sentences: no name to import one by.
  json: { namedExports: false },
  plugins: [
    vue(drawing),
    plainImports,
    preloads,
    compileHints,
    calledSdk(),
    ...usedLibraries(),
    smallChunks(),
  ],
  define: {
    ...inBrowser,
    ...clientAppConstants,
    __APP_VERSION__: JSON.stringify(version),
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  resolve: {
    // The SDK's default HTTP client is never used: see the stub.
    alias: [
      ...clientAppSource,
      { find: /^axios$/, replacement: path('./src/adapters/genesys/axios-absent.ts') },
      // Pinia's development build reads localStorage on import and dies in a frame whose browser refuses storage.
      { find: /^pinia$/, replacement: path('./node_modules/pinia/dist/pinia.esm-browser.prod.js') },
    ],
  },
  optimizeDeps: {
    // Named here because they are loaded after the shell is painted: found late, they would reload the first visit.
    include: [
      `${sdk}/ApiClient.js`,
      `${sdk}/AbstractHttpClient.js`,
      `${sdk}/api/NotificationsApi.js`,
      `${sdk}/api/ConversationsApi.js`,
      `${sdk}/api/TokensApi.js`,
      `${sdk}/api/UsersApi.js`,
      'purecloud-client-app-sdk',
      'valibot',
      'vue',
    ],
    // Dependencies are bundled apart from the app in development, and `define` above does not reach them there.
    rolldownOptions: { transform: { define: { ...inBrowser, ...clientAppConstants } } },
  },
  build: {
    target: 'es2022',
    // By scripts/small-chunks.mjs; what is left to the bundler, below, is to print without spaces.
    minify: false,
    cssMinify: 'lightningcss',
    sourcemap: false,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      treeshake: {
        propertyReadSideEffects: false,
        unknownGlobalSideEffects: false,
      },
      output: {
        minify: { compress: false, mangle: false },
        chunkFileNames: nameChunk,
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], priority: 2 },
            // With what it shares with other views: a further file for that would be one more request.
            {
              name: 'main-panel',
              test: /\/src\/(main-panel|texts\/part|core\/required-rules)\.ts$/,
              priority: 1,
            },
            // One request, where each of them and what they share would be a third one behind the other.
            { name: 'catalogues', test: /\/src\/adapters\/genesys\/(datatables|prompts)\.ts$/ },
            { name: 'main-records', test: /\/src\/(main-records|services\/record-export)\.ts$/ },
            // What opens on a click comes along: each alone would be packed worse, and waited for.
            {
              name: 'panel-parts',
              test: /\/src\/(main-(settings|preview)\.ts|views\/(panel-parts\.ts|KeySheet\.vue|PinEditor\.vue)|core\/prompt-search\.ts)$/,
            },
          ],
        },
      },
    },
  },
})
