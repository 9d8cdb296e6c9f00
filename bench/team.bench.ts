// How fast the team view is: 1,000 agents, 200 events a second for a minute, in a real browser on the production build.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { CDPSession, Page } from 'playwright-core'
import type { FloorAgent, FloorState } from '../sandbox/org/floor'
import { startSandbox } from '../sandbox/server'
import { launchBrowser } from '../tests/support/browser'
import { startStaticServer } from '../tests/support/static-server'
import type { Bench, BenchRow } from './bench'
import { installProbe, readAllRows } from './team-page'

const agents = 1_000
const eventsPerSecond = 200
const seconds = Number(process.env.BENCH_SECONDS ?? 60)
/** So many stand at the top of the list and are always on screen. */
const pinned = 22
const lingerMs = 60_000

const root = fileURLToPath(new URL('..', import.meta.url))

async function buildInto(folder: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', folder]
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

const now = (): number => performance.timeOrigin + performance.now()
const round = (value: number): number => Math.round(value * 10) / 10
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find((one) => one.name === name)?.value ?? NaN
}

/** In seconds, since the page began: by the clock, and by the processor. */
const busyS = (sessions: readonly CDPSession[]): Promise<number[]> =>
  Promise.all(sessions.map((session) => metric(session, 'TaskDuration')))

/** After a collection, which halts the page: never while something is measured. */
async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return round((await metric(session, 'JSHeapUsedSize')) / 1e6)
}

/** Signs the team lead in, chooses the floor, and keeps the first agents at the top. */
async function openTeam(page: Page, appUrl: string): Promise<void> {
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.addInitScript(installProbe)
  await page.goto(`${appUrl}?view=team`)
  await page.getByText('Linda Berger').click()
  const option = page.locator('#team-circle option', { hasText: 'Queue Busy floor' })
  await option.waitFor({ state: 'attached' })
  await page.locator('#team-circle').selectOption({ label: 'Queue Busy floor' })
  await page.waitForFunction(
    () => document.querySelectorAll('[data-badge="idle"], [data-badge="on a call"]').length > 5,
  )
  for (let place = 0; place < pinned; place += 1)
    await page.locator('[role=row] [aria-pressed=false]').first().click()
  await page.mouse.move(0, 0)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.waitForFunction((wanted) => document.querySelectorAll('.agent.pinned').length === wanted, pinned)
}

/** What the badge must say, and until when: an outcome fades a while after its call. */
function expected({ conversationId, playback }: FloorAgent, nowMs: number): string[] {
  if (playback === null) return [conversationId === null ? 'idle ' : 'on a call ']
  const { state, id, endedAtMs } = playback
  const word = { completed: 'done', playing: 'playing', unknown: 'unknown' }[state as 'completed'] ?? 'failed'
  if (conversationId !== null) return [`${word} ${id}`]
  const leftMs = (endedAtMs ?? 0) + lingerMs - nowMs
  // At the very border of the time both are right.
  const fading = [...(leftMs > -6_000 ? [`${word} ${id}`] : []), ...(leftMs < 6_000 ? ['idle '] : [])]
  return fading
}

