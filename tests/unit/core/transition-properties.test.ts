// What holds for every playback, whatever events come in whatever order and however often.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failure } from '../../../src/core/errors'
import {
  isOutcome,
  playbackStates,
  type Playback,
  type PlaybackEffect,
  type PlaybackEvent,
} from '../../../src/core/playback'
import { transition } from '../../../src/core/transition'
import { asset, choice, playback, refusal } from '../../support/factories'

const deadlines = { answerMs: 100, startMs: 100, endMs: 100 }
const atMs = fc.integer({ min: 0, max: 20_000 })
const broken = failure('carrier_failed')

const anyEvent: fc.Arbitrary<PlaybackEvent> = fc.oneof(
  fc.record({
    type: fc.constant('prepared' as const),
    atMs,
    asset: fc.constant(asset()),
    choice: fc.constant(choice()),
    repeats: fc.boolean(),
  }),
  fc.record({ type: fc.constant('refused' as const), atMs, failure: fc.constant(broken) }),
  fc.record({ type: fc.constant('accepted' as const), atMs, carrierId: fc.constantFrom(null, 'c-1', 'c-2') }),
  fc.record({
    type: fc.constant('not-accepted' as const),
    atMs,
    refusal: fc.constantFrom(
      refusal({ kind: 'forbidden' }),
      refusal({ kind: 'rate-limited', retryAfterMs: 50 }),
      refusal({ kind: 'rate-limited' }),
      refusal({ kind: 'timeout', mayHaveArrived: true }),
      refusal({ kind: 'server-error', mayHaveArrived: true }),
    ),
    chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant('resend' as const), atMs }) },
  fc.record({
    type: fc.constantFrom('cancelled' as const, 'channel-lost' as const, 'stopped' as const),
    atMs,
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
  const request = { asset: asset(), choice: choice(), repeats: events.length % 2 === 0 }
  const prepared: PlaybackEvent = { type: 'prepared', atMs: 10, ...request }
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

  holds(
    'it is completed only after its own start, or after its own request where no file is repeated',
    (moments) => {
      for (const { before, after } of moments) {
        if (after.state !== 'completed' || before.state === 'completed') continue
        const { startedAtMs, acceptedAtMs, requestedAtMs } = before.times
        expect(requestedAtMs).not.toBeNull()
        const seen = startedAtMs !== null || acceptedAtMs !== null || before.state === 'buffering'
        if (before.repeats) expect(seen).toBe(true)
      }
    },
  )

  holds('a request goes out again only after an answer that proves that nothing was played', (moments) => {
    for (const { before, event, after, effects } of moments) {
      if (!effects.some(({ type }) => type === 'send')) continue
      expect(after.attempts).toBe(before.attempts + 1)
      if (before.attempts === 0) expect(event.type).toBe('prepared')
      else
        expect([before.state, event.type, before.failure?.code]).toEqual([
          'requested',
          'resend',
          'rate_limited',
        ])
    }
  })

  holds('after a lost answer nothing is ever sent again', (moments) => {
    const lost = moments.findIndex(
      ({ before, after, event }) =>
        event.type === 'not-accepted' && event.refusal.mayHaveArrived && before.state !== after.state,
    )
    if (lost === -1) return
    for (const { effects } of moments.slice(lost))
      expect(effects.filter(({ type }) => type === 'send' || type === 'resend')).toEqual([])
  })

  holds('it is sent five times at most', (moments) => {
    expect(moments.at(-1)?.after.attempts ?? 0).toBeLessThanOrEqual(5)
  })

  holds('it waits to be sent again only in "requested", and then there is a resend on its way', (moments) => {
    for (const { before, after, effects } of moments) {
      if (after.resendAtMs === null) continue
      expect(after.state).toBe('requested')
      if (before.resendAtMs === null) expect(effects.map(({ type }) => type)).toEqual(['resend'])
    }
  })

  holds('no length is claimed across a gap, except the whole one that the platform said', (moments) => {
    for (const { after } of moments) {
      if (!after.sawGap || !isOutcome(after.state) || after.times.startedAtMs === null) continue
      expect(after.playedMs).toBe(after.state === 'completed' ? 3_000 : null)
    }
  })

  holds('an event that changes nothing has no effects', (moments) => {
    for (const { before, after, effects } of moments) if (after === before) expect(effects).toEqual([])
  })

  holds('the same event again changes nothing, except that a wait begins anew', (moments) => {
    for (const { after, event } of moments) {
      if (event.type === 'resend' || event.type === 'not-accepted') continue
      const again = transition(after, event, deadlines)
      expect(again.playback).toBe(after)
      expect(again.effects).toEqual([])
    }
  })

  holds('what was played is between nothing and the whole length, and known only at the end', (moments) => {
    for (const { after } of moments) {
      if (!isOutcome(after.state)) continue
      if (after.state === 'unknown') expect(after.playedMs).toBeNull()
      else if (after.playedMs === null) expect(after.sawGap || after.times.startedAtMs === null).toBe(true)
      else expect(after.playedMs).toBeGreaterThanOrEqual(0)
      expect(after.playedMs ?? 0).toBeLessThanOrEqual(3_000)
    }
  })

  holds('interrupted is only what was seen to begin, and not to end', (moments) => {
    for (const { before, after } of moments) {
      if (after.state !== 'interrupted' || before.state === 'interrupted') continue
      expect(before.state).toBe('playing')
      expect(after.playedMs).not.toBeNull()
      expect(after.playedMs).toBeLessThan(3_000)
    }
  })

  holds('while it runs, nothing is said of its end', (moments) => {
    for (const { after } of moments) {
      if (isOutcome(after.state)) continue
      expect(after).toMatchObject({ playedMs: null, interruptedBy: null })
      if (after.resendAtMs === null) expect(after.failure).toBeNull()
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
