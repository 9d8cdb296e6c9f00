// The playback as a machine: what each event does in each state.
import { describe, expect, it } from 'vitest'
import { failure } from '../../../src/core/errors'
import {
  beginPlayback,
  isOutcome,
  playbackStates,
  type Playback,
  type PlaybackEvent,
  type PlaybackState,
} from '../../../src/core/playback'
import { transition } from '../../../src/core/transition'
import { asset, choice, playback, refusal, sentPlayback } from '../../support/factories'

const deadlines = { answerMs: 16_000, startMs: 10_000, endMs: 5_000 }
const step = (from: Playback, event: PlaybackEvent) => transition(from, event, deadlines)
const broken = failure('asset_corrupt')
const prepared = { type: 'prepared', atMs: 2_000, asset: asset(), choice: choice(), repeats: false } as const
const turnedAway = refusal({ kind: 'forbidden', mayHaveArrived: false })
const lostAnswer = refusal({ kind: 'timeout', mayHaveArrived: true })

/** A playback in the state, as it would really be there. */
function inState(state: PlaybackState): Playback {
  if (state === 'preparing') return playback()
  const sent = sentPlayback({ state })
  if (state === 'playing') return { ...sent, times: { ...sent.times, startedAtMs: 1_200 } }
  return isOutcome(state) ? { ...sent, playedMs: 0, times: { ...sent.times, endedAtMs: 1_300 } } : sent
}

const events: Record<string, PlaybackEvent> = {
  prepared,
  refused: { type: 'refused', atMs: 2_000, failure: broken },
  accepted: { type: 'accepted', atMs: 2_000, carrierId: null },
  'not accepted': { type: 'not-accepted', atMs: 2_000, refusal: turnedAway, chance: 0.5 },
  'answer lost': { type: 'not-accepted', atMs: 2_000, refusal: lostAnswer, chance: 0.5 },
  resend: { type: 'resend', atMs: 2_000 },
  cancelled: { type: 'cancelled', atMs: 2_000 },
  buffering: { type: 'carrier', atMs: 2_000, state: 'buffering' },
  playing: { type: 'carrier', atMs: 2_000, state: 'playing' },
  completed: { type: 'carrier', atMs: 2_000, state: 'completed' },
  'carrier failed': { type: 'carrier-failed', atMs: 2_000, failure: broken },
  'call broke': { type: 'call-broke', atMs: 2_000, by: 'hold' },
  'channel lost': { type: 'channel-lost', atMs: 2_000 },
  stopped: { type: 'stopped', atMs: 2_000 },
}

/** Row: the state. Columns, as `events`: the next state; a dot is "stays as it is". */
const table: Record<PlaybackState, string> = {
  preparing: 'requested rejected . . . . stopped . . . . rejected . .',
  requested: '. . queued rejected unknown . . buffering playing . failed interrupted unknown stopped',
  queued: '. . . . . . . buffering playing . failed interrupted unknown stopped',
  buffering: '. . . . . . . . playing completed failed interrupted unknown stopped',
  playing: '. . . . . . . . . completed failed interrupted unknown stopped',
  completed: '. . . . . . . . . . . . . .',
  stopped: '. . . . . . . . . . . . . .',
  interrupted: '. . . . . . . . . . . . . .',
  failed: '. . . . . . . . . . . . . .',
  rejected: '. . . . . . . . . . . . . .',
  unknown: '. . . rejected . . . buffering playing completed failed . . .',
}

describe('the table of states and events', () => {
  const cells = playbackStates.flatMap((state) =>
    Object.keys(events).map((name, column) => {
      const cell = table[state].split(' ')[column] ?? ''
      return [state, name, cell === '.' ? state : cell] as const
    }),
  )

  it.each(cells)('in %s, on %s, becomes %s', (state, name, next) => {
    const event = events[name]
    if (!event) throw new Error(`no event ${name}`)
    const before = inState(state)
    const { playback: after, effects } = step(before, event)
    expect(after.state).toBe(next)
    if (next === state) expect(effects).toEqual([])
    else if (isOutcome(after.state)) expect(effects).toEqual([{ type: 'record' }])
  })

  it.each(playbackStates)('in %s, a deadline of another state changes nothing', (state) => {
    const before = inState(state)
    for (const other of playbackStates.filter((s) => s !== state))
      expect(step(before, { type: 'overdue', atMs: 9_000, state: other }).playback).toBe(before)
  })

  it.each(playbackStates)('in %s, its own deadline makes it unknown only after the request', (state) => {
    const { playback: after } = step(inState(state), { type: 'overdue', atMs: 9_000, state })
    const waits = ['requested', 'queued', 'buffering', 'playing'].includes(state)
    expect(after.state).toBe(waits ? 'unknown' : state)
  })
})

