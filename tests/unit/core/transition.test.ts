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
  requested: '. . queued rejected unknown . . buffering playing . failed unknown unknown stopped',
  queued: '. . . . . . . buffering playing . failed unknown unknown stopped',
  buffering: '. . . rejected . . . . playing completed failed unknown unknown stopped',
  playing: '. . . rejected . . . . . completed failed interrupted unknown stopped',
  completed: '. . . . . . . . . . . . . .',
  stopped: '. . . . . . . . . . . . . .',
  interrupted: '. . . . . . . . . . . . . .',
  failed: '. . . . . . . . . . . . . .',
  rejected: '. . . . . . . . . . . . . .',
  unknown: '. . . rejected . . . buffering playing completed failed . . stopped',
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
    const event = { type: 'not-accepted', atMs: 2_000, refusal: lostAnswer, chance: 0.5 } as const
    expect(step(before, event).playback).toBe(before)
  })

  it('takes a refusal as the proof that the events it saw were of another panel', () => {
    const event = { type: 'not-accepted', atMs: 2_000, refusal: turnedAway, chance: 0.5 } as const
    const { playback: after } = step(inState('playing'), event)
    expect(after).toMatchObject({ state: 'rejected', playedMs: 0, times: { startedAtMs: null } })
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

describe('how much was played', () => {
  const playedAfter = (ms: number, event: PlaybackEvent) =>
    step(inState('playing'), { ...event, atMs: 1_200 + ms }).playback.playedMs

  it.each([
    [1_500, 1_500],
    [0, 0],
    [2_999, 2_999],
    [-500, 0],
  ])('is, when the call breaks %i ms after the start, %i ms', (ms, played) => {
    expect(playedAfter(ms, { type: 'call-broke', atMs: 0, by: 'hang-up' })).toBe(played)
  })

  it('is the whole length by the word of the platform, whatever the clock says', () => {
    expect(playedAfter(2_000, { type: 'carrier', atMs: 0, state: 'completed' })).toBe(3_000)
  })

  it('is not known where the start, or the end, was not seen', () => {
    const unseen = step(inState('queued'), { type: 'call-broke', atMs: 9_000, by: 'hold' }).playback
    expect(unseen).toMatchObject({ state: 'unknown', playedMs: null, failure: { code: 'no_start_event' } })
    const failed = step(inState('queued'), { type: 'carrier-failed', atMs: 9_000, failure: broken }).playback
    expect(failed).toMatchObject({ state: 'failed', playedMs: null })
    expect(playedAfter(9_000, { type: 'overdue', atMs: 0, state: 'playing' })).toBeNull()
  })

  it('is not known where the call broke when it should have been over, and nobody said so', () => {
    const { playback: after } = step(inState('playing'), { type: 'call-broke', atMs: 4_200, by: 'hang-up' })
    expect(after).toMatchObject({ state: 'unknown', playedMs: null, failure: { code: 'channel_lost' } })
  })

  it('is nothing where nothing was sent', () => {
    const { playback: after } = step(playback(), { type: 'refused', atMs: 1_005, failure: broken })
    expect(after).toMatchObject({ state: 'rejected', playedMs: 0 })
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
