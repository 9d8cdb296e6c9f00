// From the click to the outcome: one request, the carrier's own words for every state, and no guesses.
import { describe, expect, it } from 'vitest'
import { refused, type Refusal } from '../../../src/core/errors'
import { interaction } from '../../support/factories'
import { createHeld, settled } from '../../support/ports'
import { accepted, prepared, setUp, terms, unplayable, url, welcome } from './playback-harness'

describe('a click on a prepared prompt', () => {
  it('sends exactly one request, without a turn of the event loop', async () => {
    const { service, fake } = setUp()
    void service.play(welcome)
    await settled()
    expect(fake.requests).toHaveLength(1)
    expect(fake.requests[0]).toMatchObject({ interactionId: 'call-1', volume: 0.8, asset: { url } })
  })

  it('is subscribed before it sends', async () => {
    const { service, fake } = setUp()
    const held = createHeld<Awaited<ReturnType<typeof fake.nextWatch>>>()
    fake.nextWatch = () => held.promise
    const click = service.play(welcome)
    await settled()
    expect(fake.watched).toEqual(['call-1'])
    expect(fake.requests).toEqual([])
    held.release({ ok: true, value: undefined })
    await click
    expect(fake.requests).toHaveLength(1)
  })

  it('goes through the states as the carrier says them, to completed', async () => {
    const { service, states, carrier, playing, current, clock } = setUp()
    await playing()
    await clock.advance(3_000)
    carrier('completed')
    expect(states).toEqual(['preparing', 'requested', 'queued', 'buffering', 'playing', 'completed'])
    expect(current()).toMatchObject({ playedMs: 3_000, failure: null, times: { clickedAtMs: 10_000 } })
    expect(service.snapshot.value.played).toEqual(['welcome'])
    expect(clock.timers()).toBe(0)
  })

  it('is never completed by time alone', async () => {
    const { playing, clock, states } = setUp()
    await playing()
    await clock.advance(60_000)
    expect(states).not.toContain('completed')
  })

  it('sends nothing while another one is under way, in whatever state', async () => {
    const { service, fake, carrier, current } = setUp()
    const first = service.play(welcome)
    const second = service.play(terms)
    await Promise.all([first, second])
    for (const state of ['buffering', 'playing'] as const) {
      carrier(state)
      await service.play(welcome)
    }
    expect(fake.requests).toHaveLength(1)
    expect(current()).toMatchObject({ id: 'id-1', state: 'playing' })
    carrier('completed')
    await service.play(welcome)
    expect(fake.requests).toHaveLength(2)
  })
})

describe('a click on a prompt that is not prepared yet', () => {
  it('waits for the check, then sends', async () => {
    const { service, facts, fake } = setUp()
    facts.readiness = { status: 'checking' }
    const held = createHeld<typeof prepared>()
    facts.prepare = () => held.promise
    const click = service.play(welcome)
    await settled()
    expect(fake.requests).toEqual([])
    held.release(prepared)
    await click
    expect(fake.requests).toHaveLength(1)
  })

  it('is rejected, and nothing is sent, when the customer is put on hold meanwhile', async () => {
    const { service, facts, fake, follow, current } = setUp()
    facts.readiness = null
    const held = createHeld<typeof prepared>()
    facts.prepare = () => held.promise
    const click = service.play(welcome)
    follow(interaction({ held: true }))
    held.release(prepared)
    await click
    expect(fake.requests).toEqual([])
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'call_on_hold' } })
  })
})

describe('a click that cannot be followed', () => {
  type Facts = ReturnType<typeof setUp>['facts']
  it.each<[string, (facts: Facts) => unknown]>([
    ['signed_out', (facts) => (facts.signedIn = false)],
    ['call_not_connected', (facts) => (facts.interaction = null)],
    ['call_not_connected', (facts) => (facts.interaction = interaction({ state: 'disconnected' }))],
    ['call_on_hold', (facts) => (facts.interaction = interaction({ held: true }))],
    ['channel_lost', (facts) => (facts.channelLive = false)],
    [
      'asset_corrupt',
      (facts) => {
        facts.readiness = unplayable
        facts.prepare = () => Promise.resolve(unplayable)
      },
    ],
  ])('is answered with %s, and sends nothing', async (code, change) => {
    const { service, fake, facts, current } = setUp()
    change(facts)
    await service.play(welcome)
    expect(current()).toMatchObject({ state: 'rejected', failure: { code }, title: 'Welcome' })
    expect(fake.requests).toEqual([])
  })

  it.each([
    [true, { state: 'queued' }, 1],
    [false, { state: 'rejected', failure: { code: 'channel_lost' } }, 0],
  ] as const)('waits for a connection that is on its way (it comes: %s)', async (comes, shown, sent) => {
    const { service, fake, facts, current } = setUp()
    const connection = createHeld<boolean>()
    facts.channelLive = false
    facts.opening = connection.promise
    const click = service.play(welcome)
    expect(current().state).toBe('preparing')
    facts.channelLive = comes
    connection.release(comes)
    await click
    expect(current()).toMatchObject(shown)
    expect(fake.requests).toHaveLength(sent)
  })

  it('is answered with channel_lost where the events cannot be subscribed', async () => {
    const { service, fake, current } = setUp()
    fake.nextWatch = () => Promise.resolve(refused({ kind: 'offline', message: 'not open' }))
    await service.play(welcome)
    expect(current()).toMatchObject({
      state: 'rejected',
      failure: { code: 'channel_lost', detail: 'not open' },
    })
    expect(fake.requests).toEqual([])
  })

  it('may be tried again', async () => {
    const { service, fake, facts } = setUp()
    facts.signedIn = false
    await service.play(welcome)
    facts.signedIn = true
    await service.play(welcome)
    expect(fake.requests).toHaveLength(1)
  })
})

