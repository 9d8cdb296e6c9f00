// When a note is written to the call: at the start, at the outcome, once more for a truth; never twice, never out of order.
import { describe, expect, it } from 'vitest'
import { decodeNote } from '../../../src/core/badge'
import { answered, refused, type Answer } from '../../../src/core/errors'
import type { Playback, PlaybackState } from '../../../src/core/playback'
import { createBadges } from '../../../src/services/badges'
import { sentPlayback } from '../../support/factories'
import { createTestAttributes, createTestChance, createTestClock, settled } from '../../support/ports'

function setUp(legOf: () => string | null = () => 'p-agent') {
  const clock = createTestClock(5_000)
  const attributes = createTestAttributes()
  const badges = createBadges(
    { clock, chance: createTestChance(), conversations: { writeAttributes: attributes.writeAttributes } },
    legOf,
  )
  const written = () =>
    attributes.fake.written.map(({ attributes: a }) => decodeNote(a['cueline.badge'] ?? ''))
  const follow = async (states: readonly PlaybackState[], of: Partial<Playback> = {}) => {
    for (const state of states) {
      badges.follow(sentPlayback({ ...of, state }))
      await settled()
    }
  }
  return { clock, attributes, badges, written, follow, states: () => written().map((note) => note?.state) }
}

const whole = ['preparing', 'requested', 'queued', 'buffering', 'playing', 'completed'] as const

it('writes one note at the start and one at the end, on the agent’s own participant', async () => {
  const { follow, states, attributes, clock } = setUp()
  await follow(whole)
  await follow(['completed', 'completed'])
  await clock.advance(60_000)
  expect(states()).toEqual(['playing', 'completed'])
  expect(attributes.fake.written.every(({ participantId }) => participantId === 'p-agent')).toBe(true)
  expect(attributes.fake.written.every(({ conversationId }) => conversationId === 'call-1')).toBe(true)
})

it('writes nothing while a prompt plays, however often something changes', async () => {
  const { follow, states, clock } = setUp()
  await follow(['preparing', 'playing'])
  for (let second = 0; second < 30; second += 1) {
    await clock.advance(1_000)
    await follow(['playing'])
  }
  expect(states()).toEqual(['playing'])
})

it('waits a moment with unknown, and writes only the truth where it comes', async () => {
  const { follow, states, clock } = setUp()
  await follow(['preparing', 'playing', 'unknown'])
  await clock.advance(1_000)
  await follow(['completed'])
  await clock.advance(60_000)
  expect(states()).toEqual(['playing', 'completed'])
})

it('writes unknown, then the truth: three notes at most, however often it goes to and fro', async () => {
  const { follow, states, clock } = setUp()
  await follow(['preparing', 'playing', 'unknown'])
  await clock.advance(2_000)
  await follow(['playing', 'unknown', 'playing', 'unknown'])
  await clock.advance(2_000)
  await follow(['failed'])
  await clock.advance(60_000)
  expect(states()).toEqual(['playing', 'unknown', 'failed'])
})

it('writes later notes with later times, also where the clock stands', async () => {
  const { follow, written } = setUp()
  await follow(whole)
  await follow(whole, { id: 'playback-2' })
  const times = written().map((note) => note?.atMs ?? 0)
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
})

describe('what an earlier panel has told', () => {
  it.each(['playing', 'completed', 'failed', 'unknown'] as const)('%s is not told again', async (state) => {
    const { follow, states, clock } = setUp()
    await follow([state])
    await clock.advance(60_000)
    expect(states()).toEqual([])
  })

  it('is completed by what comes after it', async () => {
    const { follow, states, clock } = setUp()
    await follow(['playing', 'unknown'])
    await clock.advance(60_000)
    await follow(['completed'])
    expect(states()).toEqual(['unknown', 'completed'])
  })
})

it('leaves the note of a newer playback alone when an older one becomes known', async () => {
  const { follow, states } = setUp()
  const later = { id: 'playback-2', times: { ...sentPlayback().times, clickedAtMs: 9_000 } }
  await follow(['preparing', 'playing'])
  await follow(['preparing', 'playing'], later)
  await follow(['completed'])
  expect(states()).toEqual(['playing', 'playing'])
})

it('waits until it is known which participant is the agent', async () => {
  let leg: string | null = null
  const { follow, states } = setUp(() => leg)
  await follow(['preparing', 'playing'])
  expect(states()).toEqual([])
  leg = 'p-agent'
  await follow(['playing'])
  expect(states()).toEqual(['playing'])
})

describe('a write that is slow or refused', () => {
  it('is never overtaken: the next goes when it is answered, and only the newest', async () => {
    const { follow, states, attributes } = setUp()
    let answer: (value: Answer<void>) => void = () => undefined
    attributes.fake.nextAnswer = () => new Promise((resolve) => (answer = resolve))
    await follow(['preparing', 'playing'])
    await follow(['completed'])
    await follow(['preparing', 'playing', 'failed'], { id: 'playback-2' })
    expect(states()).toEqual(['playing'])
    answer(answered(undefined))
    await settled()
    expect(states()).toEqual(['playing', 'failed'])
  })

  it('is tried three times at most', async () => {
    const { follow, states, attributes, clock } = setUp()
    attributes.fake.nextAnswer = () => Promise.resolve(refused({ kind: 'server-error', message: 'broken' }))
    await follow(['preparing', 'playing'])
    await clock.advance(600_000)
    expect(states()).toEqual(['playing', 'playing', 'playing'])
    expect(clock.timers()).toBe(0)
  })

  it('is not tried again where the platform says no', async () => {
    const { follow, states, attributes, clock } = setUp()
    attributes.fake.nextAnswer = () => Promise.resolve(refused({ kind: 'forbidden', message: 'no' }))
    await follow(['preparing', 'playing'])
    await clock.advance(600_000)
    expect(states()).toEqual(['playing'])
  })

  it('gives way to a newer note while it waits', async () => {
    const { follow, states, attributes, clock } = setUp()
    attributes.fake.nextAnswer = () =>
      Promise.resolve(refused({ kind: 'rate-limited', message: 'slow down', retryAfterMs: 20_000 }))
    await follow(['preparing', 'playing'])
    attributes.fake.nextAnswer = () => Promise.resolve(answered(undefined))
    await follow(['completed'])
    await clock.advance(600_000)
    expect(states()).toEqual(['playing', 'completed'])
  })

  it('begins nothing once the panel is gone', async () => {
    const { badges, follow, states, attributes, clock } = setUp()
    let answer: (value: Answer<void>) => void = () => undefined
    attributes.fake.nextAnswer = () => new Promise((resolve) => (answer = resolve))
    await follow(['preparing', 'playing', 'completed'])
    badges.dispose()
    answer(refused({ kind: 'server-error', message: 'broken' }))
    await settled()
    await clock.advance(60_000)
    expect(states()).toEqual(['playing'])
    expect(clock.timers()).toBe(0)
  })
})
