// The team: who is followed how, what is shown of them, and what happens where rights are missing.
import { describe, expect, it } from 'vitest'
import { answered, refused } from '../../../src/core/errors'
import { callsTopic } from '../../../src/core/notification'
import { activityTopic, queueTopic } from '../../../src/core/team-topics'
import { describeGap } from '../../../src/core/team-words'
import { createHeld, settled } from '../../support/ports'
import { callOf, createTeamBrowser, noteAt, queue, setUp, team, userIdOf } from './team-harness'

const permission = 'conversation:communication:view'
const isOdd = (topic: string) => Number(/user-(\d+)/.exec(topic)?.[1] ?? 0) % 2 === 1
const refuseHalf = (topic: string) => (topic.endsWith('calls') && isOdd(topic) ? permission : null)

describe('a thousand members', () => {
  it('are followed without a channel that carries more than a thousand topics', async () => {
    const { start, permitted, state, subscribed } = setUp(1_000)
    await start()
    expect(state()).toMatchObject({ status: 'ready', total: 1_000, gaps: [], connection: 'live' })
    expect(permitted().reduce((sum, topics) => sum + topics, 0)).toBe(1_000)
    expect(Math.max(...permitted())).toBeLessThanOrEqual(1_000)
    expect(Math.max(...subscribed.map(({ topics }) => topics.length))).toBeLessThanOrEqual(1_000)
    expect(state().counts.idle).toBe(1_000)
  })

  it('are read by the hundred, and no call of theirs without need', async () => {
    const { start, asked } = setUp(1_000)
    await start()
    expect(asked.people.every((size) => size <= 100)).toBe(true)
    expect(asked.people.reduce((sum, size) => sum + size, 0)).toBe(1_000)
    expect(asked.calls).toEqual([])
  })

  it('with half of them refused: the rest is live, and the view says what is missing', async () => {
    const { start, facts, permitted, state, tell, say, badge } = setUp(1_000)
    facts.refusesTopic = refuseHalf
    await start()
    expect(Math.max(...permitted())).toBeLessThanOrEqual(1_000)
    expect(state().gaps).toEqual([
      { kind: 'calls', agents: 500, permissions: [permission], reason: permission },
    ])
    expect(describeGap(state().gaps[0]!)).toBe(
      `The calls of 500 agents cannot be followed: what they play is not seen. Ask your admin for the permission ${permission}.`,
    )
    tell(callOf(userIdOf(2), noteAt(1_000_100)), userIdOf(2))
    expect(badge(userIdOf(2))).toMatchObject({ state: 'playing', sight: 'calls' })
    say(activityTopic(userIdOf(3)), { busy: true, sinceMs: 1_000_200 })
    expect(badge(userIdOf(3))).toMatchObject({ state: 'on a call', because: 'not seen', sight: 'presence' })
  })

  it('with everything refused: each is not visible, and the view is not empty', async () => {
    const { start, facts, state } = setUp(1_000)
    facts.refusesTopic = () => permission
    await start()
    expect(state().counts['not visible']).toBe(1_000)
    expect(state().gaps.map(({ kind }) => kind)).toEqual(['calls', 'queue', 'presence'])
    expect(state().order).toHaveLength(1_000)
  })
})

it('follows two thousand, and says how many are left out', async () => {
  const { start, state, sockets, permitted } = setUp(2_345)
  await start()
  expect(state().total).toBe(2_000)
  expect(state().gaps.map(describeGap)).toEqual([
    '345 agents are beyond what one view can follow. Choose a smaller team, queue or group.',
  ])
  expect(Math.max(...permitted())).toBeLessThanOrEqual(1_000)
  expect(sockets.all.length).toBeLessThanOrEqual(3)
})

describe('members of a queue', () => {
  it('whose own calls are refused are seen by the queue', async () => {
    const { start, facts, say, badge, state } = setUp(10)
    facts.circles = [queue]
    facts.refusesTopic = refuseHalf
    await start()
    expect(badge(userIdOf(1))).toMatchObject({ state: 'idle', sight: 'queue' })
    say(queueTopic(queue.id), callOf(userIdOf(1), noteAt(1_000_100)))
    expect(badge(userIdOf(1))).toMatchObject({ state: 'playing', sight: 'queue' })
    // A queue shows the others too: their own topic is the one that counts.
    say(queueTopic(queue.id), callOf(userIdOf(2), noteAt(1_000_100)))
    expect(badge(userIdOf(2))).toMatchObject({ state: 'idle', sight: 'calls' })
    expect(state().gaps.map(({ kind }) => kind)).toEqual(['calls'])
  })

  it('of another queue are seen by it as soon as it tells of them', async () => {
    const { start, facts, say, badge } = setUp(4)
    facts.refusesTopic = refuseHalf
    await start()
    expect(badge(userIdOf(1))?.sight).toBe('presence')
    say(queueTopic(queue.id), callOf(userIdOf(1), noteAt(1_000_100)))
    expect(badge(userIdOf(1))).toMatchObject({ state: 'playing', sight: 'queue' })
  })
})