describe('the way of a playback', () => {
  it('begins with a click and no request', () => {
    const begun = beginPlayback({ id: 'p', interactionId: 'c', promptKey: 'k', title: 'T' }, 500)
    expect(begun).toMatchObject({ state: 'preparing', asset: null, failure: null, playedMs: null })
    expect(begun.times).toMatchObject({ clickedAtMs: 500, requestedAtMs: null })
  })

  it('sends once prepared, and waits for the answer by a deadline', () => {
    const { playback: after, effects } = step(playback(), { ...prepared, atMs: 1_010 })
    expect(after.times.requestedAtMs).toBe(1_010)
    expect(effects).toEqual([
      { type: 'send', asset: asset() },
      { type: 'deadline', state: 'requested', afterMs: 16_000 },
    ])
  })

  it('waits for the end as long as the file lasts, and a little more', () => {
    const { effects } = step(inState('buffering'), { type: 'carrier', atMs: 1_500, state: 'playing' })
    expect(effects).toEqual([{ type: 'deadline', state: 'playing', afterMs: 8_000 }])
  })

  it('adds what a late answer knows when events overtook it, and moves no state', () => {
    const { playback: after, effects } = step(inState('playing'), {
      type: 'accepted',
      atMs: 2_000,
      carrierId: 'c-9',
    })
    expect(after).toMatchObject({ state: 'playing', carrierId: 'c-9', times: { acceptedAtMs: 2_000 } })
    expect(effects).toEqual([])
    expect(step(after, { type: 'accepted', atMs: 3_000, carrierId: 'c-10' }).playback).toBe(after)
  })

  it('does not let a lost answer undo what the carrier said', () => {
    const before = inState('buffering')
    for (const refused of [lostAnswer, turnedAway]) {
      const event = { type: 'not-accepted', atMs: 2_000, refusal: refused, chance: 0.5 } as const
      expect(step(before, event).playback).toBe(before)
    }
  })

  it('rejects a click when the call breaks before the request, with the code of the break', () => {
    const by = (reason: 'hold' | 'hang-up' | 'transfer') =>
      step(playback(), { type: 'call-broke', atMs: 2_000, by: reason }).playback.failure?.code
    expect([by('hold'), by('hang-up'), by('transfer')]).toEqual([
      'call_on_hold',
      'call_not_connected',
      'call_not_connected',
    ])
  })

  it('tells a start that was never seen from an end that was never seen', () => {
    const overdue = (state: PlaybackState) =>
      step(inState(state), { type: 'overdue', atMs: 9_000, state }).playback.failure?.code
    expect([overdue('requested'), overdue('buffering'), overdue('playing')]).toEqual([
      'no_start_event',
      'no_start_event',
      'channel_lost',
    ])
  })
})

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

  it('is known after all by a late "no", but only where the carrier gave no sign of it', () => {
    const overdue = step(sentPlayback(), { type: 'overdue', atMs: 17_010, state: 'requested' }).playback
    const no = { type: 'not-accepted', atMs: 18_000, refusal: turnedAway, chance: 0.5 } as const
    expect(step(overdue, no).playback).toMatchObject({ state: 'rejected', playedMs: 0 })
    for (const seen of [{ startedAtMs: 1_200 }, { acceptedAtMs: 1_100 }]) {
      const witnessed = { ...overdue, times: { ...overdue.times, ...seen } }
      expect(step(witnessed, no).playback).toBe(witnessed)
    }
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
    for (const state of ['preparing', 'completed', 'failed', 'unknown'] as const) {
      const before = inState(state)
      expect(step(before, { type: 'channel-lost', atMs: 2_000 }).playback).toBe(before)
    }
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

describe('how much was played', () => {
  const playedAfter = (ms: number, event: PlaybackEvent) =>
    step(inState('playing'), { ...event, atMs: 1_200 + ms }).playback.playedMs

  it.each([
    [1_500, 1_500],
    [0, 0],
    [60_000, 3_000],
    [-500, 0],
  ])('is, when the call breaks %i ms after the start, %i ms', (ms, played) => {
    expect(playedAfter(ms, { type: 'call-broke', atMs: 0, by: 'hang-up' })).toBe(played)
  })

  it('is the whole length by the word of the platform, whatever the clock says', () => {
    expect(playedAfter(2_000, { type: 'carrier', atMs: 0, state: 'completed' })).toBe(3_000)
  })

  it('is nothing where the start was not seen, and not known where the end was not seen', () => {
    expect(step(inState('queued'), { type: 'call-broke', atMs: 9_000, by: 'hold' }).playback.playedMs).toBe(0)
    expect(playedAfter(9_000, { type: 'overdue', atMs: 0, state: 'playing' })).toBeNull()
  })

  it('is counted from the first start, though a late event woke an unknown playback', () => {
    const lost = step(inState('playing'), { type: 'overdue', atMs: 9_000, state: 'playing' }).playback
    const awake = step(lost, { type: 'carrier', atMs: 9_500, state: 'playing' }).playback
    expect(awake).toMatchObject({
      state: 'playing',
      failure: null,
      times: { startedAtMs: 1_200, endedAtMs: null },
    })
  })

  it('never goes back to buffering once the start was seen', () => {
    const lost = step(inState('playing'), { type: 'overdue', atMs: 9_000, state: 'playing' }).playback
    expect(step(lost, { type: 'carrier', atMs: 9_500, state: 'buffering' }).playback).toBe(lost)
  })
})
