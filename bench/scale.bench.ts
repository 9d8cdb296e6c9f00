// 50,000 agents for a working day against the platform's limits: measured happenings, a lived sample, the simulation of all.
import { mkdir, writeFile } from 'node:fs/promises'
import type { Bench, BenchRow } from './bench'
import { planDay, type DayWishes } from './scale/day'
import { limits, half, simulateOrganisation } from './scale/organisation'
import { measurePrices } from './scale/prices'
import { liveDay } from './scale/sample'
import { simulateDay } from './scale/simulation'
import { fullestMinute } from './scale/tally'
import { measureHappenings } from './scale/happenings'

const wishes: DayWishes = { agents: 50_000, hours: 8, signInsPerMinute: 5_000, playsPerHour: 20, seed: 1 }
/** Of one team: who leads it, who has ten panels, two with a standing one, and of the others two, one with a bad line. */
const sampled = (process.env.CUELINE_SAMPLE ?? '1,2,3,20,50,100').split(',').map(Number)
const results = new URL('./results/', import.meta.url)

const row = (what: string, value: number, unit: string, limit?: number): BenchRow => ({
  what,
  value,
  unit,
  ...(limit === undefined ? {} : { below: limit * half }),
})

async function compareSample(prices: Awaited<ReturnType<typeof measurePrices>>): Promise<BenchRow[]> {
  let [lived, simulated, apart, refused, made] = [0, 0, 0, 0, 0]
  for (const agent of sampled) {
    const plan = planDay(agent, wishes)
    const day = await liveDay(plan, wishes.hours)
    const same = simulateDay(plan, wishes.hours, prices)
    lived += day.sentMs.length
    simulated += same.sentMs.length
    refused += day.refused
    made = Math.max(made, day.channelsMade)
    apart = Math.max(apart, Math.abs(fullestMinute(day.sentMs) - fullestMinute(same.sentMs)))
  }
  return [
    row('sample: agents lived through the real services', sampled.length, ''),
    row('sample: requests', lived, ''),
    row('sample: the same, simulated', simulated, ''),
    row('sample: apart', Number(((100 * Math.abs(simulated - lived)) / lived).toFixed(2)), '% (limit 5)'),
    row('sample: fullest minute of an agent apart by at most', apart, 'requests (limit 20)'),
    row('sample: 429s met', refused, ''),
    row('sample: channels that one agent made in the day', made, ''),
  ]
}

/** Their desktops put a fetch of their own in the place of the process's: the benches after this one have theirs again. */
async function measure() {
  const { fetch } = globalThis
  try {
    const happenings = await measureHappenings()
    const prices = await measurePrices()
    return { happenings, prices, sample: await compareSample(prices) }
  } finally {
    globalThis.fetch = fetch
  }
}

export const bench: Bench = {
  name: 'scale',
  async run() {
    const { happenings, prices, sample } = await measure()
    const day = await simulateOrganisation(wishes, prices)
    await mkdir(results, { recursive: true })
    await writeFile(new URL('scale.md', results), happenings.table)
    const { kept, notKept } = day.cdn
    const megabytes = (bytes: number) => Math.round(bytes / 1e6)
    return [
      ...happenings.rows,
      ...sample,
      row('agents', wishes.agents, ''),
      row('requests per agent and minute, p50', day.requests.p50, ''),
      row('requests per agent and minute, p99', day.requests.p99, ''),
      row('requests per agent in the fullest minute of all', day.requests.most, '', limits.perClient),
      row('the same, against the limit of a user', day.requests.most, '', limits.perUser),
      row('429s met', day.refused, ''),
      row('channels of an agent in use at once', day.channelsAtOnce, '', limits.channels),
      row('channels that one agent made in the day', day.channelsMade, ''),
      row('topics on one channel', day.topics, '', limits.topics),
      row('attributes of a conversation, p50', day.attributeBytes.p50, 'bytes'),
      row('attributes of a conversation, most', day.attributeBytes.most, 'bytes'),
      row('requests to the platform in all', day.requests.sum, ''),
      row('requests to the platform in the fullest second', day.platformPerSecond, ''),
      row('ways through the login', day.logins.sum, ''),
      row('CDN, cached: requests', kept.requests, ''),
      row('CDN, cached: bytes', megabytes(kept.bytes), 'MB'),
      row('CDN, cached: fullest second', kept.mostPerSecond, 'requests'),
      row('CDN, not cached: requests', notKept.requests, ''),
      row('CDN, not cached: bytes', megabytes(notKept.bytes), 'MB'),
      row('CDN, not cached: fullest second', notKept.mostPerSecond, 'requests'),
    ]
  },
}
