// Ten calls, ten panels in one desktop: the memory of all, and how much sooner the second and later ones can be used.
import type { Bench, BenchRow } from './bench'
import { createNetworkLog } from './network-log'
import { heapOfAll } from './page-counts'
import { installPanelProbe } from './panel-page'
import { callOf } from './plain-browser'
import { openRig, type PanelLine } from './rig'
import { quantile, rounded } from './statistics'

const panelCount = 10
const roundTripMs = 40
const cpuSlowdown = 4
const heapMbEach = 6

async function run(): Promise<BenchRow[]> {
  let lateMs = 0
  const { log, follow } = createNetworkLog()
  const rig = await openRig({
    roundTripMs: () => lateMs,
    cpuSlowdown,
    scripts: [callOf(installPanelProbe, [])],
  })
  try {
    await follow(rig.page.line)
    await rig.endCalls()
    await rig.openDesktop()
    lateMs = roundTripMs
    const panels: PanelLine[] = []
    const usableMs: number[] = []
    for (let number = 0; number < panelCount; number += 1) {
      const panel = await rig.panel(await rig.newCall({ customerName: `Caller ${number}` }))
      await panel.until(() => {
        const { readyAtMs, liveAtMs } = window.panelProbe
        return readyAtMs !== null && liveAtMs !== null
      })
      const { readyAtMs, liveAtMs } = await panel.run(() => window.panelProbe)
      const { frameTree } = (await panel.line.send('Page.getFrameTree')) as {
        frameTree: { frame: { id: string } }
      }
      const startMs = log.startOf(frameTree.frame.id)?.epochMs ?? NaN
      usableMs.push(Math.max(readyAtMs ?? NaN, liveAtMs ?? NaN) - startMs)
      panels.push(panel)
      if (number === 0) await rig.page.run(() => new Promise((resolve) => setTimeout(resolve, 2_000)))
    }
    // All that is loaded and checked ahead has come by then.
    await rig.page.run(() => new Promise((resolve) => setTimeout(resolve, 3_000)))
    const last = panels.at(-1)
    if (last === undefined) throw new Error('No panel was opened.')
    await rig.click(last, '.prompt.ready')
    await last.until(() => document.querySelector('[data-playback-state=playing]') !== null)
    const { channels, sockets } = rig.state()
    const { bytes, heaps } = await heapOfAll(panels.map(({ line }) => line))
    const [firstMs = NaN, ...later] = usableMs
    const ms = (what: string, value: number): BenchRow => ({ what, value: rounded(value, 0), unit: 'ms' })
    return [
      { what: 'panels open at once', value: panels.length, unit: '' },
      {
        what: 'JavaScript heap of all',
        value: rounded(bytes / 1e6),
        unit: 'MB',
        below: panelCount * heapMbEach,
      },
      { what: 'in so many heaps', value: heaps, unit: '' },
      { what: 'channels and sockets at the organisation', value: channels.length + sockets.length, unit: '' },
      ms('the first panel is usable', firstMs),
      ms('the second', later[0] ?? NaN),
      ms('later ones, median', quantile(later, 0.5)),
      ms('later ones, the slowest', quantile(later, 1)),
      {
        what: 'later ones against the first, median',
        value: rounded(quantile(later, 0.5) / firstMs, 2),
        unit: 'of its time',
        below: 0.5,
      },
      {
        what: 'later ones against the first, the slowest',
        value: rounded(quantile(later, 1) / firstMs, 2),
        unit: 'of its time',
        below: 0.5,
      },
    ]
  } finally {
    await rig.close()
  }
}

const method = [
  `As in the bench "usable": ${cpuSlowdown} times slowed down, ${roundTripMs} ms round trip, a fresh browser with its own defaults (storage partitioned, timers throttled), calls come one after the other.`,
  'The first panel goes through the login; the others get its token, its connection and the cache of the browser.',
  'The heap is read after a forced collection. Frames of one site share a process and a heap: each heap counts once, and it holds all ten.',
]

export const bench: Bench = { name: 'ten panels', method, run }
