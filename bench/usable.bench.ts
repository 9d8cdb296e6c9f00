// How long until the first prompt can be clicked, on a slow machine and a slow line, and how much of it is round trips.
import type { Bench, BenchRow } from './bench'
import { createNetworkLog, longestChain, type Exchange } from './network-log'
import { installPanelProbe } from './panel-page'
import { callOf } from './plain-browser'
import { openRig } from './rig'
import { fitLine, quantile, rounded } from './statistics'

const roundTripMs = 40
const slowRoundTripMs = 240
const runs = Number(process.env.BENCH_RUNS ?? 5)
const cpuSlowdown = 4
const allowedMs = 150

interface Opening {
  roundTripMs: number
  shownMs: number
  readyMs: number
  liveMs: number
  usableMs: number
  chain: number
  requests: number
  appFiles: number
  cdnFiles: number
  preflights: number
  cached: number
  bytes: number
  scriptBytes: number
  hosts: readonly string[]
  foreignHosts: number
}

/** A fresh browser with an agent who is signed in at the desktop; a call comes, and with it the first panel. */
async function open(lineMs: number, blocksThirdPartyCookies = false): Promise<Opening> {
  // The way to the desktop is not what is measured.
  let lateMs = 0
  const { log, follow } = createNetworkLog()
  const rig = await openRig({
    roundTripMs: () => lateMs,
    cpuSlowdown,
    blocksThirdPartyCookies,
    scripts: [callOf(installPanelProbe, [])],
    attached: ({ line }) => follow(line),
  })
  try {
    await follow(rig.page.line)
    await rig.endCalls()
    await rig.openDesktop()
    lateMs = lineMs
    const call = await rig.newCall({ customerName: 'Grace Hopper' })
    const panel = await rig.panel(call)
    await panel.until(() => {
      const { readyAtMs, liveAtMs } = window.panelProbe
      return readyAtMs !== null && liveAtMs !== null
    })
    const { shownAtMs, readyAtMs, liveAtMs } = await panel.run(() => window.panelProbe)
    await rig.click(panel, '.prompt.ready')
    await panel.until(() => document.querySelector('[data-playback-state=playing]') !== null)
    const plays = rig.state().plays.length
    if (plays !== 1)
      throw new Error(`The first prompt was said to be usable, and a click made ${plays} plays.`)
    const { frameTree } = (await panel.line.send('Page.getFrameTree')) as {
      frameTree: { frame: { id: string } }
    }
    const start = log.startOf(frameTree.frame.id)
    if (start === null || shownAtMs === null || readyAtMs === null || liveAtMs === null)
      throw new Error('The beginning of the navigation was not seen.')
    const usableMs = Math.max(readyAtMs, liveAtMs) - start.epochMs
    const before = log.exchanges.filter(
      ({ startS }) => startS >= start.s && startS <= start.s + usableMs / 1_000,
    )
    return {
      roundTripMs: lineMs,
      shownMs: shownAtMs - start.epochMs,
      readyMs: readyAtMs - start.epochMs,
      liveMs: liveAtMs - start.epochMs,
      usableMs,
      ...weigh(before, rig.app.port, rig.sandbox.port),
    }
  } finally {
    await rig.close()
  }
}

function weigh(before: readonly Exchange[], appPort: number, organisationPort: number) {
  const loaded = before.filter(({ isCached }) => !isCached)
  const count = (fits: (exchange: Exchange) => boolean) => loaded.filter(fits).length
  const sum = (some: readonly Exchange[]) => some.reduce((bytes, exchange) => bytes + exchange.bytes, 0)
  const hosts = [...new Set(loaded.map(({ url }) => new URL(url).host))]
  const isOf = (port: number) => (host: string) => host.endsWith(`:${port}`)
  return {
    chain: longestChain(loaded),
    requests: loaded.length,
    appFiles: count(({ url }) => isOf(appPort)(new URL(url).host)),
    cdnFiles: count(({ url }) => new URL(url).pathname.startsWith('/cdn/')),
    preflights: count(({ type }) => type === 'Preflight'),
    cached: before.length - loaded.length,
    bytes: sum(loaded),
    scriptBytes: sum(loaded.filter(({ type }) => type === 'Script')),
    hosts,
    foreignHosts: hosts.filter((host) => !isOf(appPort)(host) && !isOf(organisationPort)(host)).length,
  }
}

