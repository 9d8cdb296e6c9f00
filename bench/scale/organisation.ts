// All agents of an organisation, one after the other: what the table for the admin is made of.
import { createVirtualClock } from '../../sandbox/org/clock'
import { createRates } from '../../sandbox/org/rates'
import { hourMs, planDay, type DayWishes } from './day'
import type { PriceList } from './prices'
import { simulateDay } from './simulation'
import { countMinutes, createCounts, createSeconds, fullestMinute } from './tally'

/** The platform's limits, and the part of each that may be used. */
export const limits = { perClient: 300, perUser: 3_000, channels: 20, topics: 1_000 }
export const half = 0.5

export interface OrganisationDay {
  readonly requests: {
    readonly p50: number
    readonly p99: number
    readonly most: number
    readonly sum: number
  }
  readonly refused: number
  readonly channelsAtOnce: number
  /** The most that one agent's panels made in the day: the platform keeps those of a day, twenty at most. */
  readonly channelsMade: number
  readonly topics: number
  readonly attributeBytes: { readonly p50: number; readonly most: number }
  readonly logins: { readonly sum: number; readonly mostPerSecond: number }
  readonly platformPerSecond: number
  readonly cdn: Readonly<Record<'kept' | 'notKept', CdnLoad>>
}

export interface CdnLoad {
  readonly requests: number
  readonly bytes: number
  readonly mostPerSecond: number
}

export async function simulateOrganisation(wishes: DayWishes, prices: PriceList): Promise<OrganisationDay> {
  const { agents, hours } = wishes
  const minutes = createCounts()
  const fullest = createCounts()
  const attributes = createCounts()
  const seconds = createSeconds((hours + 1) * hourMs)
  const [kept, notKept] = [createLoad(hours), createLoad(hours)]
  let [refused, logins, channelsAtOnce, channelsMade, topics] = [0, 0, 0, 0, 0]
  for (let agent = 0; agent < agents; agent += 1) {
    const plan = planDay(agent, wishes)
    const day = simulateDay(plan, hours, prices)
    countMinutes(day.sentMs, plan.signInMs, hours * hourMs, minutes.add)
    const most = fullestMinute(day.sentMs)
    fullest.add(most)
    if (most > limits.perClient) refused += await countRefused(day.sentMs)
    for (const atMs of day.sentMs) seconds.add(atMs)
    for (const bytes of day.attributeBytes) attributes.add(bytes)
    for (const { atMs, bytes } of day.cdn) kept.add(atMs, bytes)
    for (const { atMs, bytes } of simulateDay(plan, hours, prices, false).cdn) notKept.add(atMs, bytes)
    logins += day.logins
    channelsAtOnce = Math.max(channelsAtOnce, day.channelsAtOnce)
    channelsMade = Math.max(channelsMade, day.channelsMade)
    topics = Math.max(topics, day.topicsMost)
  }
  return {
    requests: {
      p50: minutes.percentile(0.5),
      p99: minutes.percentile(0.99),
      most: fullest.most(),
      sum: minutes.sum(),
    },
    ...{ refused, channelsAtOnce, channelsMade, topics },
    attributeBytes: { p50: attributes.percentile(0.5), most: attributes.most() },
    logins: { sum: logins, mostPerSecond: Math.ceil(wishes.signInsPerMinute / 60) },
    platformPerSecond: seconds.most(),
    cdn: { kept: kept.load(), notKept: notKept.load() },
  }
}

function createLoad(hours: number) {
  const seconds = createSeconds((hours + 1) * hourMs)
  let [requests, bytes] = [0, 0]
  return {
    add(atMs: number, more: number): void {
      requests += 1
      bytes += more
      seconds.add(atMs)
    },
    load: (): CdnLoad => ({ requests, bytes: Math.round(bytes), mostPerSecond: seconds.most() }),
  }
}

/** By the sandbox's own rule: a window of a minute from its first request, and what is beyond the limit is a 429. */
export async function countRefused(sentMs: readonly number[]): Promise<number> {
  const clock = createVirtualClock()
  const rates = createRates({ clock })
  const token = { token: 't', userId: 'u', clientId: 'c', scopes: [], expiresAtMs: Infinity }
  let refused = 0
  for (const atMs of [...sentMs].sort((a, b) => a - b)) {
    if (atMs > clock.now()) await clock.advance(atMs - clock.now())
    try {
      rates.count(token, limits)
    } catch {
      // A refusal is what is counted here.
      refused += 1
    }
  }
  return refused
}
