// `npm run check`: everything that can be said about the code without running it. All steps run, whichever fails.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root, runFile, runTool } from './run-tool.mjs'

const independent = [
  { name: 'types', run: () => runTool('vue-tsc', ['--noEmit']) },
  { name: 'lint', run: () => runTool('eslint', ['--max-warnings', '0', '.']) },
  { name: 'format', run: () => runTool('prettier', ['--check', '--log-level', 'warn', '.']) },
  { name: 'unused', run: () => runTool('knip', ['--no-progress']) },
  {
    name: 'build',
    run: () => runTool('vite', ['build', '--logLevel', 'warn'], { env: { NODE_ENV: 'production' } }),
  },
]
/** Needs the build. */
const last = { name: 'budget', run: () => runFile(join(root, 'scripts/budget.mjs'), []) }

/** @returns {Promise<boolean>} whether it passed; prints its time, and its words if it failed or `show` is set */
async function perform({ name, run }, show = false) {
  const startedAtMs = performance.now()
  const { code, output } = await run()
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(7)} ${seconds.padStart(5)} s`)
  if (code !== 0 || show) console.log(output.trimEnd().replace(/^/gm, '       '))
  return code === 0
}

const waiting = [...independent]
const results = []
async function work() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift())
    results.push(await perform(step))
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
results.push(await perform(last, true))

const failed = results.filter((passed) => !passed).length
console.log(failed === 0 ? 'check: all passed' : `check: ${failed} of ${results.length} failed`)
process.exitCode = failed === 0 ? 0 : 1
