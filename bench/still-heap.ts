// Reads the heap of a page that goes on working: for each reading its sockets' frames wait, or what they leave would be read as well.
import { setTimeout as sleep } from 'node:timers/promises'
import type { startSandbox } from '../sandbox/server'
import { countHeap } from './heap-snapshot'
import type { PlainPage } from './plain-browser'
import type { Point } from './statistics'

type Org = Awaited<ReturnType<typeof startSandbox>>['org']

export interface Frames {
  /** From now on frames wait, in their order. Returns the release, which sends them. */
  hold(): () => void
}

/** To be called before the first socket opens. */
export function gateFrames(org: Org): Frames {
  const { connect } = org
  let waiting: (() => void)[] | null = null
  org.connect = (channelId, socket) =>
    connect(channelId, {
      ...socket,
      send(text) {
        if (waiting === null) socket.send(text)
        else waiting.push(() => socket.send(text))
      },
    })
  return {
    hold() {
      waiting = []
      return () => {
        const held = waiting ?? []
        waiting = null
        for (const send of held) send()
      }
    },
  }
}

/** What had come is drawn, and the list has followed it: it does so 250 ms later. */
const settleMs = 400
/** A timer of the page may run between a collection and the reading: the lowest of so many is the one without. */
const collections = 4

async function whileStill<T>(frames: Frames, read: () => Promise<T>): Promise<T> {
  const release = frames.hold()
  try {
    await sleep(settleMs)
    return await read()
  } finally {
    release()
  }
}

/** In MB. */
async function lowestHeap({ send }: PlainPage): Promise<number> {
  let lowest = Infinity
  for (let round = 0; round < collections; round += 1) {
    await send('HeapProfiler.collectGarbage')
    const { usedSize } = await send('Runtime.getHeapUsage')
    lowest = Math.min(lowest, Number(usedSize) / 1e6)
  }
  return lowest
}

export interface HeapWatch {
  /** Seconds since the first reading, and MB. */
  readonly points: readonly Point[]
  /** From the first to the last reading, in MB: code that the browser compiled, optimised, or dropped again. */
  readonly codeMb: number
}

/** So many readings, evenly spaced over the time. */
export async function watchHeap(
  page: PlainPage,
  frames: Frames,
  readings: number,
  stretchS: number,
): Promise<HeapWatch> {
  const codeBytes = async (): Promise<number> => (await countHeap(page.line)).byName.get('(code)')?.bytes ?? 0
  const codeBefore = await whileStill(frames, codeBytes)
  const points: Point[] = []
  const startedAt = performance.now()
  for (let reading = 0; reading < readings; reading += 1) {
    const atMs = (reading * stretchS * 1_000) / (readings - 1)
    await sleep(Math.max(0, startedAt + atMs - performance.now()))
    const x = (performance.now() - startedAt) / 1_000
    points.push({ x, y: await whileStill(frames, () => lowestHeap(page)) })
  }
  return { points, codeMb: ((await whileStill(frames, codeBytes)) - codeBefore) / 1e6 }
}
