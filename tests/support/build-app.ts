// Builds the production app once for all end-to-end tests, into a folder of its own so that `dist` stays the developer's.
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
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export default async function buildApp(project: TestProject): Promise<() => Promise<void>> {
  const appFolder = await mkdtemp(join(tmpdir(), 'cueline-app-'))
  // A process of its own: the test runner sets NODE_ENV=test, which would give Vue's development build.
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', appFolder],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  project.provide('appFolder', appFolder)
  return () => rm(appFolder, { recursive: true, force: true })
}
