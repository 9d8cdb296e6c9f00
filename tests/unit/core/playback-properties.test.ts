// What holds for every playback, whatever events come in whatever order and however often.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failure } from '../../../src/core/errors'
import {
  isOutcome,
  playbackStates,
  transition,
  type Playback,
  type PlaybackEffect,
  type PlaybackEvent,
} from '../../../src/core/playback'
import { asset, playback } from '../../support/factories'

const deadlines = { answerMs: 100, startMs: 100, endMs: 100 }
const atMs = fc.integer({ min: 0, max: 20_000 })
const broken = failure('carrier_failed')

const anyEvent: fc.Arbitrary<PlaybackEvent> = fc.oneof(
  fc.record({ type: fc.constant('prepared' as const), atMs, asset: fc.constant(asset()) }),
  fc.record({ type: fc.constant('refused' as const), atMs, failure: fc.constant(broken) }),
  fc.record({ type: fc.constant('accepted' as const), atMs, carrierId: fc.constantFrom(null, 'c-1', 'c-2') }),
  fc.record({
    type: fc.constant('not-accepted' as const),
    atMs,
    failure: fc.constant(broken),
    mayHaveArrived: fc.boolean(),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('carrier' as const),
      atMs,
      state: fc.constantFrom('buffering' as const, 'playing' as const, 'completed' as const),
    }),
  },
  fc.record({ type: fc.constant('carrier-failed' as const), atMs, failure: fc.constant(broken) }),
  fc.record({
    type: fc.constant('call-broke' as const),
    atMs,
    by: fc.constantFrom('hold' as const, 'hang-up' as const, 'transfer' as const),
  }),
  fc.record({ type: fc.constant('overdue' as const), atMs, state: fc.constantFrom(...playbackStates) }),
)
/** Most begin with a request: else nearly all would end before anything could happen. */
const anyEvents = fc.tuple(fc.boolean(), fc.array(anyEvent, { maxLength: 20 })).map(([asked, events]) => {
  const prepared: PlaybackEvent = { type: 'prepared', atMs: 10, asset: asset() }
  return asked ? [prepared, ...events] : events
})

interface Moment {
  readonly before: Playback
  readonly event: PlaybackEvent
  readonly after: Playback
  readonly effects: readonly PlaybackEffect[]
}

function run(events: readonly PlaybackEvent[]): Moment[] {
  let current = playback()
  return events.map((event) => {
    const before = current
    const { playback: after, effects } = transition(before, event, deadlines)
    current = after
    return { before, event, after, effects }
  })
}

const holds = (name: string, check: (moments: Moment[]) => void) =>
  it(name, () => {
    fc.assert(
      fc.property(anyEvents, (events) => check(run(events))),
      { numRuns: 1_000 },
    )
  })

describe('for any sequence of events', () => {
  holds('an outcome stays for ever, and only unknown is replaced', (moments) => {
    for (const { before, after } of moments)
      if (isOutcome(before.state) && before.state !== 'unknown') expect(after.state).toBe(before.state)
  })

  holds('there is at most one outcome besides unknown', (moments) => {
    const reached = moments.filter(
      ({ before, after }) => before.state !== after.state && isOutcome(after.state),
    )
    expect(reached.filter(({ after }) => after.state !== 'unknown').length).toBeLessThanOrEqual(1)
  })

  holds('each outcome is recorded once, at the moment it is reached', (moments) => {
    for (const { before, after, effects } of moments) {
      const reached = before.state !== after.state && isOutcome(after.state)
      expect(effects.filter(({ type }) => type === 'record').length).toBe(reached ? 1 : 0)
    }
  })

  holds('it is completed only by the word of the platform', (moments) => {
    for (const { before, after, event } of moments)
      if (after.state === 'completed' && before.state !== 'completed')
        expect(event).toMatchObject({ type: 'carrier', state: 'completed' })
  })

  holds('the request goes out at most once', (moments) => {
    const sends = moments.flatMap(({ effects }) => effects.filter(({ type }) => type === 'send'))
    expect(sends.length).toBeLessThanOrEqual(1)
  })

  holds('the same event again changes nothing', (moments) => {
    for (const { after, event } of moments) {
      const again = transition(after, event, deadlines)
      expect(again.playback).toBe(after)
      expect(again.effects).toEqual([])
    }
  })

  holds('what was played is between nothing and the whole length, and known only at the end', (moments) => {
    for (const { after } of moments) {
      if (!isOutcome(after.state)) continue
      if (after.state === 'unknown') expect(after.playedMs).toBeNull()
      else expect(after.playedMs).toBeGreaterThanOrEqual(0)
      expect(after.playedMs ?? 0).toBeLessThanOrEqual(3_000)
    }
  })

  holds('while it runs, nothing is said of its end', (moments) => {
    for (const { after } of moments) {
      if (isOutcome(after.state)) continue
      expect(after).toMatchObject({ failure: null, playedMs: null, interruptedBy: null })
      expect(after.times.endedAtMs).toBeNull()
    }
  })

  holds('whatever failed has a failure, and whatever went well has none', (moments) => {
    for (const { after } of moments) {
      if (['failed', 'rejected', 'unknown'].includes(after.state)) expect(after.failure).not.toBeNull()
      if (['completed', 'interrupted', 'stopped'].includes(after.state)) expect(after.failure).toBeNull()
    }
  })

  holds('every state that waits for the platform has a deadline', (moments) => {
    for (const { before, after, effects } of moments) {
      const waits = ['requested', 'queued', 'buffering', 'playing'].includes(after.state)
      if (before.state !== after.state && waits)
        expect(effects).toContainEqual(expect.objectContaining({ type: 'deadline', state: after.state }))
    }
  })
})
