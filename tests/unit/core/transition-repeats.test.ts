// A prompt played twice in one call: the carrier's events name only its URL, so which one they mean has to be judged.
import { describe, expect, it } from 'vitest'
import { transition } from '../../../src/core/transition'
import type { Playback, PlaybackState } from '../../../src/core/playback'
import { asset, playback } from '../../support/factories'

const deadlines = { answerMs: 16_000, startMs: 10_000, endMs: 5_000 }
const times = {
  clickedAtMs: 1_000,
  requestedAtMs: 1_000,
  acceptedAtMs: 1_050,
  startedAtMs: null,
  endedAtMs: null,
}

const repeated = (state: PlaybackState, of: Partial<Playback> = {}) =>
  playback({ state, asset: asset({ durationMs: 3_000 }), times, repeats: true, ...of })
const completed = (before: Playback, atMs: number) =>
  transition(before, { type: 'carrier', state: 'completed', atMs }, deadlines).playback.state

const startedAt = (startedAtMs: number) => ({ times: { ...times, startedAtMs } })

describe('"completed" while the same file was played before', () => {
  it('is its own once its whole length could have been heard', () => {
    expect(completed(repeated('playing', startedAt(2_000)), 5_000)).toBe('completed')
    expect(completed(repeated('playing', startedAt(2_000)), 4_750)).toBe('completed')
  })

  it('is that of the earlier one when it comes sooner', () => {
    expect(completed(repeated('playing', startedAt(2_000)), 4_749)).toBe('playing')
  })

  it('is that of the earlier one while this one still buffers, however late', () => {
    expect(completed(repeated('buffering'), 9_000)).toBe('buffering')
  })

  it('is judged from the request where the start was seen after a gap', () => {
    const late = repeated('playing', { ...startedAt(3_500), sawGap: true })
    expect(completed(late, 4_100)).toBe('completed')
    expect(completed(late, 3_600)).toBe('playing')
  })

  it('of a file played for the first time is believed as it comes', () => {
    expect(completed({ ...repeated('playing', startedAt(2_000)), repeats: false }, 2_100)).toBe('completed')
    expect(completed({ ...repeated('buffering'), repeats: false }, 1_100)).toBe('completed')
  })
})
