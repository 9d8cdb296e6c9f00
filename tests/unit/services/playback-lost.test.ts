// When the word of the platform is missing for a while: what was lost, what comes late, and what a reload brings back.
import { describe, expect, it } from 'vitest'
import { refused } from '../../../src/core/errors'
import type { PlaybackState } from '../../../src/core/playback'
import { asset, interaction, playback, sentPlayback } from '../../support/factories'
import { settled } from '../../support/ports'
import { setUp, terms, url, welcome } from './playback-harness'

const termsUrl = 'https://cdn.example/prompts/en/standard/terms.mp3'

/** No answer, no start, the whole length, no end; and then the channel has had its chance once more. */
const untilOver = 16_000 + 10_000 + 3_000 + 5_000 + 5_000

/** Welcome is unknown after a lost answer, and could still be heard. */
async function unknownWelcome() {
  const all = setUp()
  const works = all.fake.nextAnswer
  all.fake.nextAnswer = () =>
    Promise.resolve(refused({ kind: 'timeout', message: 'lost', mayHaveArrived: true }))
  await all.service.play(welcome)
  await settled()
  all.fake.nextAnswer = works
  const ofTerms = asset({ url: termsUrl })
  const playTerms = async () => {
    const { readiness } = all.facts
    if (readiness?.status !== 'ready') throw new Error('the harness prepares its prompt')
    all.facts.readiness = { ...readiness, asset: ofTerms }
    await all.service.play(terms)
    await settled()
  }
  return { ...all, playTerms }
}

describe('the event channel lost while it plays', () => {
  it('makes it unknown at once, sends nothing again, and the truth comes by the next event', async () => {
    const { service, fake, clock, playing, carrier, current, records } = setUp()
    await playing()
    await clock.advance(1_000)
    service.channelLost()
    expect(current()).toMatchObject({ state: 'unknown', failure: { code: 'channel_lost' }, playedMs: null })
    await clock.advance(1_000)
    carrier('completed')
    expect(current()).toMatchObject({ state: 'completed', playedMs: 3_000, failure: null })
    expect(records.map(({ state }) => state)).toEqual(['unknown', 'completed'])
    expect(fake.requests).toHaveLength(1)
    expect(clock.timers()).toBe(0)
  })

  it('stays unknown where no word ever comes, and nothing waits for it for ever', async () => {
    const { service, clock, playing, carrier, current } = setUp()
    await playing()
    service.channelLost()
    expect(service.awaitsTruth()).toBe(true)
    await clock.advance(60_000)
    expect(service.awaitsTruth()).toBe(false)
    expect(clock.timers()).toBe(0)
    carrier('completed')
    expect(current().state).toBe('unknown')
  })

  it('keeps its turn until nothing can be heard of it any more: no other panel takes its events for its own', async () => {
    const { service, playing, locks, clock } = setUp()
    await playing()
    expect([...locks.held]).toEqual(['cueline.playback.call-1'])
    service.channelLost()
    expect(locks.held.size).toBe(1)
    await clock.advance(60_000)
    expect(locks.held.size).toBe(0)
  })

  it('rejects a request that waits to be sent again: nothing was sent', async () => {
    const { service, fake, clock, current } = setUp()
    fake.nextAnswer = () =>
      Promise.resolve(refused({ kind: 'rate-limited', message: 'HTTP 429', retryAfterMs: 9_000 }))
    await service.play(welcome)
    await settled()
    service.channelLost()
    await clock.advance(20_000)
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'channel_lost' } })
    expect(fake.requests).toHaveLength(1)
  })
})

