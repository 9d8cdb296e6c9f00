// How the time of one thing grows as there are more of its kind: from a hundred to a hundred thousand.
import type { Bench, BenchRow } from './bench'
import {
  createNumbersWorld,
  createOrderWorld,
  createPlaybackWorld,
  createRecordWorld,
  createSearchWorld,
  createTeamWorld,
  type Operation,
} from './growth-worlds'
import { exponentOf, quantile, rounded, type Point } from './statistics'

const sizes = [100, 1_000, 10_000, 100_000]
const batches = 9

/** Time of the processor, not of the wall: what else the machine does meanwhile is not in it. */
function cpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Microseconds of one operation: the middle of several batches, so that a collection in one of them does not decide. */
async function timeOf(operation: Operation, each: number, from = 0): Promise<number> {
  const times: number[] = []
  for (let batch = 0; batch < batches; batch += 1) {
    const startedUs = cpuUs()
    for (let index = 0; index < each; index += 1) {
      const done = operation(from + batch * each + index)
      if (done) await done
    }
    times.push((cpuUs() - startedUs) / each)
  }
  return quantile(times, 0.5)
}

/** Of things that there are so many of at once. The first round only warms up. */
async function ofSizes(
  create: (size: number) => Operation,
  each: (size: number) => number,
): Promise<Point[]> {
  await timeOf(create(1_000), each(1_000))
  const points: Point[] = []
  for (const x of sizes) points.push({ x, y: await timeOf(create(x), each(x)) })
  return points
}

/** Of things done one after the other: timed when so many have been done before. */
async function ofHistory(create: () => Operation | Promise<Operation>): Promise<Point[]> {
  const warm = await create()
  for (let index = 0; index < 2_000; index += 1) await warm(index)
  const operation = await create()
  const points: Point[] = []
  let done = 0
  for (const x of sizes) {
    for (; done < x; done += 1) await operation(done)
    const each = 10
    points.push({ x, y: await timeOf(operation, each, done) })
    done += each * batches
  }
  return points
}

function rowsOf(what: string, points: readonly Point[], below: number): BenchRow[] {
  const [first, last] = [points[0]?.y ?? NaN, points.at(-1)?.y ?? NaN]
  return [
    { what: `${what}: with 10^2`, value: rounded(first, 2), unit: 'µs' },
    { what: `${what}: with 10^5`, value: rounded(last, 2), unit: 'µs' },
    { what: `${what}: exponent`, value: rounded(exponentOf(points), 2), unit: '', below },
  ]
}

async function run(): Promise<BenchRow[]> {
  const team = (pick: 'event' | 'badge') => (size: number) => createTeamWorld(size)[pick]
  const order = (await ofSizes(createOrderWorld, (size) => Math.ceil(20_000 / size))).map(({ x, y }) => ({
    x,
    y: y / x,
  }))
  return [
    ...rowsOf('an event of a team', await ofSizes(team('event'), () => 500), 0.2),
    ...rowsOf('a badge of a team', await ofSizes(team('badge'), () => 2_000), 0.2),
    ...rowsOf('the order of a team, per badge', order, 0.2),
    ...rowsOf('a playback and its events', await ofHistory(createPlaybackWorld), 0.2),
    ...rowsOf('a record, sent and sealed', await ofHistory(createRecordWorld), 0.2),
    ...rowsOf('a playback in the numbers', await ofHistory(createNumbersWorld), 0.2),
    ...rowsOf('a key in the search', await ofSizes(createSearchWorld, (size) => (size > 1_000 ? 1 : 20)), 1),
  ]
}

const method = [
  `In Node, with the app's own core and services over ports in memory. With ${sizes.join(', ')} of a kind; the exponent is the slope of the line through the logarithms: 0 is constant, 1 in step.`,
  'Each time is processor time, the middle of 9 batches, after a round that only warms up: cold code at the small end would hide a growth.',
  'Order: of a list of so many, of whom one in 20 has changed since the last time, making their new rows included; divided by the length of the list.',
  'Event, badge, order, search: so many agents or prompts at once. Playback, record, numbers: so many before, one after the other.',
]

export const bench: Bench = { name: 'growth', method, run }
