// How much JavaScript a browser loads from the production build, compressed as a web server would.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { measureDist } from '../scripts/budget.mjs'
import type { Bench } from './bench'

const root = fileURLToPath(new URL('..', import.meta.url))

const kilobytes = (what: string, bytes: number) => ({
  what,
  value: Math.round(bytes / 100) / 10,
  unit: 'kB gzip',
})

export const bench: Bench = {
  name: 'load size',
  async run() {
    const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url))
    await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    })
    const { scripts, startBytes, usableBytes, panelBytes } = measureDist()
    return [
      kilobytes('before the first paint', startBytes),
      kilobytes('before the first click', usableBytes),
      kilobytes('whole panel', panelBytes),
      ...scripts.map(({ file, when, gzipBytes }) => kilobytes(`${when}: ${file}`, gzipBytes)),
    ]
  },
}
