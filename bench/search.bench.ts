// How fast the search is: 10,000 prompts, real keys in a real browser on the production build, from the key to the painted results.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { catalogueOf } from '../sandbox/cdn/many-prompts'
import { startSandbox } from '../sandbox/server'
import { readCatalogue } from '../src/core/catalogue'
import { createIndex, findPrompts } from '../src/core/search'
import { startStaticServer } from '../tests/support/static-server'
import type { Bench, BenchRow } from './bench'
import { callOf, openPlainPage, type PlainPage } from './plain-browser'
import { installSearchProbe, type SearchProbe } from './search-page'

const prompts = 10_000
/** Each is typed letter by letter, corrected where there is a `<`, and cleared by Escape. `BENCH_SECONDS` types fewer. */
const queries = [
  'terms',
  'e',
  'refund',
  'invoice comp',
  'data prot',
  'hold',
  'kündigung',
  'welc<<<arran',
  'visa',
  'router damage',
  'opening hours',
  'z',
  'rechnung 0042',
  'identity',
  'next steps for dea',
  'papers',
  'número 5',
  'loyalty',
  'paym<<<<pens',
  'a colleague',
  'zzz',
  'notice for comp',
  'störung',
  'card pay',
  'goodb',
  'consent',
  'warranty st',
  'of sale',
  'q',
  'service dis',
]
const betweenKeysMs = 90
const betweenQueriesMs = 400
const wanted = Math.min(queries.length, Math.ceil(Number(process.env.BENCH_SECONDS ?? 60) / 1.5))

const root = fileURLToPath(new URL('..', import.meta.url))
const round = (value: number): number => Math.round(value * 10) / 10
const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN)
}

async function buildInto(folder: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', folder]
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

async function press({ send }: PlainPage, key: string): Promise<void> {
  const text = key.length === 1 ? { text: key } : {}
  const code = { Backspace: 8, Escape: 27 }[key] ?? 0
  await send('Input.dispatchKeyEvent', { type: 'keyDown', key, windowsVirtualKeyCode: code, ...text })
  await send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: code })
}

async function openPanel(page: PlainPage, address: string, agent: string): Promise<void> {
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: callOf(installSearchProbe, []) })
  await page.send('Page.navigate', { url: address })
  await page.until(() => document.querySelector('button[name=user]') !== null)
  await page.run((name) => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[name=user]')]
    buttons.find((button) => button.textContent.includes(name))?.click()
  }, agent)
  await page.until(() => document.querySelectorAll('.prompt.ready').length > 3)
}

