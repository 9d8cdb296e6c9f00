// The note in the call: what it says, that it is always short, and that nothing foreign can break its reader.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeNote, isLater } from '../../../src/core/badge'
import { encodeNote, noteOf, type BadgeNote } from '../../../src/core/badge-note'
import { shortFormKey } from '../../../src/core/evidence-short'
import { playbackStates } from '../../../src/core/playback'
import { playback, sentPlayback } from '../../support/factories'

const note: BadgeNote = {
  playbackId: 'f3a1b2c4d5e6',
  state: 'playing',
  promptKey: 'terms-of-sale',
  language: 'de-AT',
  startedAtMs: 1_800_000_000_000,
  durationMs: 12_340,
  atMs: 1_800_000_000_007,
}

describe('noteOf', () => {
  it('says nothing of what the customer does not hear yet', () => {
    const silent = playbackStates.filter((state) => noteOf(sentPlayback({ state }), 5) === null)
    expect(silent).toEqual(['preparing', 'requested', 'queued', 'buffering'])
  })

  it('says nothing of a click that sent nothing', () => {
    expect(noteOf(playback({ state: 'rejected' }), 5)).toBeNull()
  })

  it('names the playback as its record does, and what plays since when', () => {
    const times = { ...sentPlayback().times, startedAtMs: 1_500 }
    const told = noteOf(sentPlayback({ id: '0b5a-1111-2222-3333', state: 'playing', times }), 1_501)
    expect(told).toEqual({
      playbackId: '0b5a11112222',
      state: 'playing',
      promptKey: 'welcome',
      language: 'en',
      startedAtMs: 1_500,
      durationMs: 3_000,
      atMs: 1_501,
    })
    expect(shortFormKey('0b5a-1111-2222-3333')).toBe(`cueline.${told?.playbackId}`)
  })
})

describe('the written form', () => {
  it('has its fields in this order', () => {
    expect(encodeNote(note)).toBe(
      'v1|f3a1b2c4d5e6|playing|1800000000000|12340|1800000000007|de-AT|terms-of-sale',
    )
    expect(encodeNote({ ...note, startedAtMs: null, durationMs: null })).toContain(
      '|playing|||1800000000007|',
    )
  })

  it('comes back as it was', () => {
    const time = fc.integer({ min: 0, max: 4_000_000_000_000 })
    const plain = fc.stringMatching(/^[a-z0-9-]{0,64}$/)
    const anyNote = fc.record<BadgeNote>({
      playbackId: fc.stringMatching(/^[0-9a-f]{1,12}$/),
      state: fc.constantFrom(
        'playing',
        'completed',
        'stopped',
        'interrupted',
        'failed',
        'rejected',
        'unknown',
      ),
      promptKey: plain,
      language: plain,
      startedAtMs: fc.option(time),
      durationMs: fc.option(time),
      atMs: time,
    })
    fc.assert(
      fc.property(anyNote, (one) => {
        expect(decodeNote(encodeNote(one))).toEqual(one)
      }),
    )
  })

  it('stays under 256 characters and readable, whatever the prompt and the language are called', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 300 })
    fc.assert(
      fc.property(anything, anything, (promptKey, language) => {
        const text = encodeNote({ ...note, promptKey, language })
        expect(text.length).toBeLessThan(256)
        expect(decodeNote(text)).toMatchObject({ state: 'playing', atMs: note.atMs })
      }),
    )
  })

  it('stays under 256 characters with the largest numbers', () => {
    const most = Number.MAX_SAFE_INTEGER
    const text = encodeNote({
      ...note,
      promptKey: 'k'.repeat(99),
      language: 'l'.repeat(99),
      startedAtMs: most,
      durationMs: most,
      atMs: most,
    })
    expect(text.length).toBeLessThan(256)
  })
})

describe('what is not ours', () => {
  const good = encodeNote(note)
  it.each([
    '',
    'null',
    '{"state":"playing"}',
    good.replace('v1', 'v2'),
    good.replace('playing', 'dancing'),
    good.replace('playing', 'constructor'),
    good.replace('f3a1b2c4d5e6', ''),
    good.replace('12340', '-5'),
    good.replace('12340', '1e9'),
    good.replace('1800000000007', ''),
    good.slice(0, 40),
    `${good}|more`,
    `${good}${'x'.repeat(300)}`,
    good.replace('terms', 'te\u0000rms'),
    good.replace('terms', 'te\u202erms'),
    ` ${good}`,
  ])('is no note: %j', (text) => expect(decodeNote(text)).toBeNull())

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        decodeNote(text)
        decodeNote(`v1|${text}`)
        decodeNote(good.slice(0, text.length % good.length) + text)
      }),
    )
  })
})

describe('which note is the later one', () => {
  const at = (atMs: number, of: Partial<BadgeNote> = {}) => ({ ...note, atMs, ...of })
  it.each([
    ['any is later than none', at(5), null, true],
    ['by its time', at(6), at(5), true],
    ['not by its arrival', at(5), at(6), false],
    ['an end in the same millisecond', at(5, { state: 'completed' }), at(5), true],
    ['a truth over unknown', at(5, { state: 'failed' }), at(5, { state: 'unknown' }), true],
    ['the same one is not', at(5), at(5), false],
  ])('%s', (_, a, b, expected) => expect(isLater(a, b)).toBe(expected))

  it('is the same for whoever compares two that differ', () => {
    const a = at(5, { state: 'completed', playbackId: 'a' })
    const b = at(5, { state: 'failed', playbackId: 'b' })
    expect(isLater(a, b)).toBe(!isLater(b, a))
  })
})
