// What other panels play, and the guard's questions: what stands in the way, and who decides.
import { describe, expect, it } from 'vitest'
import { refused } from '../../../src/core/errors'
import { interaction, prompt } from '../../support/factories'
import { settled } from '../../support/ports'
import { setUp, url, welcome } from './playback-harness'

describe('a playback of another panel', () => {
  it('that was seen to run stands in the way until it ended', async () => {
    const { service, fake, current } = setUp()
    fake.emit({ state: 'playing', url })
    expect(service.snapshot.value.foreign).toBe(url)
    await service.play(welcome)
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'already_playing' } })
    fake.emit({ state: 'completed', url })
    expect(service.snapshot.value.foreign).toBeNull()
    await service.play(welcome)
    await settled()
    expect(fake.requests).toHaveLength(1)
  })

  it.each<[string, (all: ReturnType<typeof setUp>) => void]>([
    ['failed', ({ fake }) => fake.emit({ state: 'error', url, error: 'fetch_failed' })],
    ['was cut by a hold', ({ follow }) => follow(interaction({ held: true }))],
    ['was lost from sight', ({ service }) => service.channelLost()],
  ])('stands in the way no more once it %s', (_name, end) => {
    const all = setUp()
    all.fake.emit({ state: 'buffering', url })
    end(all)
    expect(all.service.snapshot.value.foreign).toBeNull()
  })

  it('of another call is nothing to this one', () => {
    const { service, fake } = setUp()
    fake.emit({ state: 'playing', url, interactionId: 'call-2' })
    expect(service.snapshot.value.foreign).toBeNull()
  })

  it('of the same file is not taken for the end of ours after a lost answer', async () => {
    const { service, fake, carrier, current } = setUp()
    fake.emit({ state: 'playing', url })
    fake.emit({ state: 'completed', url })
    fake.nextAnswer = () =>
      Promise.resolve(refused({ kind: 'timeout', message: 'lost', mayHaveArrived: true }))
    await service.play(welcome)
    await settled()
    carrier('completed')
    expect(current().state).toBe('unknown')
  })

  it('of another call, with the same file, does not move ours while our call cannot hear it', async () => {
    const { facts, fake, follow, service, carrier, current } = setUp()
    fake.nextAnswer = () =>
      Promise.resolve(refused({ kind: 'timeout', message: 'lost', mayHaveArrived: true }))
    await service.play(welcome)
    await settled()
    service.channelLost()
    facts.interaction = interaction({ held: true })
    facts.playsElsewhere = 'open'
    const before = current()
    for (const state of ['buffering', 'playing', 'completed'] as const) carrier(state)
    expect(current()).toBe(before)
    // Once nobody else has the file under way, it can only be ours again.
    facts.playsElsewhere = null
    follow(interaction())
    carrier('buffering')
    expect(current()).not.toBe(before)
  })

  it('of another call, with the same file, does not say what became of ours', async () => {
    const { facts, fake, service, carrier, current } = setUp()
    fake.nextAnswer = () =>
      Promise.resolve(refused({ kind: 'timeout', message: 'lost', mayHaveArrived: true }))
    await service.play(welcome)
    await settled()
    service.channelLost()
    facts.playsElsewhere = 'heard'
    const before = current()
    for (const state of ['buffering', 'playing', 'completed'] as const) carrier(state)
    expect(current()).toBe(before)
  })

  it('of another call, with the same file, is none in this one', () => {
    const { facts, service, carrier } = setUp()
    facts.playsElsewhere = 'heard'
    carrier('playing')
    expect(service.snapshot.value.foreign).toBeNull()
  })

  it.each([
    ['heard', 0],
    ['open', 1],
  ] as const)(
    'of the same file that is %s in another call: %i requests of ours',
    async (elsewhere, count) => {
      const { facts, fake, locks, service, current } = setUp()
      facts.playsElsewhere = elsewhere
      await service.play(welcome)
      await settled()
      expect(fake.requests).toHaveLength(count)
      expect(locks.held.size).toBe(count)
      if (count === 0)
        expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'already_playing' } })
    },
  )

  it('elsewhere is no matter to one that runs here: its events are its own', async () => {
    const { facts, playing, carrier, current } = setUp()
    await playing()
    facts.playsElsewhere = 'open'
    carrier('completed')
    expect(current().state).toBe('completed')
  })

  it('is not seen in late or doubled events of our own', async () => {
    const { service, playing, carrier } = setUp()
    await playing()
    carrier('completed')
    for (const state of ['buffering', 'playing', 'completed'] as const) {
      carrier(state)
      expect(service.snapshot.value.foreign).toBeNull()
    }
  })

  it('whose end never comes does not stand in the way for ever', async () => {
    const { service, fake, clock } = setUp()
    fake.emit({ state: 'playing', url })
    await clock.advance(10 * 60_000)
    expect(service.snapshot.value.foreign).toBeNull()
    expect(clock.timers()).toBe(0)
  })
})

