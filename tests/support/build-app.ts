// Builds the production app and the gallery once for all end-to-end tests, into folders of their own so that `dist` stays the developer's.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder with the production build of the app. */
    appFolder: string
    /** The folder with the built gallery: stage.html shows one scene. */
    galleryFolder: string
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export default async function buildApp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'cueline-app-'))
  const [appFolder, galleryFolder] = [join(folder, 'app'), join(folder, 'gallery')]
  // Processes of their own: the test runner sets NODE_ENV=test, which would give Vue's development build.
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    })
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await Promise.all([
    run(vite, 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', appFolder),
    run(join(root, 'scripts/gallery.mjs'), galleryFolder),
  ])
  project.provide('appFolder', appFolder)
  project.provide('galleryFolder', galleryFolder)
  return () => rm(folder, { recursive: true, force: true })
}