async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cueline-bench-'))
  await buildInto(folder)
  const app = await startStaticServer(folder)
  const sandbox = await startSandbox({ port: 0, appUrl: app.url })
  const sentAtMs = watchSent(sandbox.org)
  const post = async <T>(path: string, body: unknown): Promise<T> =>
    (await (
      await fetch(`${sandbox.url}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })
    ).json()) as T
  const config: unknown = await (await fetch(`${sandbox.url}/sandbox/config.json`)).json()
  app.serve('/config.json', JSON.stringify(config))
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 640, height: 1_300 } })
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    const cpu = await page.context().newCDPSession(page)
    await cpu.send('Performance.enable', { timeDomain: 'threadTicks' })
    await post('floor', { agents, eventsPerSecond, seed: 1 })
    await openTeam(page, app.url)
    // The first third of a minute is the way in: from then on it must be flat.
    await page.waitForTimeout(20_000)
    const heapBefore = await heapMb(session)
    await page.waitForTimeout(1_000)
    await page.evaluate(() => Object.assign(window.teamProbe, { samples: [], frames: 0, overtaken: 0 }))
    const before = await busyS([session, cpu])
    const startedAt = now()
    const floorBefore = (await (await fetch(`${sandbox.url}/sandbox/floor`)).json()) as FloorState
    await page.waitForTimeout(seconds * 1_000)
    const after = await busyS([session, cpu])
    const lastedMs = now() - startedAt
    const floor = await post<FloorState>('floor/pause', {})
    const busy = after.map((value, place) => round(((value - (before[place] ?? NaN)) * 100_000) / lastedMs))
    await page.waitForTimeout(1_000)
    const rows = await page.evaluate(readAllRows)
    const wrong = floor.members.filter(
      (member) => !expected(member, Date.now()).includes(rows[member.userId] ?? 'no row'),
    )
    for (const member of wrong.slice(0, 5))
      console.log(
        `lost: ${member.name} shows "${rows[member.userId]}", expected ${expected(member, Date.now()).join(' or ')}`,
      )
    const probe = await page.evaluate(() => window.teamProbe)
    const heapAfter = await heapMb(session)
    const sorted = (values: number[]) => values.sort((a, b) => a - b)
    const fromPage = sorted(probe.samples.map((sample) => sample.paintedAtMs - sample.arrivedAtMs))
    const fromSandbox = sorted(
      probe.samples
        .flatMap(({ key, paintedAtMs }) => paintedAtMs - (sentAtMs.get(key) ?? NaN))
        .filter((ms) => !Number.isNaN(ms)),
    )
    const events = floor.events - floorBefore.events
    return [
      { what: 'agents', value: floor.members.length, unit: '' },
      { what: 'events a second, sent', value: round((events * 1_000) / lastedMs), unit: '/s' },
      { what: 'frames about calls, received', value: probe.frames, unit: '' },
      { what: 'badges painted on screen, measured', value: probe.samples.length, unit: '' },
      {
        what: "page's socket to painted badge, p50",
        value: round(quantile(fromPage, 0.5)),
        unit: 'ms',
        below: 16.7,
      },
      {
        what: "page's socket to painted badge, p99",
        value: round(quantile(fromPage, 0.99)),
        unit: 'ms',
        below: 50,
      },
      { what: "page's socket to painted badge, p90", value: round(quantile(fromPage, 0.9)), unit: 'ms' },
      {
        what: "sandbox's socket to painted badge, p50",
        value: round(quantile(fromSandbox, 0.5)),
        unit: 'ms',
      },
      {
        what: "sandbox's socket to painted badge, p99",
        value: round(quantile(fromSandbox, 0.99)),
        unit: 'ms',
      },
      {
        what: 'main thread busy',
        value: busy[0] ?? NaN,
        unit: '%',
        below: 25,
      },
      {
        what: 'main thread busy, processor time alone',
        value: busy[1] ?? NaN,
        unit: '%',
      },
      { what: 'badges overtaken by the next before they were painted', value: probe.overtaken, unit: '' },
      { what: 'badges unlike the truth at the end', value: wrong.length, unit: '', below: 1 },
      { what: 'heap at the start', value: heapBefore, unit: 'MB' },
      { what: 'heap at the end', value: heapAfter, unit: 'MB' },
    ]
  } finally {
    await browser.close()
    await sandbox.close()
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** When each state of an agent first left the sandbox, by the same key that the page uses. */
function watchSent(org: Awaited<ReturnType<typeof startSandbox>>['org']): Map<string, number> {
  const sent = new Map<string, number>()
  const { connect } = org
  const shown: Record<string, string> = { completed: 'done', playing: 'playing', unknown: 'unknown' }
  org.connect = (channelId, socket) =>
    connect(channelId, {
      ...socket,
      send(text) {
        const user = /"purpose":"agent".*?"user":\{"id":"([^"]+)"/.exec(text)?.[1]
        const [, playback = '', word = ''] = /"cueline\.badge":"([^"]+)"/.exec(text)?.[1]?.split('|') ?? []
        const key = `${user} ${playback === '' ? 'on a call' : (shown[word] ?? 'failed')} ${playback}`
        if (user !== undefined && (playback === '' || !sent.has(key))) sent.set(key, now())
        socket.send(text)
      },
    })
  return sent
}

export const bench: Bench = { name: 'team view', run }