describe('a question of the guard', () => {
  const listenedIn = { ...interaction(), monitored: true }

  it('comes before anything is prepared or sent, and is answered with yes', async () => {
    const { service, fake, facts, current } = setUp()
    facts.interaction = listenedIn
    await service.play(welcome)
    expect(service.snapshot.value.question).toMatchObject({
      prompt: { key: 'welcome' },
      obstacle: { action: 'ask', failure: { code: 'monitored' } },
    })
    expect(service.snapshot.value.current).toBeNull()
    expect(fake.requests).toEqual([])
    service.answer(true)
    await settled()
    expect(service.snapshot.value.question).toBeNull()
    expect(fake.requests).toHaveLength(1)
    expect(current().promptKey).toBe('welcome')
  })

  it('answered with no is gone, and nothing was sent', async () => {
    const { service, fake, facts } = setUp()
    facts.interaction = listenedIn
    await service.play(welcome)
    service.answer(false)
    service.answer(true)
    await settled()
    expect(service.snapshot.value).toMatchObject({ question: null, current: null })
    expect(fake.requests).toEqual([])
  })

  it('answered with yes does not open what is shut meanwhile', async () => {
    const { service, fake, facts, current } = setUp()
    facts.interaction = listenedIn
    await service.play(welcome)
    facts.interaction = interaction({ held: true })
    service.answer(true)
    await settled()
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'call_on_hold' } })
    expect(fake.requests).toEqual([])
  })

  it('is none where the backend refuses to play then', async () => {
    const { service, facts, current } = setUp({ can: { refusesMonitored: true } })
    facts.interaction = listenedIn
    await service.play(welcome)
    expect(service.snapshot.value.question).toBeNull()
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'monitored' } })
  })

  it('about consent is asked where we called the customer', async () => {
    const { service, facts } = setUp()
    facts.interaction = interaction({ direction: 'outbound' })
    await service.play(prompt({ requires: { recording: false, consent: true } }))
    expect(service.snapshot.value.question?.obstacle.sentence).toContain('consent')
  })
})

describe('stopping early', () => {
  it('is done where the backend can, and says how much was played', async () => {
    const { service, playing, clock, current, fake, records } = setUp({ can: { stop: true } })
    await playing()
    await clock.advance(1_250)
    await service.stop()
    expect(fake.stopped).toEqual(['id-1'])
    expect(current()).toMatchObject({ state: 'stopped', playedMs: 1_250, failure: null })
    expect(records).toHaveLength(1)
  })

  it('is not claimed where the platform refused it', async () => {
    const { service, playing, current, fake } = setUp({ can: { stop: true } })
    await playing()
    fake.nextStop = () => Promise.resolve(refused({ kind: 'server-error', message: 'HTTP 503' }))
    await service.stop()
    expect(current().state).toBe('playing')
  })

  it('does nothing where the backend cannot', async () => {
    const { service, playing, current } = setUp()
    await playing()
    await service.stop()
    expect(current().state).toBe('playing')
  })
})
