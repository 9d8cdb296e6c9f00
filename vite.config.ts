// How the app is served while developing and built for the web: a static site that any server can host.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

// The platform SDK guards its Node parts (winston, configparser, fs) with `typeof window === 'undefined'`. Answering
// that at build time drops them, so no alias for any Node builtin is needed.
const inBrowser = { 'typeof window': '"object"' }

const sdk = 'purecloud-platform-client-v2/src/purecloud-platform-client-v2'

/** One style sheet, and no preloads: a chunk is fetched by the browser's own import, without Vite's 1 kB around it. */
const plainImports: Plugin = {
  name: 'plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : undefined,
}

/** A part of a dictionary, as a chunk whose name says what it is: `text-de-panel-1a2b3c4d.js`. */
function nameChunk({ facadeModuleId }: { facadeModuleId?: string | null }): string {
  const [, language, part] = /src\/texts\/([\w-]+)\/(\w+)\.(?:json|ts)$/.exec(facadeModuleId ?? '') ?? []
  return language && part ? `assets/text-${language}-${part}-[hash].js` : 'assets/[name]-[hash].js'
}

export default defineConfig({
  base: './',
  // The keys of a dictionary are sentences: no name to import one by.
  json: { namedExports: false },
  plugins: [vue(), plainImports],
  define: {
    ...inBrowser,
    __APP_VERSION__: JSON.stringify(version),
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  resolve: {
    // The SDK's default HTTP client is never used: see the stub.
    alias: [
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
    rolldownOptions: { transform: { define: inBrowser } },
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { output: { chunkFileNames: nameChunk } },
  },
})
