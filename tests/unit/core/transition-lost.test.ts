// The machine where words are missing: turned away, answers lost, the channel gone, an end that may be another's.
import { describe, expect, it } from 'vitest'
import { failure } from '../../../src/core/errors'
import { isOutcome, type Playback, type PlaybackEvent, type PlaybackState } from '../../../src/core/playback'
import { transition } from '../../../src/core/transition'
import { asset, playback, refusal, sentPlayback } from '../../support/factories'

const deadlines = { answerMs: 16_000, startMs: 10_000, endMs: 5_000 }
const step = (from: Playback, event: PlaybackEvent) => transition(from, event, deadlines)
const broken = failure('asset_corrupt')
const turnedAway = refusal({ kind: 'forbidden', mayHaveArrived: false })
const lostAnswer = refusal({ kind: 'timeout', mayHaveArrived: true })

/** A playback in the state, as it would really be there. */
function inState(state: PlaybackState): Playback {
  if (state === 'preparing') return playback()
  const sent = sentPlayback({ state })
  if (state === 'playing') return { ...sent, times: { ...sent.times, startedAtMs: 1_200 } }
  return isOutcome(state) ? { ...sent, playedMs: 0, times: { ...sent.times, endedAtMs: 1_300 } } : sent
}

describe('a request that was turned away for the rate', () => {
  const later = refusal({ kind: 'rate-limited', status: 429, retryAfterMs: 7_000 })
  const wait = (from: Playback = sentPlayback(), refused = later) =>
    step(from, { type: 'not-accepted', atMs: 2_000, refusal: refused, chance: 0.5 })
  const waiting = wait().playback

  it('waits as long as the platform says, and shows until when', () => {
    const { playback: after, effects } = wait()
    expect(after).toMatchObject({
      state: 'requested',
      resendAtMs: 9_000,
      attempts: 1,
      failure: { code: 'rate_limited' },
    })
    expect(effects).toEqual([{ type: 'resend', afterMs: 7_000 }])
  })

  it('waits by chance below 2^n seconds where the platform says nothing', () => {
    const unsaid = { ...later, retryAfterMs: null }
    expect(wait(sentPlayback(), unsaid).effects).toEqual([{ type: 'resend', afterMs: 1_000 }])
    expect(wait(sentPlayback({ attempts: 3 }), unsaid).effects).toEqual([{ type: 'resend', afterMs: 4_000 }])
  })

  it('is sent again when the wait is over, and counts it', () => {
    const { playback: after, effects } = step(waiting, { type: 'resend', atMs: 9_000 })
    expect(after).toMatchObject({ state: 'requested', resendAtMs: null, attempts: 2, failure: null })
    expect(after.times).toMatchObject({ requestedAtMs: 9_000, clickedAtMs: 1_000 })
    expect(effects).toEqual([
      { type: 'send', asset: asset() },
      { type: 'deadline', state: 'requested', afterMs: 16_000 },
    ])
  })

  it('is given up after the fifth time', () => {
    const { playback: after, effects } = wait(sentPlayback({ attempts: 5 }))
    expect(after).toMatchObject({ state: 'rejected', failure: { code: 'rate_limited' }, resendAtMs: null })
    expect(effects).toEqual([{ type: 'record' }])
  })

  it.each<[string, PlaybackEvent, string]>([
    ['cancelled by the agent', { type: 'cancelled', atMs: 3_000 }, 'rate_limited'],
    ['the call was put on hold', { type: 'call-broke', atMs: 3_000, by: 'hold' }, 'call_on_hold'],
    ['the call ended', { type: 'call-broke', atMs: 3_000, by: 'hang-up' }, 'call_not_connected'],
    ['the channel was lost', { type: 'channel-lost', atMs: 3_000 }, 'channel_lost'],
    ['the channel changes its holder', { type: 'channel-changed', atMs: 3_000 }, 'channel_lost'],
  ])('is rejected, since nothing was played, when %s', (_name, event, code) => {
    const { playback: after, effects } = step(waiting, event)
    expect(after).toMatchObject({ state: 'rejected', playedMs: 0, resendAtMs: null, failure: { code } })
    expect(effects).toEqual([{ type: 'record' }])
  })

  it.each(['buffering', 'playing', 'completed'] as const)(
    'does not take "%s" for its own while it waits: nothing was sent that could begin',
    (state) => {
      expect(step(waiting, { type: 'carrier', atMs: 3_000, state }).playback).toBe(waiting)
    },
  )

  it.each<PlaybackEvent>([
    { type: 'accepted', atMs: 3_000, carrierId: 'c-1' },
    { type: 'carrier-failed', atMs: 3_000, failure: broken },
    { type: 'overdue', atMs: 3_000, state: 'requested' },
    { type: 'stopped', atMs: 3_000 },
  ])('is not touched by %j while it waits', (event) => {
    expect(step(waiting, event)).toEqual({ playback: waiting, effects: [] })
  })

  it('does not wait a second time for the same answer', () => {
    expect(wait(waiting).playback).toBe(waiting)
  })
})

