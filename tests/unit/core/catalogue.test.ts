// The catalogue: good entries work, bad ones are listed with their place.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCatalogue } from '../../../src/core/catalogue'
import { recording } from '../../support/factories'

const entry = (of: object = {}) => ({ key: 'hello', title: 'Hello', recordings: [recording()], ...of })
const gapsOf = (of: object) => readCatalogue({ prompts: [entry(of)] }).gaps

describe('readCatalogue', () => {
  it('reads a short entry and fills in what is not said', () => {
    expect(readCatalogue({ version: '1', prompts: [entry()] })).toEqual({
      prompts: [
        {
          ...entry(),
          version: '1',
          category: 'Other',
          pinned: false,
          requires: { recording: false, consent: false },
          validFrom: null,
          validUntil: null,
        },
      ],
      gaps: [],
    })
  })

  it.each([
    ['prompts.0.key', 'is missing', { key: undefined }],
    ['prompts.0.key', 'lower-case', { key: 'Welcome' }],
    ['prompts.0.key', 'lower-case', { key: '../welcome' }],
    ['prompts.0.key', 'lower-case', { key: 'a'.repeat(65) }],
    ['prompts.0.title', 'must not be empty', { title: '   ' }],
    ['prompts.0.validUntil', 'must be a date such as', { validUntil: '2027-03' }],
    ['prompts.0.validFrom', 'must be a date such as', { validFrom: 'soon' }],
    ['prompts.0.title', 'at most 80', { title: 'x'.repeat(81) }],
    ['prompts.0.title', 'must be text', { title: 5 }],
    ['prompts.0.pinned', 'true or false', { pinned: 'yes' }],
    ['prompts.0.formats', 'at least one', { formats: [] }],
    ['prompts.0.formats.1', 'mp3, opus, wav', { formats: ['mp3', 'flac'] }],
    ['prompts.0.recordings', 'at least one', { recordings: [] }],
    ['prompts.0.recordings', 'must be a list', { recordings: 'en' }],
    ['prompts.0.recordings.0.language', 'language tag', { recordings: [recording({ language: '../de' })] }],
    ['prompts.0.recordings.0.tier', 'lower-case', { recordings: [recording({ tier: 'a/b' })] }],
    ['prompts.0.recordings.0.durationMs', 'at least 1', { recordings: [recording({ durationMs: 0 })] }],
    [
      'prompts.0.recordings.1.text',
      'at most 4000',
      { recordings: [recording(), recording({ text: 'x'.repeat(4001) })] },
    ],
  ])('lists a bad entry at %s, since it %s', (place, reason, change) => {
    const [gap] = gapsOf(change)
    expect(gap?.place).toBe(place)
    expect(gap?.reason).toContain(reason)
  })

  it('keeps the good entries beside the bad ones', () => {
    const { prompts, gaps } = readCatalogue({
      prompts: [entry({ key: 'a' }), 'rubbish', null, entry({ key: 'b' })],
    })
    expect(prompts.map((p) => p.key)).toEqual(['a', 'b'])
    expect(gaps.map((gap) => gap.place)).toEqual(['prompts.1', 'prompts.2'])
  })

  it('keeps the first of two entries with one key, and says so at the second', () => {
    const { prompts, gaps } = readCatalogue({
      prompts: [entry({ title: 'First' }), entry({ title: 'Second' })],
    })
    expect(prompts.map((p) => p.title)).toEqual(['First'])
    expect(gaps).toEqual([{ place: 'prompts.1.key', reason: '"hello" stands here a second time' }])
  })

  it.each([null, 5, 'x', [], {}, { prompts: {} }])('says of %j that it has no list of prompts', (json) => {
    expect(readCatalogue(json)).toEqual({
      prompts: [],
      gaps: [{ place: '(file)', reason: 'has no list "prompts"' }],
    })
  })

  it('never throws, and each entry is either a prompt or has a gap', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (entries) => {
        const { prompts, gaps } = readCatalogue({ prompts: entries })
        const bad = new Set(gaps.map((gap) => gap.place.split('.')[1]))
        expect(prompts.length + bad.size).toBe(entries.length)
      }),
    )
  })
})
