// `npm run gallery`: serves the gallery of components. With a folder as argument it is built into that instead, for the tests.
import { copyFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build, createServer, loadConfigFromFile } from 'vite'
import { root } from './run-tool.mjs'

const [folder] = process.argv.slice(2)
const gallery = join(root, 'gallery')

const { config } = await loadConfigFromFile(
  { command: folder === undefined ? 'serve' : 'build', mode: 'production' },
  join(root, 'vite.config.ts'),
)

/** As the app has it, but for what is said of the app's own page and its chunks: these are two other pages. */
const shared = {
  ...config,
  plugins: config.plugins.filter((plugin) => plugin.name !== 'preloads'),
  configFile: false,
  root: gallery,
  publicDir: false,
  cacheDir: join(root, 'node_modules/.vite-gallery'),
}

if (folder === undefined) {
  const server = await createServer({
    ...shared,
    server: { host: '127.0.0.1', port: Number(process.env.PORT ?? 4690), fs: { allow: [root] } },
  })
  await server.listen()
  console.log(`The gallery is ready: ${server.resolvedUrls?.local[0] ?? ''}`)
} else {
  await build({
    ...shared,
    logLevel: 'warn',
    build: {
      target: config.build.target,
      modulePreload: false,
      outDir: resolve(folder),
      emptyOutDir: true,
      // The stage has the app's styles and none of the page around it.
      cssCodeSplit: true,
      rolldownOptions: { input: [join(gallery, 'index.html'), join(gallery, 'stage.html')] },
    },
  })
  // Shown under the app's own policy: what that forbids fails here too.
  await copyFile(join(root, 'public/_headers'), join(resolve(folder), '_headers'))
}