describe('a frame', () => {
  it('changes its own row and no other, and a doubled or late one none', async () => {
    const { start, tell, changes, badge } = setUp(50)
    await start()
    changes.length = 0
    const plays = callOf('user-7', noteAt(1_000_100))
    const done = callOf('user-7', noteAt(1_000_100, { state: 'completed', atMs: 1_000_900 }))
    tell(plays, 'user-7')
    tell(plays, 'user-7')
    tell(done, 'user-7')
    tell(plays, 'user-7')
    tell(callOf('user-7', null), 'user-7')
    expect(changes.map(({ userId, badge: shown }) => [userId, shown.state])).toEqual([
      ['user-7', 'playing'],
      ['user-7', 'done'],
    ])
    expect(badge('user-7')?.state).toBe('done')
  })

  it('moves the list a quarter of a second later at most, once for many', async () => {
    const { start, tell, service, clock, state } = setUp(50)
    await start()
    let lists = 0
    service.snapshot.subscribe(() => (lists += 1))
    for (let index = 10; index < 30; index += 1)
      tell(callOf(userIdOf(index), noteAt(1_000_000 + index)), userIdOf(index))
    expect(lists).toBe(0)
    await clock.advance(250)
    expect(lists).toBe(1)
    expect(state().counts).toMatchObject({ playing: 20, idle: 30 })
    expect(state().order.slice(0, 2)).toEqual(['user-29', 'user-28'])
  })

  it('of nobody in the team, or of no form, changes nothing', async () => {
    const { start, tell, say, changes } = setUp(3)
    await start()
    changes.length = 0
    tell(callOf('stranger', noteAt(1)), 'stranger')
    say('v2.users.user-1.presence', {})
    say('nonsense', {})
    expect(changes).toEqual([])
  })

  it('that says that the prompt is over does not come: the badge says so itself', async () => {
    const { start, tell, idle, badge } = setUp(3)
    await start()
    tell(callOf('user-1', noteAt(1_000_250, { durationMs: 5_000 })), 'user-1')
    await idle(18_000)
    expect(badge('user-1')?.state).toBe('playing')
    await idle(5_000)
    expect(badge('user-1')).toMatchObject({ state: 'unknown', because: 'overdue' })
  })
})

describe('the choice', () => {
  it('is kept, closes what was open, and takes no late answer of the one before', async () => {
    const browser = createTeamBrowser()
    const { start, service, sockets, state, facts, connect } = setUp(5, browser)
    await start()
    const late = createHeld<ReturnType<typeof answered<readonly string[]>>>()
    facts.members = () => late.promise
    void service.choose({ ...team, id: 'team-2', name: 'South' })
    await settled()
    expect(sockets.all.every(({ closed }) => closed)).toBe(true)
    facts.members = () => Promise.resolve(answered(['user-9']))
    void service.choose(queue)
    await connect()
    late.release(answered(['user-1', 'user-2']))
    await connect()
    expect(state()).toMatchObject({ chosen: queue, total: 1, status: 'ready' })
    const next = setUp(5, browser)
    await next.start()
    expect(next.state().chosen).toEqual(queue)
  })

  it('that is refused says why, with the permission that would open it', async () => {
    const { start, facts, state } = setUp(5)
    facts.members = () =>
      Promise.resolve(refused({ kind: 'forbidden', message: 'no', missing: ['groups:team:view'] }))
    await start()
    expect(state()).toMatchObject({ status: 'refused', total: 0 })
    expect(state().gaps.map(describeGap)).toEqual([
      'The members cannot be read. Ask your admin for the permission groups:team:view.',
    ])
  })

  it('of nothing at all is no error', async () => {
    const { start, facts, state } = setUp(5)
    facts.circles = []
    await start()
    expect(state()).toMatchObject({ status: 'ready', chosen: null, total: 0, problem: null })
  })
})

it('filters at once, by name and by state', async () => {
  const { start, tell, service, state } = setUp(20)
  await start()
  tell(callOf('user-4', noteAt(1_000_100)), 'user-4')
  service.filter({ text: '', states: ['playing'] })
  expect(state().order).toEqual(['user-4'])
  service.filter({ text: 'AGENT user-1', states: [] })
  expect(state().order).toHaveLength(11)
})

it('follows nobody any more once it is gone', async () => {
  const { start, service, sockets, clock, tell, changes } = setUp(20)
  await start()
  tell(callOf('user-4', noteAt(1_000_100)), 'user-4')
  service.dispose()
  changes.length = 0
  tell(callOf('user-4', noteAt(1_000_200, { state: 'failed' })), 'user-4')
  expect(changes).toEqual([])
  expect(clock.timers()).toBe(0)
  expect(sockets.all.every(({ closed }) => closed)).toBe(true)
})

it('subscribes to each agent’s own calls, and to presence only where these are refused', async () => {
  const { start, facts, subscribed } = setUp(3)
  facts.refusesTopic = (topic) => (topic === callsTopic('user-1') ? permission : null)
  await start()
  expect(subscribed.map(({ topics }) => topics)).toEqual([
    [0, 1, 2].map((index) => callsTopic(userIdOf(index))),
    [queueTopic(queue.id), activityTopic('user-1')],
  ])
})