/** Processor time of the page's main thread, ms: what else runs on the machine meanwhile is not in it. */
async function processorMs({ send }: Pick<PlainPage, 'send'>): Promise<number> {
  const { metrics } = await send('Performance.getMetrics')
  const all = metrics as { name: string; value: number }[]
  return (all.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000
}

async function type(page: PlainPage): Promise<SearchProbe & { processorMs: number[] }> {
  const processor = await page.openLine()
  await processor.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.run(() => void (window.searchProbe.shift = 0))
  const spent: number[] = []
  let before = await processorMs(processor)
  const typed = async (key: string, thenMs: number) => {
    await press(page, key)
    await sleep(thenMs)
    const after = await processorMs(processor)
    spent.push(after - before)
    before = after
  }
  for (const query of queries.slice(0, wanted)) {
    for (const letter of query) await typed(letter === '<' ? 'Backspace' : letter, betweenKeysMs)
    await typed('Escape', betweenQueriesMs)
  }
  return { ...(await page.run(() => window.searchProbe)), processorMs: spent }
}

/** With the frame rate of a display, or each frame as soon as there is something to draw. */
async function measure(appUrl: string, interactionId: string, agent: string, isFree: boolean) {
  const page = await openPlainPage(360, 640, {
    switches: isFree ? ['--disable-frame-rate-limit', '--disable-gpu-vsync'] : [],
  })
  try {
    await openPanel(page, `${appUrl}?gcConversationId=${interactionId}`, agent)
    // As an agent has it when they first search: the catalogue has been read into the search while nothing was to do.
    await sleep(5_000)
    return await type(page)
  } finally {
    await page.close()
  }
}

/** Each heading must say what a search in Node finds. */
function countWrong({ samples }: SearchProbe): number {
  const index = createIndex(readCatalogue(JSON.parse(catalogueOf(prompts))).prompts)
  const truth = new Map<string, string>()
  const sayOf = (query: string): string => {
    const count = findPrompts(index, query, 'en').places.length
    if (query === '') return 'Pinned'
    if (count === 0) return 'No prompt matches.'
    return count === 1 ? '1 prompt found' : `${new Intl.NumberFormat('en').format(count)} prompts found`
  }
  return samples.filter(({ query, heading }) => {
    if (!truth.has(query)) truth.set(query, sayOf(query))
    if (heading !== truth.get(query)) console.log(`"${query}" shows "${heading}", not "${truth.get(query)}"`)
    return heading !== truth.get(query)
  }).length
}

async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cueline-bench-'))
  await buildInto(folder)
  const app = await startStaticServer(folder)
  const sandbox = await startSandbox({ port: 0, appUrl: app.url })
  app.admit(sandbox.url)
  const settings = { method: 'POST', body: JSON.stringify({ catalogueSize: prompts }) }
  try {
    await fetch(`${sandbox.url}/sandbox/settings`, settings)
    const config: unknown = await (await fetch(`${sandbox.url}/sandbox/config.json`)).json()
    app.serve('/config.json', JSON.stringify(config))
    const { calls, users, agentId } = sandbox.org.state()
    const agent = users.find(({ id }) => id === agentId)?.name ?? ''
    const free = await measure(app.url, calls[0]?.id ?? '', agent, true)
    const display = await measure(app.url, calls[0]?.id ?? '', agent, false)
    const painted = free.samples.map(({ paintedMs }) => paintedMs)
    const onDisplay = display.samples.map(({ paintedMs }) => paintedMs)
    const afterWait = display.samples.map(({ paintedMs, begunMs }) => paintedMs - begunMs)
    return [
      { what: 'prompts', value: prompts, unit: '' },
      { what: 'keys pressed', value: painted.length, unit: '' },
      { what: 'results unlike the truth', value: countWrong(free) + countWrong(display), unit: '', below: 1 },
      { what: 'key to painted results, p50', value: quantile(painted, 0.5), unit: 'ms' },
      { what: 'key to painted results, p99', value: quantile(painted, 0.99), unit: 'ms', below: 16 },
      { what: 'key to painted results, slowest', value: quantile(painted, 1), unit: 'ms' },
      {
        what: 'processor time of a key, all that follows it, p50',
        value: quantile(free.processorMs, 0.5),
        unit: 'ms',
      },
      {
        what: 'processor time of a key, all that follows it, p99',
        value: quantile(free.processorMs, 0.99),
        unit: 'ms',
      },
      { what: 'with the wait for a display of 60 Hz, p50', value: quantile(onDisplay, 0.5), unit: 'ms' },
      { what: 'with the wait for a display of 60 Hz, p99', value: quantile(onDisplay, 0.99), unit: 'ms' },
      { what: 'of that, style, layout and paint, p99', value: quantile(afterWait, 0.99), unit: 'ms' },
      {
        what: 'keys that took 24 ms or more to the screen of 60 Hz, as the browser says',
        value: round((display.slowKeysMs.filter((ms) => ms >= 24).length * 100) / onDisplay.length),
        unit: '%',
      },
      {
        what: 'layout shift without input',
        value: round((free.shift + display.shift) * 1_000) / 1_000,
        unit: '',
      },
    ]
  } finally {
    await sandbox.close()
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export const bench: Bench = { name: 'search', run }
