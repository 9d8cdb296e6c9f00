// A team after a gap: what is stale and since when, what is read again, and what a reload finds.
import { describe, expect, it } from 'vitest'
import { refused } from '../../../src/core/errors'
import { callOf, createTeamBrowser, noteAt, setUp, team } from './team-harness'

const ended = { state: 'disconnected', endedAtMs: 1_000_500 }
const refuseHalf = (topic: string) =>
  topic.endsWith('calls') && Number(/user-(\d+)/.exec(topic)?.[1] ?? 0) % 2 === 1 ? 'a:b:c' : null

describe('a lost connection', () => {
  it('makes every badge stale since then, and each one true again that is read or heard of', async () => {
    const { start, breakAll, connect, clock, tell, service, facts, asked, state } = setUp(4)
    await start()
    tell(callOf('user-1', noteAt(1_000_100)), 'user-1')
    tell(callOf('user-2', null), 'user-2')
    const lostAtMs = clock.now()
    breakAll()
    expect(state().connection).toBe('lost')
    expect(service.row('user-1')).toMatchObject({ staleSinceMs: lostAtMs, badge: { state: 'playing' } })
    // Meanwhile: the one has ended their call, the other's prompt is over.
    facts.activityOf = (userId) => ({ busy: userId === 'user-1', sinceMs: null })
    const over = callOf('user-1', noteAt(1_000_100, { state: 'completed', atMs: 1_030_000 }))
    facts.calls.set(over.id, over)
    await clock.advance(5_000)
    await connect()
    expect(asked.calls).toEqual(['call-user-1', 'call-user-2'])
    expect(service.row('user-1')).toMatchObject({ staleSinceMs: null, badge: { state: 'done' } })
    expect(service.row('user-2')).toMatchObject({ staleSinceMs: null, badge: { state: 'idle' } })
    expect(state().connection).toBe('live')
  })

  it('leaves a badge stale that can neither be read nor was heard of', async () => {
    const { start, breakAll, connect, clock, tell, service, facts } = setUp(2)
    await start()
    tell(callOf('user-1', noteAt(1_000_100, { state: 'completed' })), 'user-1')
    breakAll()
    facts.people = () =>
      Promise.resolve(refused({ kind: 'forbidden', message: 'no', missing: ['directory:user:view'] }))
    await clock.advance(5_000)
    await connect()
    expect(service.row('user-1')).toMatchObject({
      staleSinceMs: expect.any(Number),
      badge: { state: 'done' },
    })
    tell(callOf('user-1', null, ended), 'user-1')
    expect(service.row('user-1')?.staleSinceMs).toBeNull()
  })

  it('brings rights along that were given meanwhile', async () => {
    const { start, facts, breakAll, clock, connect, state } = setUp(10)
    facts.refusesTopic = refuseHalf
    await start()
    expect(state().gaps).toHaveLength(1)
    facts.refusesTopic = () => null
    breakAll()
    await clock.advance(5_000)
    await connect()
    expect(state().gaps).toEqual([])
  })
})

describe('a reload', () => {
  it('in the middle of a colleague’s playback shows it again, by the call that was seen', async () => {
    const browser = createTeamBrowser()
    const before = setUp(100, browser)
    await before.start()
    const plays = callOf('user-42', noteAt(browser.clock.now()))
    before.tell(plays, 'user-42')
    before.service.pin('user-7', true)
    await browser.clock.advance(250)
    before.service.dispose()
    const after = setUp(100, browser)
    after.facts.calls.set(plays.id, plays)
    after.facts.activityOf = (userId) => ({ busy: userId === 'user-42', sinceMs: null })
    await after.start()
    expect(after.badge('user-42')).toMatchObject({ state: 'playing' })
    expect(after.state().chosen).toEqual(team)
    expect(after.state().order.slice(0, 2)).toEqual(['user-7', 'user-42'])
    expect(after.asked.calls).toEqual([plays.id])
  })

  it('says that a call was not seen where it cannot be read', async () => {
    const { start, facts, badge } = setUp(3)
    facts.activityOf = () => ({ busy: true, sinceMs: 5 })
    await start()
    expect(badge('user-1')).toMatchObject({ state: 'on a call', because: 'not seen' })
  })
})
