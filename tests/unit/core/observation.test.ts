// What counts of a playback, and what does not: no unfinished one, no unseen moment, nobody's name.
import { describe, expect, it } from 'vitest'
import { failure } from '../../../src/core/errors'
import { observationOf } from '../../../src/core/observation'
import type { Playback, PlaybackTimes } from '../../../src/core/playback'
import { playback, sentPlayback } from '../../support/factories'

const ended = (of: Partial<Playback> = {}, times: Partial<PlaybackTimes> = {}): Playback => {
  const sent = sentPlayback({ state: 'completed', playedMs: 3_000, ...of })
  return {
    ...sent,
    times: { ...sent.times, acceptedAtMs: 1_100, startedAtMs: 1_250, endedAtMs: 4_250, ...times },
  }
}
const observed = (...of: Parameters<typeof ended>) => observationOf(ended(...of), 'media-api')

describe('observationOf', () => {
  it('measures from moment to moment, and the length heard apart from every wait', () => {
    expect(observed()).toEqual({
      atMs: 1_000,
      prompt: 'welcome',
      language: 'en',
      format: 'mp3',
      codec: 'mp3',
      backend: 'media-api',
      outcome: 'completed',
      code: null,
      sent: true,
      started: true,
      clickToRequest: 10,
      requestToAccepted: 90,
      acceptedToSound: 150,
      clickToSound: 250,
      played: 3_000,
    })
  })

  it.each(['preparing', 'requested', 'queued', 'buffering', 'playing'] as const)(
    'says nothing of one that is %s: it has no outcome to divide by',
    (state) => expect(observed({ state })).toBeNull(),
  )

  it('does not measure a first sound whose moment may have gone unseen', () => {
    expect(observed({ sawGap: true })).toMatchObject({
      started: true,
      requestToAccepted: 90,
      acceptedToSound: null,
      clickToSound: null,
    })
  })

  it('leaves a wait for another try out of the times of the click', () => {
    expect(observed({ attempts: 2 })).toMatchObject({ clickToRequest: null, clickToSound: null })
    expect(observed({ attempts: 2 })).toMatchObject({ requestToAccepted: 90, acceptedToSound: 150 })
  })

  it('takes a first event that overtakes the answer for no wait at all', () => {
    expect(observed({}, { acceptedAtMs: 1_300 })).toMatchObject({ acceptedToSound: 0 })
  })

  it('has no length for what was not heard', () => {
    const rejected = playback({ state: 'rejected', playedMs: 0, failure: failure('asset_missing') })
    expect(observationOf(rejected, 'media-api')).toMatchObject({
      outcome: 'rejected',
      code: 'asset_missing',
      sent: false,
      started: false,
      clickToRequest: null,
      played: null,
      language: null,
      codec: null,
    })
  })

  it('holds no id, no title, no words and no address', () => {
    const text = JSON.stringify(
      observed({ id: 'secret-id', interactionId: 'secret-call', title: 'secret title', carrierId: 'secret' }),
    )
    expect(text).not.toMatch(/secret|https?:|p-customer|Welcome to us/)
  })
})
