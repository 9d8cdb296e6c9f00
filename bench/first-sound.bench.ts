// From the press to the customer's telephone sounding, without what the sandbox's media server waits on purpose.
import type { Bench, BenchRow } from './bench'
import { openClickDesk } from './clicks'
import { quantile, rounded } from './statistics'

const plays = Number(process.env.BENCH_PLAYS ?? 100)
const warmUp = 5
/** The sandbox's own, injected: between having the audio and the first sound. */
const bufferingMs = 80

interface Course {
  toRequest: number
  toArrival: number
  toOrder: number
  toSound: number
  overhead: number
}

async function run(): Promise<BenchRow[]> {
  const desk = await openClickDesk(bufferingMs)
  const { requests, orderedAtMs, soundedAtMs } = desk
  try {
    for (let play = 0; play < warmUp; play += 1) await desk.play()
    const courses: Course[] = []
    for (let play = 0; play < plays; play += 1) {
      const from = requests.length
      const { pressedAtMs, leftAtMs, playId } = await desk.play()
      const arrivedAtMs = requests.slice(from).find(({ path }) => path.endsWith('/media/play'))?.atMs ?? NaN
      const orderAtMs = orderedAtMs.get(playId) ?? NaN
      const soundAtMs = soundedAtMs.get(playId) ?? NaN
      courses.push({
        toRequest: leftAtMs - pressedAtMs,
        toArrival: arrivedAtMs - leftAtMs,
        toOrder: orderAtMs - arrivedAtMs - bufferingMs,
        toSound: soundAtMs - orderAtMs,
        overhead: soundAtMs - pressedAtMs - bufferingMs,
      })
    }
    const heard = courses.filter(({ overhead }) => !Number.isNaN(overhead))
    const ms = (what: string, pick: (course: Course) => number, share: number): BenchRow => ({
      what,
      value: rounded(quantile(heard.map(pick), share)),
      unit: 'ms',
    })
    return [
      { what: 'prompts that sounded at the telephone', value: heard.length, unit: '', exactly: plays },
      ms('press to first sound beyond the injected latency, p50', ({ overhead }) => overhead, 0.5),
      {
        ...ms('press to first sound beyond the injected latency, p95', ({ overhead }) => overhead, 0.95),
        below: 30,
      },
      ms('of it, press to the request leaving the panel, p50', ({ toRequest }) => toRequest, 0.5),
      ms('of it, to its arrival at the organisation, p50', ({ toArrival }) => toArrival, 0.5),
      ms('of it, the media server fetching and decoding the file, p50', ({ toOrder }) => toOrder, 0.5),
      ms(
        'of it, the telephone starting (and decoding, where that took longer than the wait), p50',
        ({ toSound }) => toSound,
        0.5,
      ),
      ms('the telephone, p95', ({ toSound }) => toSound, 0.95),
      { what: 'injected latency, taken off', value: bufferingMs, unit: 'ms' },
    ]
  } finally {
    await desk.close()
  }
}

const method = [
  `${plays} real clicks as in the bench "click", ${warmUp} before them do not count. The prompt is a wav of 250 ms: decoding it hardly costs.`,
  `Taken off is only what the sandbox waits on purpose (bufferingMs, ${bufferingMs} ms). While it waits, the telephone fetches and decodes the file, as far as it gets. All that sandbox and telephone do besides counts as overhead, with two processes of a browser and one of Node on this machine.`,
  "First sound: the report of the page that plays the customer's telephone, sent as its audio starts, when it arrives at the sandbox.",
]

export const bench: Bench = { name: 'first sound', method, run }
