// Whose event is it? By id where the carrier gives one, else by interaction and file, oldest first.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchCarrierEvent, type CarrierEventFacts } from '../../../src/core/match'
import type { Playback } from '../../../src/core/playback'
import { asset, playback, sentPlayback } from '../../support/factories'

const { url } = asset()
const otherUrl = 'https://cdn.example/prompts/en/standard/terms.mp3'
const event = (of: Partial<CarrierEventFacts> = {}): CarrierEventFacts => ({
  interactionId: 'call-1',
  playbackId: null,
  url,
  carrierId: null,
  ...of,
})
const older = sentPlayback({ id: 'older', state: 'unknown' })
const newer = sentPlayback({ id: 'newer', asset: asset({ url: otherUrl }) })
const idOf = (open: readonly Playback[], of: Partial<CarrierEventFacts>) =>
  matchCarrierEvent(open, event(of))?.id ?? null

describe('matchCarrierEvent', () => {
  it.each([
    ['its file', { url }, 'older'],
    ['another file', { url: otherUrl }, 'newer'],
    ['a file that nobody asked for', { url: 'https://cdn.example/x.mp3' }, null],
    ['no file at all: the oldest', { url: null }, 'older'],
    ['another interaction', { interactionId: 'call-2' }, null],
    ['our own id, whatever the file', { playbackId: 'newer', url }, 'newer'],
    ['an id of nobody here, though the file fits', { playbackId: 'x' }, null],
    [
      "the carrier's id of nobody here: by file, since none of ours has one yet",
      { carrierId: 'c-1' },
      'older',
    ],
  ])('by %s', (_name, of, id) => {
    expect(idOf([older, newer], of)).toBe(id)
  })

  it('goes by the carrier id before the file, and never to one with another id', () => {
    const first = { ...older, carrierId: 'c-1' }
    const second = { ...older, id: 'second', carrierId: 'c-2' }
    expect(idOf([first, second], { carrierId: 'c-2' })).toBe('second')
    expect(idOf([first, second], { carrierId: 'c-3' })).toBeNull()
    expect(idOf([first, { ...second, carrierId: null }], { carrierId: 'c-3' })).toBe('second')
  })

  it('of two with the same file takes the older', () => {
    expect(idOf([older, { ...older, id: 'second' }], {})).toBe('older')
  })

  it('never takes one that was not sent, or that waits to be sent again', () => {
    expect(idOf([playback({ id: 'new', asset: asset() })], {})).toBeNull()
    expect(idOf([sentPlayback({ resendAtMs: 5_000 })], {})).toBeNull()
    expect(idOf([playback({ id: 'new' })], { playbackId: 'new' })).toBeNull()
  })

  it('whatever is open, never takes one of another interaction or of another file', () => {
    const anyPlayback = fc
      .record({
        interactionId: fc.constantFrom('call-1', 'call-2'),
        carrierId: fc.constantFrom(null, 'c-1', 'c-2'),
        file: fc.constantFrom(url, otherUrl),
      })
      .map(({ file, ...of }) => sentPlayback({ ...of, asset: asset({ url: file }) }))
    const anyEvent = fc.record({
      interactionId: fc.constantFrom('call-1', 'call-2'),
      playbackId: fc.constant(null),
      url: fc.constantFrom(url, otherUrl),
      carrierId: fc.constantFrom(null, 'c-1', 'c-3'),
    })
    fc.assert(
      fc.property(fc.array(anyPlayback, { maxLength: 4 }), anyEvent, (open, of) => {
        const found = matchCarrierEvent(open, of)
        if (found === null) return
        expect(found.interactionId).toBe(of.interactionId)
        const named = of.carrierId !== null && found.carrierId === of.carrierId
        if (!named) expect(found.asset?.url).toBe(of.url)
      }),
      { numRuns: 1_000 },
    )
  })
})
