// What breaks a playback on its way: the carrier's errors, the call, silence; and events that are not meant for it.
import { describe, expect, it } from 'vitest'
import { interaction } from '../../support/factories'
import { setUp, url, welcome } from './playback-harness'

describe('an error of the carrier', () => {
  it.each([
    ['fetch_failed: 404', 'asset_missing'],
    ['decode_failed: bad frame', 'asset_corrupt'],
    ['codec_not_supported: opus', 'codec_unsupported'],
    ['out of cheese', 'carrier_failed'],
  ])('%s fails the playback with %s', async (error, code) => {
    const { fake, playing, current, clock } = setUp()
    await playing()
    fake.emit({ state: 'error', url, error })
    expect(current()).toMatchObject({ state: 'failed', failure: { code, detail: error } })
    expect(clock.timers()).toBe(0)
  })

  it.each([
    ['participant_held', 'hold'],
    ['participant_disconnected', 'hang-up'],
  ])('%s interrupts it as a %s', async (error, interruptedBy) => {
    const { fake, playing, current, clock } = setUp()
    await playing()
    await clock.advance(1_250)
    fake.emit({ state: 'error', url, error })
    expect(current()).toMatchObject({ state: 'interrupted', interruptedBy, playedMs: 1_250, failure: null })
  })
})

describe('the call', () => {
  it.each([
    ['hold', { held: true }, {}],
    ['hold', { confined: true }, {}],
    ['hang-up', { state: 'disconnected' }, {}],
    ['hang-up', { state: 'disconnected' }, { state: 'disconnected', wrapupRequired: true }],
    ['transfer', {}, { state: 'disconnected' }],
  ])('interrupts by %s, and says how many milliseconds were played', async (by, customer, agent) => {
    const { playing, follow, current, clock } = setUp()
    await playing()
    await clock.advance(1_250)
    follow(interaction(customer, agent))
    expect(current()).toMatchObject({ state: 'interrupted', interruptedBy: by, playedMs: 1_250 })
  })

  it('breaks once: the media error that follows changes nothing', async () => {
    const { fake, playing, follow, current } = setUp()
    await playing()
    follow(interaction({ held: true }))
    const interrupted = current()
    fake.emit({ state: 'error', url, error: 'participant_held' })
    fake.emit({ state: 'completed', url })
    expect(current()).toBe(interrupted)
  })

  it('does not interrupt by mute, or by another call', async () => {
    const { playing, follow, current } = setUp()
    await playing()
    follow(interaction({ muted: true }, { muted: true }))
    follow({ ...interaction({ state: 'disconnected' }), id: 'call-2' })
    expect(current().state).toBe('playing')
  })

  it('keeps its events coming while it is connected and the channel is live', () => {
    const { fake, facts, follow } = setUp()
    follow(interaction())
    follow(interaction({ held: true }))
    facts.channelLive = false
    follow(interaction())
    expect(fake.watched).toEqual(['call-1'])
  })

  it('takes its ticks along: another call begins without played prompts', async () => {
    const { service, playing, carrier, follow } = setUp()
    follow(interaction())
    await playing()
    carrier('completed')
    follow(interaction({ muted: true }))
    expect(service.snapshot.value.played).toEqual(['welcome'])
    follow({ ...interaction(), id: 'call-2' })
    expect(service.snapshot.value.played).toEqual([])
  })
})

describe('silence', () => {
  it('after the request makes it unknown by its deadline, not before', async () => {
    const { service, clock, current } = setUp()
    await service.play(welcome)
    await clock.advance(9_999)
    expect(current().state).toBe('queued')
    await clock.advance(1)
    expect(current()).toMatchObject({ state: 'unknown', failure: { code: 'no_start_event' }, playedMs: null })
  })

  it('after the start makes it unknown once the length and a little more have passed', async () => {
    const { playing, clock, current } = setUp()
    await playing()
    await clock.advance(7_999)
    expect(current().state).toBe('playing')
    await clock.advance(1)
    expect(current()).toMatchObject({ state: 'unknown', failure: { code: 'channel_lost' } })
  })

  it('is not counted from an earlier state', async () => {
    const { service, clock, carrier, current } = setUp()
    await service.play(welcome)
    await clock.advance(9_000)
    carrier('buffering')
    await clock.advance(9_000)
    expect(current().state).toBe('buffering')
  })
})

describe('events that are not meant for the playback', () => {
  it('of another file, another call or another carrier id change nothing', async () => {
    const { service, fake, current } = setUp()
    fake.nextAnswer = () => Promise.resolve({ ok: true, value: { carrierId: 'c-1' } })
    await service.play(welcome)
    const before = current()
    fake.emit({ state: 'completed', url: `${url}.other` })
    fake.emit({ state: 'completed', url, interactionId: 'call-2' })
    fake.emit({ state: 'completed', url, carrierId: 'c-2' })
    fake.emit({ state: 'error', url: 'https://elsewhere/x.mp3', error: 'fetch_failed: 404' })
    expect(current()).toBe(before)
  })

  it('that come twice change nothing', async () => {
    const { playing, carrier, current } = setUp()
    await playing()
    const before = current()
    carrier('playing')
    carrier('buffering')
    expect(current()).toBe(before)
    carrier('completed')
    const done = current()
    carrier('completed')
    carrier('playing')
    expect(current()).toBe(done)
  })

  it('before any click are ignored', () => {
    const { service, carrier } = setUp()
    carrier('playing')
    expect(service.snapshot.value.current).toBeNull()
  })
})

describe('dispose', () => {
  it('leaves no timer, no listener, and lets the backend go', async () => {
    const { service, fake, clock, playing } = setUp()
    await playing()
    expect(clock.timers()).toBe(1)
    service.dispose()
    expect(clock.timers()).toBe(0)
    expect(fake.listeners()).toBe(0)
    expect(fake.disposed).toBe(true)
  })
})