describe('a lost answer', () => {
  const lose = (from = sentPlayback()) =>
    step(from, { type: 'not-accepted', atMs: 2_000, refusal: lostAnswer, chance: 0.5 })

  it.each(['timeout', 'offline', 'server-error', 'malformed'] as const)(
    'by %s makes it unknown, and is never sent again',
    (kind) => {
      const refused = refusal({ kind, mayHaveArrived: true })
      const { playback: after, effects } = step(sentPlayback(), {
        type: 'not-accepted',
        atMs: 2_000,
        refusal: refused,
        chance: 0.5,
      })
      expect(after).toMatchObject({ state: 'unknown', playedMs: null, resendAtMs: null })
      expect(effects).toEqual([{ type: 'record' }])
    },
  )

  it('is not sent again by a resend that was still under way', () => {
    const lost = lose().playback
    expect(step(lost, { type: 'resend', atMs: 3_000 })).toEqual({ playback: lost, effects: [] })
  })

  it('even of 429, where it may have arrived all the same', () => {
    const odd = refusal({ kind: 'rate-limited', retryAfterMs: 1_000, mayHaveArrived: true })
    const { playback: after } = step(sentPlayback(), {
      type: 'not-accepted',
      atMs: 2_000,
      refusal: odd,
      chance: 0.5,
    })
    expect(after).toMatchObject({ state: 'unknown', resendAtMs: null })
  })

  it('is known after all by a late "no", but not where the carrier had said yes', () => {
    const overdue = step(sentPlayback(), { type: 'overdue', atMs: 17_010, state: 'requested' }).playback
    const no = { type: 'not-accepted', atMs: 18_000, refusal: turnedAway, chance: 0.5 } as const
    expect(step(overdue, no).playback).toMatchObject({ state: 'rejected', playedMs: 0 })
    const accepted = { ...overdue, times: { ...overdue.times, acceptedAtMs: 1_100 } }
    expect(step(accepted, no).playback).toBe(accepted)
  })
})

describe('"completed"', () => {
  const completed = { type: 'carrier', atMs: 5_000, state: 'completed' } as const

  it.each(['requested', 'queued'] as const)(
    'in %s belongs to an earlier playback: this one was not seen to begin',
    (state) => {
      const before = inState(state)
      expect(step(before, completed)).toEqual({ playback: before, effects: [] })
    },
  )

  it('after a lost answer is taken where this file was not played before', () => {
    expect(step(inState('unknown'), completed).playback).toMatchObject({
      state: 'completed',
      playedMs: 3_000,
    })
  })

  it('after a lost answer is not taken where the same file was played before', () => {
    const before = { ...inState('unknown'), repeats: true }
    expect(step(before, completed).playback).toBe(before)
  })

  it('of a repeated file is taken once this playback was accepted or seen to begin', () => {
    for (const seen of [{ acceptedAtMs: 1_100 }, { startedAtMs: 1_200 }]) {
      const before = { ...inState('unknown'), repeats: true }
      const witnessed = { ...before, times: { ...before.times, ...seen } }
      expect(step(witnessed, completed).playback.state).toBe('completed')
    }
  })
})

