// The numbers after a million playbacks: memory, time per record and error of p95, beside a list that is scanned.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createSeededRandom } from '../sandbox/org/random'
import { percentile } from '../src/core/histogram'
import { createMetrics, observe, sizeOf } from '../src/core/metrics'
import { reportOf } from '../src/core/metrics-report'
import { writeMetrics } from '../src/core/metrics-state'
import type { Observation } from '../src/core/observation'
import type { Bench, BenchRow } from './bench'

const playbacks = 1_000_000
const startMs = 1_800_000_000_000
const outcomes = ['completed', 'completed', 'completed', 'failed', 'unknown', 'interrupted'] as const

/** Waits with a long tail, as networks have; more prompts and languages than are counted apart. */
function createPlays(count: number) {
  const random = createSeededRandom(6)
  const waits = new Float64Array(count)
  for (let i = 0; i < count; i += 1) waits[i] = 40 + 8_000 * (random.below(1_000_000) / 1_000_000) ** 6
  return (index: number): Observation => {
    const wait = waits[index] ?? 0
    const outcome = outcomes[index % outcomes.length] ?? 'completed'
    return {
      atMs: startMs + index * 43,
      prompt: `prompt-${index % 120}`,
      language: `l${index % 40}`,
      format: 'opus',
      codec: 'opus',
      backend: 'media-api',
      outcome,
      code: outcome === 'failed' ? 'carrier_failed' : null,
      sent: true,
      started: true,
      clickToRequest: 10,
      requestToAccepted: wait / 3,
      acceptedToSound: wait / 2,
      clickToSound: wait,
      played: 4_000,
    }
  }
}

interface Measured {
  readonly usPerRecord: number
  /** What the heap and its typed arrays grew by and still hold. */
  readonly heldBytes: number
  readonly summaryMs: number
  readonly p95: number
}

// Whatever the process was started with: without a collection before it, memory measures the garbage.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function held(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Time of the processor, not of the wall: what else the machine does meanwhile is not in it. */
const cpuMs = (): number => process.cpuUsage().user / 1_000

/** The objects that are counted are made anew and thrown away, in both ways alike; their making is timed alone and taken off. */
function measure(
  count: number,
  play: (index: number) => Observation,
  add: (play: Observation) => void,
  p95: () => number,
): Measured {
  const before = held()
  let started = cpuMs()
  for (let i = 0; i < count; i += 1) play(i)
  const makingMs = cpuMs() - started
  started = cpuMs()
  for (let i = 0; i < count; i += 1) add(play(i))
  const addingMs = cpuMs() - started - makingMs
  const heldBytes = held() - before
  started = cpuMs()
  const value = p95()
  return {
    usPerRecord: (Math.max(0, addingMs) * 1_000) / count,
    heldBytes,
    summaryMs: cpuMs() - started,
    p95: value,
  }
}

export function compare(count: number) {
  const play = createPlays(count)
  const exact = Float64Array.from({ length: count }, (_, index) => play(index).clickToSound ?? 0).sort()
  const exactP95 = exact[Math.max(1, Math.ceil(count * 0.95)) - 1] ?? 0
  const metrics = createMetrics()
  const ours = measure(
    count,
    play,
    (give) => observe(metrics, { id: 'p', give }),
    () => reportOf(metrics, startMs + count * 43).all.spreads.clickToSound?.p95 ?? 0,
  )
  const list: Observation[] = []
  const theirs = measure(
    count,
    play,
    (give) => void list.push(give),
    () => {
      const waits = list.flatMap(({ clickToSound }) => clickToSound ?? [])
      return waits.sort((a, b) => a - b)[Math.max(1, Math.ceil(waits.length * 0.95)) - 1] ?? 0
    },
  )
  const histogram = metrics.all.histograms.clickToSound
  return {
    ours,
    theirs,
    exactP95,
    errorPercent: (Math.abs(ours.p95 - exactP95) / exactP95) * 100,
    counterBytes: sizeOf(metrics),
    keptBytes: writeMetrics(metrics, []).length,
    listed: list.length,
    counted: histogram?.total ?? 0,
    middle: histogram ? percentile(histogram, 0.5) : null,
  }
}

const round = (value: number) => Number(value.toPrecision(3))

export const bench: Bench = {
  name: 'metrics',
  run() {
    // Once to warm up, so that both ways are measured as they run in the long run.
    compare(20_000)
    const { ours, theirs, exactP95, errorPercent, counterBytes, keptBytes } = compare(playbacks)
    const row = (what: string, value: number, unit: string): BenchRow => ({ what, value: round(value), unit })
    return Promise.resolve([
      row('playbacks', playbacks, ''),
      row('histograms: a new record', ours.usPerRecord, 'µs of CPU (limit 5)'),
      row('histograms: memory held', ours.heldBytes / 1_000, 'kB (limit 2000)'),
      row('histograms: of that, counters', counterBytes / 1_000, 'kB'),
      row('histograms: kept in the browser', keptBytes / 1_000, 'kB'),
      row('histograms: the whole report', ours.summaryMs, 'ms of CPU'),
      row('histograms: p95', ours.p95, 'ms'),
      row('exact p95', exactP95, 'ms'),
      row('histograms: error of p95', errorPercent, '% (limit 2)'),
      row('a list, scanned: a new record', theirs.usPerRecord, 'µs of CPU'),
      row('a list, scanned: memory held', theirs.heldBytes / 1_000, 'kB'),
      row('a list, scanned: p95 alone', theirs.summaryMs, 'ms of CPU'),
    ])
  },
}
