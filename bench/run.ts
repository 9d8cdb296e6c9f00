// `npm run bench`: runs the benchmarks (all, or those whose name contains an argument) and notes on which machine.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import type { Bench, BenchRow } from './bench'

const folder = new URL('./', import.meta.url)
const wishes = process.argv.slice(2)

async function loadBenches(): Promise<Bench[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.bench.ts')).sort()
  const loaded = await Promise.all(
    files.map(async (file) => ((await import(new URL(file, folder).href)) as { bench: Bench }).bench),
  )
  return loaded.filter(({ name }) => wishes.length === 0 || wishes.some((wish) => name.includes(wish)))
}

function print(name: string, rows: BenchRow[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length))
  console.log(`\n${name}`)
  for (const { what, value, unit, below } of rows) {
    const verdict =
      below === undefined ? '' : value < below ? `  (below ${below}: met)` : `  (below ${below}: MISSED)`
    console.log(`  ${what.padEnd(width)}  ${String(value).padStart(8)} ${unit}${verdict}`)
  }
}

const benches = await loadBenches()
if (benches.length === 0) throw new Error(`No benchmark has a name with ${wishes.join(' or ')} in it.`)

const results: { name: string; rows: BenchRow[] }[] = []
for (const { name, run } of benches) {
  const rows = await run()
  print(name, rows)
  results.push({ name, rows })
}

const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
await mkdir(new URL('results/', folder), { recursive: true })
const latest = { date: new Date().toISOString(), machine, results }
await writeFile(new URL('results/latest.json', folder), `${JSON.stringify(latest, null, 2)}\n`)
console.log(`\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}: bench/results/latest.json`)
