// Where the agent was: what is written comes back the same, and what is not ours counts for nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failure } from '../../../src/core/errors'
import { readPlace, type Place } from '../../../src/core/place'
import { playbackStates } from '../../../src/core/playback'
import { asset, choice, playback, sentPlayback } from '../../support/factories'

const place: Place = {
  interactionId: 'call-1',
  playback: sentPlayback({ state: 'unknown', failure: failure('channel_lost', 'why'), sawGap: true }),
  played: ['welcome'],
  queue: { waiting: [{ id: 'q-1', promptKey: 'terms', title: 'Terms' }], held: true },
  query: 'ter',
  again: { promptKey: 'welcome', clickedAtMs: 1_000 },
}
const empty: Place = {
  interactionId: null,
  playback: null,
  played: [],
  queue: { waiting: [], held: false },
  query: '',
  again: null,
}

describe('readPlace', () => {
  it.each<[string, Place]>([
    ['full', place],
    ['empty', empty],
  ])('gives back a %s place as it was written', (_name, written) => {
    expect(readPlace(JSON.stringify(written))).toEqual(written)
  })

  it.each(playbackStates)('gives back a playback in %s', (state) => {
    const of = { ...place, playback: sentPlayback({ state }) }
    expect(readPlace(JSON.stringify(of))).toEqual(of)
  })

  it('gives back any playback that the panel could have had', () => {
    const time = fc.option(fc.integer({ min: 0, max: 2_000_000_000_000 }))
    const any = fc
      .record({
        state: fc.constantFrom(...playbackStates),
        times: fc.record({
          clickedAtMs: fc.nat(),
          requestedAtMs: time,
          acceptedAtMs: time,
          startedAtMs: time,
          endedAtMs: time,
        }),
        asset: fc.constantFrom(null, asset(), asset({ sha256: null })),
        choice: fc.constantFrom(null, choice(), choice({ atStart: null, words: null })),
        carrierId: fc.option(fc.string()),
        playedMs: time,
        resendAtMs: time,
        interruptedBy: fc.constantFrom(null, 'hold' as const, 'transfer' as const),
        attempts: fc.nat(5),
        sawGap: fc.boolean(),
        repeats: fc.boolean(),
      })
      .map((of) => playback(of))
    fc.assert(
      fc.property(any, (written) => {
        expect(readPlace(JSON.stringify({ ...place, playback: written }))?.playback).toEqual(written)
      }),
      { numRuns: 300 },
    )
  })

  it.each<[string, string | null]>([
    ['nothing', null],
    ['no text', ''],
    ['a place cut off', JSON.stringify(place).slice(0, -20)],
    ['null', 'null'],
    ['a number', '7'],
    ['another object', '{"theme":"dark"}'],
    [
      'a state that does not exist',
      JSON.stringify({ ...place, playback: { ...place.playback, state: 'gone' } }),
    ],
    [
      'a queue over the limit',
      JSON.stringify({
        ...place,
        queue: {
          held: false,
          waiting: Array.from({ length: 4 }, (_, i) => ({ id: `${i}`, promptKey: 'k', title: 'T' })),
        },
      }),
    ],
    ['a query that is no text', JSON.stringify({ ...place, query: 7 })],
    ['a place without its queue', JSON.stringify({ ...place, queue: undefined })],
  ])('takes %s for no place', (_name, text) => {
    expect(readPlace(text)).toBeNull()
  })

  it('never throws, whatever lies there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(readPlace(text)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})
