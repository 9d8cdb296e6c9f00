// The production build that is measured, made once for all benches of a run.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
let building: Promise<string> | null = null

/** The folder with the build: one of its own, so that `dist` stays the developer's. */
export const buildOnce = (): Promise<string> => (building ??= build())

async function build(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cueline-bench-app-'))
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', folder]
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  return folder
}

export async function removeBuild(): Promise<void> {
  if (building !== null) await rm(await building, { recursive: true, force: true })
  building = null
}