describe('an answer to the request', () => {
  const refuse = (of: Partial<Refusal> & Pick<Refusal, 'kind'>) => () =>
    Promise.resolve(refused({ message: 'no', ...of }))

  it.each([
    ['conflict', false, 'rejected', 'already_playing'],
    ['forbidden', false, 'rejected', 'not_permitted'],
    ['not-found', false, 'rejected', 'carrier_rejected'],
    ['signed-out', false, 'rejected', 'signed_out'],
    ['timeout', true, 'unknown', 'channel_lost'],
    ['offline', true, 'unknown', 'channel_lost'],
    ['server-error', true, 'unknown', 'carrier_failed'],
  ] as const)(
    '%s (may have arrived: %s) makes it %s with %s, sent once',
    async (kind, mayHaveArrived, state, code) => {
      const { service, fake, current, clock } = setUp()
      fake.nextAnswer = refuse({ kind, mayHaveArrived })
      await service.play(welcome)
      await clock.advance(120_000)
      expect(current()).toMatchObject({ state, failure: { code } })
      expect(fake.requests).toHaveLength(1)
    },
  )

  it('of 429 is followed by the same request again after the wait, and not before', async () => {
    const { service, fake, current, clock } = setUp()
    const works = fake.nextAnswer
    fake.nextAnswer = refuse({ kind: 'rate-limited', retryAfterMs: 3_000 })
    await service.play(welcome)
    await settled()
    expect(current()).toMatchObject({ state: 'requested', resendAtMs: 13_000, attempts: 1 })
    fake.nextAnswer = works
    await clock.advance(2_999)
    expect(fake.requests).toHaveLength(1)
    await clock.advance(1)
    expect(fake.requests).toHaveLength(2)
    expect(fake.requests[1]).toEqual(fake.requests[0])
    expect(current()).toMatchObject({ state: 'queued', resendAtMs: null, attempts: 2, failure: null })
  })

  it('of 429 five times is rejected, and sent no more', async () => {
    const { service, fake, current, clock } = setUp()
    fake.nextAnswer = refuse({ kind: 'rate-limited', retryAfterMs: 1_000 })
    await service.play(welcome)
    await clock.advance(120_000)
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'rate_limited' } })
    expect(fake.requests).toHaveLength(5)
    expect(clock.timers()).toBe(0)
  })

  it('of 429 can be given up: nothing is sent any more', async () => {
    const { service, fake, current, clock } = setUp()
    fake.nextAnswer = refuse({ kind: 'rate-limited', retryAfterMs: 3_000 })
    await service.play(welcome)
    await settled()
    service.cancel()
    await clock.advance(10_000)
    expect(current()).toMatchObject({ state: 'rejected', playedMs: 0 })
    expect(fake.requests).toHaveLength(1)
    expect(clock.timers()).toBe(0)
  })

  it('that was lost is made good by the carrier, when its events come after all', async () => {
    const { service, fake, carrier, current, steps } = setUp()
    fake.nextAnswer = refuse({ kind: 'timeout', mayHaveArrived: true })
    await service.play(welcome)
    await settled()
    expect(current().state).toBe('unknown')
    carrier('playing')
    carrier('completed')
    expect(current()).toMatchObject({ state: 'completed', failure: null })
    expect(steps.map(([, { state }]) => state)).toEqual(['requested', 'unknown', 'playing', 'completed'])
  })

  it('that comes after the first events changes no state', async () => {
    const { service, fake, carrier, current } = setUp()
    const held = createHeld<Awaited<ReturnType<typeof fake.nextAnswer>>>()
    fake.nextAnswer = () => held.promise
    await service.play(welcome)
    carrier('buffering')
    carrier('playing')
    held.release(await accepted())
    await settled()
    expect(current().state).toBe('playing')
    expect(current().times.acceptedAtMs).toBe(10_000)
  })

  it('to an earlier playback does not touch a later one', async () => {
    const { service, fake, carrier, current } = setUp()
    const held = createHeld<Awaited<ReturnType<typeof fake.nextAnswer>>>()
    fake.nextAnswer = () => held.promise
    await service.play(welcome)
    carrier('buffering')
    carrier('completed')
    const forever = createHeld<Awaited<ReturnType<typeof fake.nextAnswer>>>()
    fake.nextAnswer = () => forever.promise
    await service.play(welcome)
    held.release(refused({ kind: 'server-error', message: 'late', mayHaveArrived: true }))
    await settled()
    expect(current()).toMatchObject({ id: 'id-2', state: 'requested' })
  })
})
