// `npm run gallery`: serves the gallery of components. With a folder as argument it is built into that instead, for the tests.
import { join, resolve } from 'node:path'
import { build, createServer } from 'vite'
import { root } from './run-tool.mjs'

const [folder] = process.argv.slice(2)
const gallery = join(root, 'gallery')

/** Everything else is as the app has it: vite.config.ts. */
const shared = {
  configFile: join(root, 'vite.config.ts'),
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
      outDir: resolve(folder),
      emptyOutDir: true,
      // The stage has the app's styles and none of the page around it.
      cssCodeSplit: true,
      rolldownOptions: { input: [join(gallery, 'index.html'), join(gallery, 'stage.html')] },
    },
  })
}
