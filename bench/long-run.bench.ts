// A working day in a real browser, with time moved on: does anything grow that should not?
import type { Bench, BenchRow } from './bench'
import { countHeap } from './heap-snapshot'
import { countPage, type PageCounts } from './page-counts'
import { rounded } from './statistics'
import { openWorkingDay } from './working-day'

const hours = Number(process.env.BENCH_HOURS ?? 8)
const hour = { playsInCalls: 6, playsStaying: 18 }

async function run(): Promise<BenchRow[]> {
  const desk = await openWorkingDay()
  const { line } = desk.staying
  try {
    const storage = () => desk.staying.run(() => JSON.stringify({ ...localStorage }).length)
    const timers = () => desk.staying.run(() => window.fastClock.timers())
    // The first hour loads and draws everything once; so does the first reading of each kind.
    await desk.work(hour)
    await desk.lookAround()
    const snapshotBefore = await countHeap(line)
    const [storedBefore, timersBefore] = [await storage(), await timers()]
    const counts: PageCounts[] = [await countPage(line)]
    for (let done = 0; done < hours; done += 1) {
      await desk.work(hour)
      counts.push(await countPage(line))
    }
    const snapshotAfter = await countHeap(line)
    const [first, last] = [counts[0], counts.at(-1)]
    if (first === undefined || last === undefined) throw new Error('Nothing was counted.')
    const { plays, channels, sockets } = desk.rig.state()
    const growth = (what: string, pick: (of: PageCounts) => number): BenchRow => ({
      what,
      value: pick(last) - pick(first),
      unit: '',
    })
    const growthMb = (last.heapBytes - first.heapBytes) / 1e6
    if (growthMb >= 2) printGrowth(snapshotBefore.byName, snapshotAfter.byName)
    return [
      { what: 'hours, after one to warm up', value: hours, unit: 'h' },
      { what: 'prompts heard to the end that the sandbox remembers', value: plays.length, unit: '' },
      ...counts.map(({ heapBytes }, at) => ({
        what: `heap after ${at} h`,
        value: rounded(heapBytes / 1e6, 2),
        unit: 'MB',
      })),
      { what: 'heap growth', value: rounded(growthMb, 2), unit: 'MB', below: 2 },
      {
        what: 'of it, code that the browser compiled',
        value: rounded((codeBytes(snapshotAfter) - codeBytes(snapshotBefore)) / 1e6, 2),
        unit: 'MB',
      },
      { ...growth('nodes more than at the start', ({ nodes }) => nodes), atMost: 0 },
      {
        what: 'detached nodes that are held at the end',
        value: detachedNodes(snapshotAfter),
        unit: '',
        exactly: 0,
      },
      { ...growth('listeners more than at the start', ({ listeners }) => listeners), atMost: 0 },
      { ...growth('documents more than at the start', ({ documents }) => documents), atMost: 0 },
      { what: 'timers more than at the start', value: (await timers()) - timersBefore, unit: '', atMost: 0 },
      { what: 'clicks that had to be made a second time', value: desk.repeatedClicks(), unit: '' },
      { what: 'channels and sockets at the end', value: channels.length + sockets.length, unit: '' },
      {
        what: "kept in the browser's storage, more than at the start",
        value: rounded(((await storage()) - storedBefore) / 1_000),
        unit: 'kB',
      },
    ]
  } finally {
    await desk.close()
  }
}

const codeBytes = ({ byName }: Awaited<ReturnType<typeof countHeap>>): number =>
  byName.get('(code)')?.bytes ?? 0

/** Vue has one template element for the page's whole life; it and its content are in no document and hold nothing. */
function detachedNodes({ detached }: Awaited<ReturnType<typeof countHeap>>): number {
  const others = [...detached].filter(([name]) => name !== '<template>' && name !== 'DocumentFragment')
  for (const [name, count] of others) console.log(`detached: ${count} of ${name.slice(0, 100)}`)
  return others.reduce((sum, [, count]) => sum + count, 0)
}

type Counts = Awaited<ReturnType<typeof countHeap>>['byName']

/** What to look at where the target is missed. */
function printGrowth(before: Counts, after: Counts): void {
  const grown = [...after]
    .map(([name, { count, bytes }]) => ({
      name,
      count: count - (before.get(name)?.count ?? 0),
      bytes: bytes - (before.get(name)?.bytes ?? 0),
    }))
    .sort((a, b) => b.bytes - a.bytes)
  for (const { name, count, bytes } of grown.slice(0, 15))
    console.log(`grown: ${name.slice(0, 60)}: ${count} more, ${bytes} bytes`)
}

const method = [
  `${hours} hours after one to warm up, each with ${hour.playsInCalls} calls whose panel opens and closes and ${hour.playsInCalls + hour.playsStaying} prompts, ${hour.playsStaying} of them in a panel that stays all day; an announced and an unannounced loss of the connection; each tab and the search once.`,
  "Simulated: the time. Dates and timers of panels and organisation are moved on in steps of 30 s between what happens; what is due in a step runs once, so of four pings two are left out, and of a second's ticks all but one.",
  'Real: the browser, the frames, the clicks, the sound, sockets and requests. Prompts last 250 ms. No token ends within the day, so nothing reloads the panel that stays.',
  'Heap, nodes, listeners and documents: of the process that all panels share, after two forced collections. Detached nodes: from a heap snapshot, without the one template element that Vue keeps.',
  'Code: bytecode and machine code by two such snapshots. A browser goes on compiling for hours what is run again and again; no object of the panel is in it.',
]

export const bench: Bench = { name: 'long run', method, run }
