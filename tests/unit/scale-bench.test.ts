// The arithmetic of the scale measurement, and a small organisation that stays under half of each of the platform's limits.
import { beforeAll, describe, expect, it } from 'vitest'
import { planDay, type DayWishes } from '../../bench/scale/day'
import { countRefused, half, limits, simulateOrganisation } from '../../bench/scale/organisation'
import { measurePrices, type PriceList } from '../../bench/scale/prices'
import { liveDay } from '../../bench/scale/sample'
import { simulateDay } from '../../bench/scale/simulation'
import { countMinutes, createCounts, fullestMinute } from '../../bench/scale/tally'

describe('the arithmetic', () => {
  it.each([
    [[], 0],
    [[5], 1],
    [[0, 59_999], 2],
    [[0, 60_000], 1],
    [[90_000, 0, 30_000, 59_000, 89_000], 3],
  ])('the fullest minute of %j holds %i', (sentMs, most) => {
    expect(fullestMinute(sentMs)).toBe(most)
  })

  it('percentiles are those of the sorted list', () => {
    const counts = createCounts()
    for (const value of [3, 0, 0, 9, 1]) counts.add(value)
    expect([0.2, 0.4, 0.5, 0.8, 0.99].map(counts.percentile)).toEqual([0, 0, 1, 3, 9])
    expect([counts.most(), counts.sum(), counts.total()]).toEqual([9, 13, 5])
  })

  it('empty minutes count too', () => {
    const counts = createCounts()
    countMinutes([61_000, 62_000, 200_000], 0, 300_000, counts.add)
    expect([counts.total(), counts.percentile(0.6), counts.most()]).toEqual([5, 0, 2])
  })

  it('what is beyond the limit is refused, by the sandbox’s own rule', async () => {
    const many = Array.from({ length: limits.perClient + 7 }, (_, index) => index)
    expect(await countRefused(many)).toBe(7)
    expect(await countRefused([...many, 60_000])).toBe(7)
  })
})

describe('an organisation of 500', () => {
  const wishes: DayWishes = { agents: 500, hours: 0.5, signInsPerMinute: 5_000, playsPerHour: 20, seed: 2 }
  let prices: PriceList
  beforeAll(async () => void (prices = await measurePrices()), 240_000)

  it('stays under half of each limit, whatever breaks', async () => {
    const day = await simulateOrganisation(wishes, prices)
    expect(day.requests.most).toBeGreaterThan(10)
    expect(day.requests.most).toBeLessThan(limits.perClient * half)
    expect(day.channelsAtOnce).toBeLessThan(limits.channels * half)
    expect(day.topics).toBeLessThan(limits.topics * half)
    expect(day.refused).toBe(0)
    expect(day.cdn.kept.bytes).toBeLessThan(day.cdn.notKept.bytes)
  })

  it.each([1, 2, 20, 51])(
    'agent %i is simulated as the real services live the day',
    { timeout: 120_000 },
    async (agent) => {
      const plan = planDay(agent, wishes)
      const lived = await liveDay(plan, wishes.hours)
      const simulated = simulateDay(plan, wishes.hours, prices)
      expect(Math.abs(simulated.sentMs.length - lived.sentMs.length)).toBeLessThanOrEqual(
        0.05 * lived.sentMs.length + 2,
      )
      expect(Math.abs(fullestMinute(simulated.sentMs) - fullestMinute(lived.sentMs))).toBeLessThanOrEqual(3)
      expect(simulated.logins).toBe(lived.logins)
    },
  )
})
