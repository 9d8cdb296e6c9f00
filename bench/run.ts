// `npm run bench`: runs the benchmarks (all, or those whose name contains an argument) and notes on which machine.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { judge, type Bench, type BenchRow, type Verdict } from './bench'
import { removeBuild } from './production-build'

const folder = new URL('./', import.meta.url)
const wishes = process.argv.slice(2)

async function loadBenches(): Promise<Bench[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.bench.ts')).sort()
  const loaded = await Promise.all(
    files.map(async (file) => ((await import(new URL(file, folder).href)) as { bench: Bench }).bench),
  )
  return loaded.filter(({ name }) => wishes.length === 0 || wishes.some((wish) => name.includes(wish)))
}

const wordsOf = ({ target, isMet }: Verdict): string => `  (${target}: ${isMet ? 'met' : 'MISSED'})`

function print({ name, method = [] }: Bench, rows: readonly BenchRow[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length))
  console.log(`\n${name}`)
  for (const row of rows) {
    const verdict = judge(row)
    const value = `${String(row.value).padStart(8)} ${row.unit}`
    console.log(`  ${row.what.padEnd(width)}  ${value}${verdict ? wordsOf(verdict) : ''}`)
  }
  for (const line of method) console.log(`  * ${line}`)
}

const benches = await loadBenches()
if (benches.length === 0) throw new Error(`No benchmark has a name with ${wishes.join(' or ')} in it.`)

const results: object[] = []
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
for (const bench of benches) {
  const { name, method } = bench
  const startedAt = performance.now()
  const loadBefore = loadavg()[0]
  try {
    const rows = await bench.run()
    print(bench, rows)
    const judged = rows.map((row) => ({ ...row, ...judge(row) }))
    const tookS = Math.round((performance.now() - startedAt) / 1_000)
    results.push({ name, method, rows: judged, tookS, loadBefore })
  } catch (error) {
    // The others are worth their numbers all the same.
    process.exitCode = 1
    console.error(`\n${name} broke off:`, error)
    results.push({ name, brokeOff: String(error) })
  }
}
await removeBuild()

await mkdir(new URL('results/', folder), { recursive: true })
const latest = { date: new Date().toISOString(), machine, results }
await writeFile(new URL('results/latest.json', folder), `${JSON.stringify(latest, null, 2)}\n`)
console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}: bench/results/latest.json`)
