// Several panels in one call: who may play, who has to wait, and that the request leaves in the task of the click.
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../../src/core/errors'
import { interaction } from '../../support/factories'
import { createSharedBrowser } from '../../support/browser-in-memory'
import { createHeld, settled } from '../../support/ports'
import { prepared, setUp, url, welcome } from './playback-harness'

describe('two panels of one call', () => {
  it('send one request between them: the second is told who plays', async () => {
    const browser = createSharedBrowser()
    const [first, second] = [setUp({ browser }), setUp({ browser })]
    await Promise.all([first.service.play(welcome), second.service.play(welcome)])
    await settled()
    expect([first.fake.requests.length, second.fake.requests.length]).toEqual([1, 0])
    expect(second.current()).toMatchObject({ state: 'rejected', failure: { code: 'already_playing' } })
    expect(second.current().failure?.detail).toContain('another panel')
  })

  it('take turns: the lock is free after every kind of end', async () => {
    const ends: ((all: ReturnType<typeof setUp>) => unknown)[] = [
      ({ carrier }) => {
        carrier('buffering')
        carrier('completed')
      },
      ({ fake }) => fake.emit({ state: 'error', url, error: 'decode_failed' }),
      async ({ follow, clock }) => {
        follow(interaction({ held: true }))
        await clock.advance(60_000)
      },
      async ({ service, clock }) => {
        service.channelLost()
        await clock.advance(60_000)
      },
      ({ clock }) => clock.advance(60_000),
      ({ service }) => service.dispose(),
    ]
    for (const end of ends) {
      const all = setUp()
      await all.service.play(welcome)
      await settled()
      expect(all.locks.held.size).toBe(1)
      await end(all)
      expect(all.locks.held.size).toBe(0)
    }
  })

  it('lock each call by itself', async () => {
    const browser = createSharedBrowser()
    const [first, second] = [setUp({ browser }), setUp({ browser })]
    second.facts.interaction = { ...interaction(), id: 'call-2' }
    await first.service.play(welcome)
    await second.service.play(welcome)
    await settled()
    expect(second.fake.requests).toHaveLength(1)
  })

  it('pass the turn on to whoever is clicked, while nothing plays', async () => {
    const browser = createSharedBrowser()
    const [first, second] = [setUp({ browser }), setUp({ browser })]
    first.follow(interaction())
    second.follow(interaction())
    await settled()
    await second.service.play(welcome)
    await settled()
    expect([first.fake.requests.length, second.fake.requests.length]).toEqual([0, 1])
    await first.service.play(welcome)
    await settled()
    expect(first.current()).toMatchObject({ state: 'rejected', failure: { code: 'already_playing' } })
    second.carrier('buffering')
    second.carrier('completed')
    await first.service.play(welcome)
    await settled()
    expect([first.fake.requests.length, second.fake.requests.length]).toEqual([1, 1])
  })

  it('send in the task of the click, where the turn was taken ahead of it', async () => {
    const { service, fake, follow } = setUp()
    fake.nextWatch = () => answered(undefined)
    follow(interaction())
    await settled()
    void service.play(welcome)
    expect(fake.requests).toHaveLength(1)
  })

  it('hold no lock of a call that is on hold or over, and take it again with the call', async () => {
    const { locks, follow } = setUp()
    follow(interaction())
    await settled()
    expect(locks.held.size).toBe(1)
    follow(interaction({ held: true }))
    expect(locks.held.size).toBe(0)
    follow(interaction())
    await settled()
    expect(locks.held.size).toBe(1)
  })

  it('hold no lock for a request that was refused before it was sent', async () => {
    const { service, fake, locks } = setUp()
    fake.nextWatch = () => Promise.resolve(refused({ kind: 'offline', message: 'not open' }))
    await service.play(welcome)
    expect(locks.held.size).toBe(0)
  })

  it('hold no lock for a click that was taken back while it was prepared', async () => {
    const { service, facts, fake, locks, current } = setUp()
    facts.readiness = null
    const held = createHeld<typeof prepared>()
    facts.prepare = () => held.promise
    const click = service.play(welcome)
    service.cancel()
    held.release(prepared)
    await click
    expect(current().state).toBe('stopped')
    expect([locks.held.size, fake.requests.length]).toEqual([0, 0])
  })
})
