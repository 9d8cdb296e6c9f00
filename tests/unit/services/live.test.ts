// The live call: the newest truth wins, a failed read is tried again, and a widget keeps to its own call.
import { describe, expect, it } from 'vitest'
import type { Conversation } from '../../../src/core/conversation'
import { answered, refused, type Answer } from '../../../src/core/errors'
import { conversation, myUserId } from '../../support/factories'
import { createHeld, settled } from '../../support/ports'
import { ended, setUp } from './live-harness'

describe('reading the call', () => {
  it('shows the call once it was read, without waiting for the channel', async () => {
    const { live, reads, state } = setUp()
    expect(state().status).toBe('loading')
    await live.begin(myUserId)
    expect(reads).toEqual(['call-1'])
    expect(state()).toMatchObject({ status: 'ready', interaction: { id: 'call-1', callState: 'connected' } })
  })

  it('takes what was asked ahead, shows nothing of it before, and asks again where that was long ago', async () => {
    const { live, reads, state } = setUp()
    live.readAhead()
    await settled()
    expect(state()).toMatchObject({ status: 'loading', conversation: null })
    await live.begin(myUserId)
    expect(reads).toEqual(['call-1'])
    expect(state().status).toBe('ready')

    const slow = setUp()
    slow.live.readAhead()
    await slow.clock.advance(5_000)
    await slow.live.begin(myUserId)
    expect(slow.reads).toEqual(['call-1', 'call-1'])
  })

  it('says that a break was missed where only the reading tells of it, and not where a frame does', async () => {
    const { live, fake, connected, frame, missed, state } = setUp()
    await live.begin(myUserId)
    fake.nextCall = () => Promise.resolve(answered(ended('call-1')))
    connected()
    await settled()
    expect([missed, state().interaction?.callState]).toEqual([['break'], 'ended'])
    frame(conversation())
    frame(ended('call-1'))
    connected()
    await settled()
    expect(missed).toEqual(['break'])
  })

  it('reads again each time a connection stands, since frames may have been missed', async () => {
    const { live, reads, fake, connected, state } = setUp()
    connected()
    expect(reads).toEqual([])
    await live.begin(myUserId)
    fake.nextCall = () => Promise.resolve(answered(ended('call-1')))
    connected()
    await settled()
    expect(state().interaction?.callState).toBe('ended')
  })

  it('tries again after what passes, and says meanwhile that it was refused', async () => {
    const { live, reads, fake, clock, state } = setUp()
    const works = fake.nextCall
    fake.nextCall = () =>
      Promise.resolve(refused({ kind: 'server-error', message: 'HTTP 503', correlationId: 'abc' }))
    await live.begin(myUserId)
    expect(state()).toMatchObject({ status: 'refused', refusal: { correlationId: 'abc' } })
    fake.nextCall = works
    await clock.advance(1_000)
    expect(reads).toHaveLength(2)
    expect(state()).toMatchObject({ status: 'ready', refusal: null })
  })

  it('waits as long as the platform says', async () => {
    const { live, reads, fake, clock } = setUp()
    fake.nextCall = () =>
      Promise.resolve(refused({ kind: 'rate-limited', message: '429', retryAfterMs: 7_000 }))
    await live.begin(myUserId)
    await clock.advance(6_999)
    expect(reads).toHaveLength(1)
    await clock.advance(1)
    expect(reads).toHaveLength(2)
  })

  it('does not try again what will not get better, until somebody asks', async () => {
    const { live, reads, fake, clock, state } = setUp()
    fake.nextCall = () => Promise.resolve(refused({ kind: 'not-found', message: 'HTTP 404' }))
    await live.begin(myUserId)
    expect(clock.timers()).toBe(0)
    expect(state().status).toBe('refused')
    await live.read()
    expect(reads).toHaveLength(2)
  })

  it('keeps showing the call it knows when a later read fails', async () => {
    const { live, fake, state } = setUp()
    await live.begin(myUserId)
    fake.nextCall = () => Promise.resolve(refused({ kind: 'offline', message: 'offline' }))
    await live.read()
    expect(state()).toMatchObject({ status: 'ready', interaction: { id: 'call-1' } })
  })
})

describe('a frame', () => {
  it('is newer than a read that began before it', async () => {
    const { live, fake, frame, state } = setUp()
    const held = createHeld<Answer<Conversation>>()
    fake.nextCall = () => held.promise
    const reading = live.begin(myUserId)
    frame(ended('call-1'))
    held.release(answered(conversation()))
    await reading
    expect(state().interaction?.callState).toBe('ended')
  })

  it('is older than a read that began after it', async () => {
    const { live, frame, state } = setUp()
    await live.begin(myUserId)
    frame(ended('call-1'))
    await live.read()
    expect(state().interaction?.callState).toBe('connected')
  })

  it('counts only from my own topic, only readable, and only once it is known who I am', async () => {
    const { live, frame, state } = setUp()
    frame(ended('call-1'))
    expect(state().status).toBe('loading')
    await live.begin(myUserId)
    frame(ended('call-1'), 'v2.users.somebody.conversations.calls')
    frame(null)
    expect(state().interaction?.callState).toBe('connected')
  })

  it('of another call changes nothing where the call is fixed', async () => {
    const { live, frame, state } = setUp()
    await live.begin(myUserId)
    frame(conversation({ id: 'call-2' }))
    expect(state().interaction?.id).toBe('call-1')
    frame(ended('call-1'))
    frame(conversation({ id: 'call-2' }))
    expect(state().interaction?.id).toBe('call-1')
  })
})

describe('following whatever call the agent has', () => {
  it('takes the one that is live among many', async () => {
    const { live, reads, fake, state } = setUp(null)
    fake.nextCalls = () => Promise.resolve(answered([ended('old'), conversation({ id: 'now' })]))
    await live.begin(myUserId)
    expect(reads).toEqual(['mine'])
    expect(state().interaction?.id).toBe('now')
  })

  it('says that there is none, until a frame brings one', async () => {
    const { live, fake, frame, state } = setUp(null)
    fake.nextCalls = () => Promise.resolve(answered([]))
    await live.begin(myUserId)
    expect(state()).toEqual({ status: 'no-call', interaction: null, conversation: null, refusal: null })
    frame(conversation({ id: 'new' }))
    expect(state().interaction?.id).toBe('new')
  })

  it('stays with a call while it lasts, and goes on to the next after it', async () => {
    const { live, frame, state } = setUp(null)
    await live.begin(myUserId)
    frame(conversation({ id: 'call-2' }))
    expect(state().interaction?.id).toBe('call-1')
    frame(ended('call-1'))
    frame(conversation({ id: 'call-2' }))
    expect(state().interaction?.id).toBe('call-2')
  })
})

describe('dispose', () => {
  it('leaves no listener and no timer', async () => {
    const { live, fake, clock, listeners } = setUp()
    fake.nextCall = () => Promise.resolve(refused({ kind: 'offline', message: 'offline' }))
    await live.begin(myUserId)
    expect(clock.timers()).toBe(1)
    live.dispose()
    expect(listeners()).toBe(0)
    expect(clock.timers()).toBe(0)
  })

  it('leaves no timer behind a read that was still under way', async () => {
    const { live, fake, clock, state } = setUp()
    const held = createHeld<Answer<Conversation>>()
    fake.nextCall = () => held.promise
    const reading = live.begin(myUserId)
    live.dispose()
    held.release(refused({ kind: 'offline', message: 'offline' }))
    await reading
    expect(clock.timers()).toBe(0)
    expect(state().status).toBe('loading')
  })
})
