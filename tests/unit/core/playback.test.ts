// What is read off a playback: whether it ended, how far it is, and until when the carrier could still speak of it.
import { describe, expect, it } from 'vitest'
import { estimateProgress, isOutcome, openUntilMs, playbackStates } from '../../../src/core/playback'
import { asset, sentPlayback } from '../../support/factories'

const deadlines = { answerMs: 16_000, startMs: 10_000, endMs: 5_000 }
const sent = sentPlayback()
const playing = sentPlayback({ state: 'playing', times: { ...sent.times, startedAtMs: 1_200 } })

describe('isOutcome', () => {
  it('names the six ways to end', () => {
    expect(playbackStates.filter(isOutcome)).toEqual([
      'completed',
      'stopped',
      'interrupted',
      'failed',
      'rejected',
      'unknown',
    ])
  })
})

describe('openUntilMs', () => {
  it.each([
    ['the start that was seen', { startedAtMs: 1_200, acceptedAtMs: 1_100 }, 1_200],
    ['the answer, where no start was seen', { acceptedAtMs: 1_100 }, 1_100],
    ['the last moment of an answer, where none came', {}, 1_010 + 16_000],
  ])('counts from %s', (_name, times, fromMs) => {
    const playback = sentPlayback({ times: { ...sent.times, ...times } })
    expect(openUntilMs(playback, deadlines)).toBe(fromMs + 10_000 + 3_000 + 5_000)
  })

  it('ends for every playback, whatever is known of it', () => {
    expect(openUntilMs({ ...sent, asset: null }, deadlines)).toBe(1_010 + 16_000 + 15_000)
  })
})

describe('estimateProgress', () => {
  it.each([
    [1_200, { playedMs: 0, leftMs: 3_000, share: 0 }],
    [2_700, { playedMs: 1_500, leftMs: 1_500, share: 0.5 }],
    [99_000, { playedMs: 3_000, leftMs: 0, share: 1 }],
    [0, { playedMs: 0, leftMs: 3_000, share: 0 }],
  ])('at %i ms says %j', (nowMs, expected) => {
    expect(estimateProgress(playing, nowMs)).toEqual(expected)
  })

  it('says nothing unless it plays, or where no length is known', () => {
    expect(estimateProgress(sentPlayback({ state: 'buffering' }), 2_000)).toBeNull()
    expect(estimateProgress(sentPlayback({ state: 'completed' }), 2_000)).toBeNull()
    expect(estimateProgress({ ...playing, asset: asset({ durationMs: 0 }) }, 2_000)).toBeNull()
  })
})
