// What only the secure flow has to bear: every way in which it can tell its progress, a call that looks held, attributes
// that others write.
import { describe, expect, it } from 'vitest'
import { openCase, secureFlow } from '../support/backend-desk'

describe.each([
  ['attributes alone', { flowAttributes: true, flowEvents: false }],
  ['attributes and flow events', { flowAttributes: true, flowEvents: true }],
  ['flow events alone', { flowAttributes: false, flowEvents: true }],
  ['neither: the session is asked', { flowAttributes: false, flowEvents: false }],
])('progress by %s', (_name, settings) => {
  it('comes to the true end, with one request to play', async () => {
    const one = await openCase(secureFlow, settings)
    one.click()
    await one.until('completed')
    expect(one.states()).not.toContain('unknown')
    expect(one.current().playedMs).toBe(one.heard()[0]?.playedMs)
    expect(one.starts()).toBe(1)
    await one.finish()
    expect(one.records()).toEqual(['completed'])
  })

  it('never calls complete what broke off', async () => {
    const one = await openCase(secureFlow, settings)
    one.fault({ kind: 'fail-midway', afterMs: 2_500 })
    one.click()
    await one.until('failed')
    expect(one.heard()).toMatchObject([{ outcome: 'cut' }])
    await one.finish()
    expect(one.records()).toEqual(['failed'])
  })

  it('learns the truth after a lost answer', async () => {
    const one = await openCase(secureFlow, settings)
    one.fault({ kind: 'lose-answer', match: secureFlow.start })
    one.click('goodbye')
    await one.until('completed')
    await one.finish()
    expect(one.starts()).toBe(1)
  })

  it('plays twice, and takes the end of the first for nothing but that', async () => {
    const one = await openCase(secureFlow, settings)
    one.fault({
      kind: 'delay',
      match: { topic: 'v2.detail.events.' },
      delayMs: 5_000,
      overtaken: true,
      times: 2,
    })
    one.click()
    await one.until('completed')
    one.click()
    await one.untilHeard(2)
    await one.until('completed')
    expect(one.heard().map(({ outcome }) => outcome)).toEqual(['completed', 'completed'])
    await one.finish()
  })
})

it('learns after a reload what the attributes say, though the end came meanwhile', async () => {
  const one = await openCase(secureFlow)
  one.click()
  await one.until('playing')
  one.fault({ kind: 'network', forMs: 6_000 })
  await one.desk.clock.advance(6_000)
  await one.reload()
  await one.until('completed')
  await one.finish()
})

it('is asked for its end when the word of it is lost', async () => {
  const one = await openCase(secureFlow)
  one.click()
  await one.until('playing')
  one.fault({ kind: 'lose', match: { topic: 'v2.users.' }, times: null })
  await one.until('completed')
  await one.finish()
})

it('asks the session at most once where the flow speaks for itself', async () => {
  const one = await openCase(secureFlow)
  one.click()
  await one.until('completed')
  await one.desk.clock.advance(30_000)
  const asked = one.desk.requests.filter(({ method, path }) => method === 'GET' && /secureivr/.test(path))
  expect(asked.length).toBeLessThanOrEqual(1)
  await one.finish()
})

describe.each(['held', 'confined'])('a customer who looks %s in the secure part', (secureLook) => {
  it('is not taken for interrupted', async () => {
    const one = await openCase(secureFlow, { secureLook })
    one.click()
    await one.until('completed')
    expect(one.states()).not.toContain('interrupted')
    await one.finish()
    expect(one.records()).toEqual(['completed'])
  })

  it('is interrupted by a hang-up all the same', async () => {
    const one = await openCase(secureFlow, { secureLook })
    one.click()
    await one.until('playing')
    await one.desk.clock.advance(1_000)
    one.desk.change({ disconnected: true })
    await one.until('interrupted', 1_000)
    await one.finish()
  })

  it('hears the next in the queue as well', async () => {
    const one = await openCase(secureFlow, { secureLook })
    one.click()
    await one.until('playing')
    one.click('goodbye')
    await one.desk.clock.advance(20_000)
    expect(one.heard().map(({ outcome }) => outcome)).toEqual(['completed', 'completed'])
    await one.finish()
  })
})

it.each([
  '',
  'v1',
  'v1||completed',
  'v1|somebody-else|completed',
  'v2|{id}|completed',
  'v1|{id}|finished',
  'completed',
  '|'.repeat(300),
  'v1|{id}',
  '\u0000v1|{id}|completed',
])('ignores the attribute %j', async (text) => {
  const one = await openCase(secureFlow, { flowAttributes: false, flowEvents: true })
  one.click()
  await one.untilHeard()
  one.desk.change({ attributes: { 'cueline.flow': text.replace('{id}', one.current().id) } })
  await one.desk.clock.advance(500)
  expect(one.current().state).toBe('buffering')
  await one.until('completed')
  await one.finish()
})

it('sends the next one again while the customer is on the way back, and plays it once', async () => {
  const one = await openCase(secureFlow)
  one.click()
  await one.until('playing')
  one.click('goodbye')
  await one.desk.clock.advance(20_000)
  expect(one.heard()).toHaveLength(2)
  await one.finish()
  expect(one.records()).toEqual(['completed', 'completed'])
})