describe('while the last outcome is not known', () => {
  it('the same prompt is not played: the customer could hear it twice', async () => {
    const { service, fake, current } = await unknownWelcome()
    await service.play(welcome)
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'already_playing' } })
    expect(service.snapshot.value.question).toBeNull()
    expect(fake.requests).toHaveLength(1)
  })

  it('another prompt is asked about first', async () => {
    const { service, fake, current } = await unknownWelcome()
    await service.play(terms)
    expect(service.snapshot.value.question?.prompt.key).toBe('terms')
    expect(current()).toMatchObject({ promptKey: 'welcome', state: 'unknown' })
    expect(fake.requests).toHaveLength(1)
  })

  it('the older one still gets its late events while a newer one plays, and each its own', async () => {
    const { service, fake, playTerms, records } = await unknownWelcome()
    await playTerms()
    service.answer(true)
    await settled()
    expect(fake.requests.map(({ asset: of }) => of.url)).toEqual([url, termsUrl])
    fake.emit({ state: 'buffering', url: termsUrl })
    fake.emit({ state: 'playing', url: termsUrl })
    fake.emit({ state: 'completed', url })
    const byKey = () =>
      Object.fromEntries(service.snapshot.value.recent.map(({ promptKey, state }) => [promptKey, state]))
    expect(byKey()).toEqual({ welcome: 'completed', terms: 'playing' })
    expect(service.snapshot.value.current?.promptKey).toBe('terms')
    fake.emit({ state: 'completed', url: termsUrl })
    expect(byKey()).toEqual({ welcome: 'completed', terms: 'completed' })
    const outcomes = records.map(({ promptKey, state }) => `${promptKey} ${state}`)
    expect(outcomes).toEqual(['welcome unknown', 'welcome completed', 'terms completed'])
  })

  it('the prompt may be played again once the carrier can no longer act on the lost one', async () => {
    const { service, fake, clock } = await unknownWelcome()
    await clock.advance(untilOver)
    await service.play(welcome)
    await settled()
    expect(fake.requests).toHaveLength(2)
  })

  it('it stays open while the channel is lost: the word may still come once that is back', async () => {
    const { service, facts, clock, carrier, current } = await unknownWelcome()
    facts.channelLive = false
    await clock.advance(10 * 60_000)
    expect(service.awaitsTruth()).toBe(true)
    facts.channelLive = true
    carrier('completed')
    expect(current().state).toBe('completed')
    expect(clock.timers()).toBe(0)
  })

  it('a repeated file is not completed by the late end of the earlier one', async () => {
    const { service, fake, clock, carrier, current } = await unknownWelcome()
    await clock.advance(untilOver)
    await service.play(welcome)
    await settled()
    carrier('completed')
    expect(current().state).toBe('queued')
    carrier('buffering')
    carrier('playing')
    await clock.advance(3_000)
    carrier('completed')
    expect(current().state).toBe('completed')
    expect(fake.requests).toHaveLength(2)
  })
})

describe('after a reload', () => {
  const running = sentPlayback({ state: 'playing', times: { ...sentPlayback().times, startedAtMs: 1_200 } })

  it('the same playback is there again: unknown for now, then what really happened', () => {
    const { service, fake, current, carrier, records } = setUp()
    service.restore('call-1', { ...running, times: { ...running.times, startedAtMs: 9_500 } }, ['terms'])
    expect(current()).toMatchObject({ id: 'playback-1', state: 'unknown', sawGap: true })
    expect(service.snapshot.value.played).toEqual(['terms'])
    expect(fake.adopted).toEqual(['playback-1'])
    carrier('completed')
    expect(current()).toMatchObject({ state: 'completed', playedMs: 3_000 })
    expect(service.snapshot.value.played).toEqual(['terms', 'welcome'])
    expect(records.map(({ state }) => state)).toEqual(['unknown', 'completed'])
    expect(fake.requests).toEqual([])
  })

  it.each(['requested', 'queued', 'buffering', 'playing', 'unknown'] as const)(
    'one that was %s is unknown, and sends nothing',
    async (state: PlaybackState) => {
      const { service, fake, clock, current } = setUp()
      service.restore('call-1', { ...running, state }, [])
      expect(current().state).toBe('unknown')
      await clock.advance(120_000)
      expect(fake.requests).toEqual([])
      expect(clock.timers()).toBe(0)
    },
  )

  it('one that was still being prepared is over: it was never sent', () => {
    const { service, fake, current } = setUp()
    service.restore('call-1', playback(), [])
    expect(current()).toMatchObject({ state: 'stopped', playedMs: 0 })
    expect(fake.requests).toEqual([])
    expect(service.busy()).toBe(false)
  })

  it('one that waited to be sent again is rejected: nothing was played', () => {
    const { service, current } = setUp()
    service.restore('call-1', sentPlayback({ resendAtMs: 12_000 }), [])
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'channel_lost' } })
  })

  it.each(['completed', 'stopped', 'interrupted', 'failed', 'rejected'] as const)(
    'one that was %s is shown as it ended, and recorded no second time',
    (state) => {
      const { service, carrier, current, records, clock } = setUp()
      const ended = { ...running, state, playedMs: 500 }
      service.restore('call-1', ended, [])
      carrier('playing')
      carrier('completed')
      expect(current()).toEqual(ended)
      expect(records).toEqual([])
      expect(clock.timers()).toBe(0)
    },
  )

  it('the ticks stay with their call', () => {
    const { service, follow } = setUp()
    service.restore('call-1', null, ['welcome'])
    follow(interaction())
    expect(service.snapshot.value.played).toEqual(['welcome'])
    follow({ ...interaction(), id: 'call-2' })
    expect(service.snapshot.value.played).toEqual([])
  })
})