async function run(): Promise<BenchRow[]> {
  const openings: Opening[] = []
  for (let round = 0; round < runs; round += 1)
    for (const lineMs of [roundTripMs, slowRoundTripMs]) openings.push(await open(lineMs))
  const strict: Opening[] = []
  for (let round = 0; round < runs; round += 1) strict.push(await open(roundTripMs, true))
  const of = (lineMs: number) => openings.filter((opening) => opening.roundTripMs === lineMs)
  const median = (pick: (opening: Opening) => number, lineMs = roundTripMs) =>
    quantile(of(lineMs).map(pick), 0.5)
  const usableMs = median(({ usableMs: ms }) => ms)
  const counted = median(({ chain }) => chain, slowRoundTripMs)
  const { slope } = fitLine(openings.map((opening) => ({ x: opening.roundTripMs, y: opening.usableMs })))
  const serial = Math.min(counted, slope)
  const ms = (what: string, value: number): BenchRow => ({ what, value: rounded(value, 0), unit: 'ms' })
  const kilobytes = (what: string, value: number): BenchRow => ({
    what,
    value: rounded(value / 1_000),
    unit: 'kB, as transferred',
  })
  return [
    ms('from the navigation to the first prompt that can be clicked, median', usableMs),
    ms(
      'of these, the slowest',
      quantile(
        of(roundTripMs).map((o) => o.usableMs),
        1,
      ),
    ),
    ms(
      'the first prompt is shown, median',
      median(({ shownMs }) => shownMs),
    ),
    ms(
      'its file is checked, median',
      median(({ readyMs }) => readyMs),
    ),
    ms(
      'the live connection stands, median',
      median(({ liveMs }) => liveMs),
    ),
    { what: 'serial round trips, counted in the log', value: counted, unit: '' },
    { what: 'serial round trips, by how a slower line tells', value: rounded(slope), unit: '' },
    ms(`time of the serial round trips, the fewer of the two at ${roundTripMs} ms`, serial * roundTripMs),
    { ...ms('the rest', usableMs - serial * roundTripMs), atMost: allowedMs },
    ms(
      'the same where the browser blocks third-party cookies, median, all of it',
      quantile(
        strict.map(({ usableMs: all }) => all),
        0.5,
      ),
    ),
    {
      what: "requests for the app's own files there",
      value: quantile(
        strict.map(({ appFiles }) => appFiles),
        0.5,
      ),
      unit: '',
    },
    { what: 'requests before it, all', value: median(({ requests }) => requests), unit: '' },
    { what: "of them for the app's own files", value: median((o) => o.appFiles), unit: '', atMost: 8 },
    { what: 'of them for catalogue and prompts', value: median(({ cdnFiles }) => cdnFiles), unit: '' },
    { what: 'of them preflights', value: median(({ preflights }) => preflights), unit: '' },
    { what: 'answered by the cache besides', value: median(({ cached }) => cached), unit: '' },
    kilobytes(
      'JavaScript before it',
      median(({ scriptBytes }) => scriptBytes),
    ),
    kilobytes(
      'all bytes before it',
      median(({ bytes }) => bytes),
    ),
    { what: 'hosts contacted', value: median(({ hosts }) => hosts.length), unit: '' },
    {
      what: "of them neither the app's nor the organisation's",
      value: median((o) => o.foreignHosts),
      unit: '',
      exactly: 0,
    },
  ]
}

const method = [
  `${runs} openings with a ${roundTripMs} ms round trip and ${runs} with ${slowRoundTripMs} ms, in turns, each in a fresh browser with empty caches.`,
  "The agent is signed in at the organisation; the panel asks the login in a frame that nobody sees. The browser lets that frame have the login's cookies, as Chrome and Edge do by themselves (Debian's Chromium does not).",
  "Where it blocks them, the panel's page goes to the login and comes back, so the app is loaded twice, the second time mostly from the cache: a figure of its own, in as many openings.",
  "From the first request of the frame to the moment at which a prompt's file is checked and the live connection stands. A real click then has to make one play.",
  `The frame\'s process is slowed down ${cpuSlowdown} times by DevTools. Half of the round trip lies on each way of every connection, WebSockets included; opening one costs nothing.`,
  'Counted: the longest row of requests of which each began after the one before had ended, at the slower line. By the line: how many ms a ms of round trip costs.',
  'Requests: with preflights, documents, fonts, redirects and the socket; each document counts, that in the frame too. The static host compresses as in docs/operating.md.',
  'For scale, as its vendor states, not measured here: the sample app of the platform loads 578 kB of compressed JavaScript in 32 requests.',
]

export const bench: Bench = { name: 'usable', method, run }
