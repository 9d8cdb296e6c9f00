// `npm run soak -- --runs 100000 [--seed N] [--jobs N]`: the model test with many more schedules, in batches.
// Prints each batch; at the first broken invariant the seed, the shrunk schedule and the invariant.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { runTool } from './run-tool.mjs'

const batchSize = 2_500

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    jobs: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
  },
})

function wholeNumber(name) {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  console.error(`--${name} must be a whole number, not "${values[name]}".`)
  process.exit(2)
}

const runs = wholeNumber('runs')
const firstSeed = wholeNumber('seed')
const jobs = Math.max(1, wholeNumber('jobs'))
const waiting = []
for (let left = runs, seed = firstSeed; left > 0; left -= batchSize, seed += 1)
  waiting.push({ seed, size: Math.min(batchSize, left) })

const startedAtMs = performance.now()
let done = 0
let broken = 0

async function work() {
  for (let batch = waiting.shift(); batch !== undefined && broken === 0; batch = waiting.shift()) {
    const { seed, size } = batch
    const { code, signal, output } = await runTool(
      'vitest',
      ['run', '--project', 'model', '--reporter', 'default', 'tests/model/truth.test.ts'],
      { env: { CUELINE_RUNS: String(size), CUELINE_SEED: String(seed), NO_COLOR: '1' } },
    )
    if (code === 0) {
      done += size
      const seconds = Math.round((performance.now() - startedAtMs) / 1000)
      console.log(`${done} of ${runs} schedules kept the truth (seed ${seed}, ${seconds} s)`)
    } else {
      broken += 1
      console.log(output.trimEnd() || 'The test runner printed nothing.')
      console.log(`It ended with code ${code}${signal ? `, by the signal ${signal}` : ''}.`)
      console.log(`To see it again: npm run soak -- --runs ${size} --seed ${seed}`)
    }
  }
}

console.log(`${runs} schedules in batches of ${batchSize}, from seed ${firstSeed}`)
await Promise.all(Array.from({ length: jobs }, work))
console.log(broken === 0 ? 'soak: no invariant was broken' : `soak: ${broken} broken, stopped`)
process.exitCode = broken === 0 ? 0 : 1
