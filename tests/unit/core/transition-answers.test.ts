// An answer to the play request that comes after the carrier's first events, or after the deadline.
import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../../src/core/errors'
import type { Playback, PlaybackState } from '../../../src/core/playback'
import { transition } from '../../../src/core/transition'
import { asset, playback, refusal } from '../../support/factories'

const deadlines = { answerMs: 16_000, startMs: 10_000, endMs: 5_000 }
const times = {
  clickedAtMs: 1_000,
  requestedAtMs: 1_000,
  acceptedAtMs: null,
  startedAtMs: null,
  endedAtMs: null,
}
const unanswered = (state: PlaybackState) => playback({ state, asset: asset(), times, attempts: 1 })
const answer = (before: Playback, refused: Refusal) =>
  transition(before, { type: 'not-accepted', atMs: 2_000, refusal: refused, chance: 0.5 }, deadlines)

const lost = refusal({ kind: 'timeout', mayHaveArrived: true })
const turnedAway = refusal({ kind: 'forbidden', mayHaveArrived: false })

describe.each(['buffering', 'playing', 'unknown'] as const)('while it is %s', (state) => {
  it('a lost answer proves nothing and changes nothing', () => {
    const before = unanswered(state)
    expect(answer(before, lost)).toEqual({ playback: before, effects: [] })
  })

  it('a refusal proves that nothing of ours was played', () => {
    expect(answer(unanswered(state), turnedAway).playback).toMatchObject({ state: 'rejected', playedMs: 0 })
  })

  it('a refusal after an acceptance changes nothing', () => {
    const before = { ...unanswered(state), times: { ...times, acceptedAtMs: 1_500 } }
    expect(answer(before, turnedAway).playback).toBe(before)
  })
})