describe('the event channel lost', () => {
  const lost = step(inState('playing'), { type: 'channel-lost', atMs: 2_000 }).playback

  it('makes it unknown, with no length claimed', () => {
    expect(lost).toMatchObject({
      state: 'unknown',
      sawGap: true,
      playedMs: null,
      failure: { code: 'channel_lost' },
    })
  })

  it.each(['playing', 'completed'] as const)('is made good by a later "%s"', (state) => {
    const { playback: after } = step(lost, { type: 'carrier', atMs: 2_500, state })
    expect(after).toMatchObject({ state, failure: null })
    expect(after.playedMs).toBe(state === 'completed' ? 3_000 : null)
  })

  it('leaves the length of a later failure unsaid, and a later break of the call unknown', () => {
    const back = step(lost, { type: 'carrier', atMs: 2_500, state: 'playing' }).playback
    expect(step(back, { type: 'carrier-failed', atMs: 3_000, failure: broken }).playback).toMatchObject({
      state: 'failed',
      playedMs: null,
    })
    expect(step(back, { type: 'call-broke', atMs: 3_000, by: 'hold' }).playback).toMatchObject({
      state: 'unknown',
      playedMs: null,
      failure: { code: 'channel_lost', detail: 'hold' },
    })
  })

  it('waits for the rest of the length only, counted from the start that was seen', () => {
    const { effects } = step(lost, { type: 'carrier', atMs: 3_200, state: 'playing' })
    expect(effects).toEqual([{ type: 'deadline', state: 'playing', afterMs: 1_000 + 5_000 }])
  })

  it('means nothing before the request, or after the end', () => {
    for (const state of ['preparing', 'completed', 'failed'] as const) {
      const before = inState(state)
      expect(step(before, { type: 'channel-lost', atMs: 2_000 }).playback).toBe(before)
    }
  })

  it.each([
    { type: 'channel-lost', atMs: 1_500 },
    { type: 'channel-changed', atMs: 1_500 },
    { type: 'unseen', atMs: 1_500 },
  ] as const)('leaves an unknown one unknown ($type), and what comes of it later claims no length', (gap) => {
    const unknown = step(inState('requested'), { type: 'overdue', atMs: 1_300, state: 'requested' }).playback
    const after = step({ ...unknown, sawGap: false }, gap)
    expect(after).toEqual({ playback: { ...unknown, sawGap: true }, effects: [] })
    const sounding = step(after.playback, { type: 'carrier', atMs: 2_000, state: 'playing' }).playback
    const failed = { type: 'carrier-failed', atMs: 2_250, failure: failure('carrier_failed') } as const
    expect(step(sounding, failed).playback).toMatchObject({ state: 'failed', playedMs: null })
  })
})

describe('stopped by the agent', () => {
  it('says how many milliseconds were played', () => {
    const { playback: after } = step(inState('playing'), { type: 'stopped', atMs: 2_300 })
    expect(after).toMatchObject({ state: 'stopped', playedMs: 1_100, failure: null })
  })

  it('before it was sent says that nothing was', () => {
    const { playback: after } = step(playback(), { type: 'cancelled', atMs: 1_005 })
    expect(after).toMatchObject({ state: 'stopped', playedMs: 0, attempts: 0 })
  })
})

describe('what happened while nobody could listen for a moment', () => {
  const changed: PlaybackEvent = { type: 'channel-changed', atMs: 2_000 }
  const said: PlaybackEvent = { type: 'carrier', state: 'completed', atMs: 9_000 }
  const after = step(inState('playing'), changed).playback

  it('is not unknown yet: the playback goes on, and the word that comes is believed', () => {
    expect(after).toMatchObject({ state: 'playing', sawGap: true })
    expect(step(after, said).playback).toMatchObject({ state: 'completed', playedMs: asset().durationMs })
  })

  it.each<[string, PlaybackEvent]>([
    ['an end that is only deduced', { ...said, deduced: true }],
    ['a break of the call', { type: 'call-broke', atMs: 3_000, by: 'hold' }],
    ['no word at all', { type: 'overdue', atMs: 30_000, state: 'playing' }],
  ])('%s after it proves nothing: unknown', (_name, event) => {
    const { playback: last, effects } = step(after, event)
    expect(last).toMatchObject({ state: 'unknown', playedMs: null, failure: { code: 'channel_lost' } })
    expect(effects).toEqual([{ type: 'record' }])
  })

  it('does not count for what is deduced where everything was seen', () => {
    expect(step(inState('playing'), { ...said, deduced: true }).playback.state).toBe('completed')
  })

  it.each(['unknown', 'failed', 'completed'] as const)(
    'a deduced end changes nothing once it is %s',
    (state) => {
      const ended = { ...inState(state), sawGap: true }
      expect(step(ended, { ...said, deduced: true }).playback).toBe(ended)
      expect(step(ended, changed).playback).toBe(ended)
    },
  )
})
