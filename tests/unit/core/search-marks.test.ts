// What the search found is marked in the text as it is written, accents and all; a long text is cut around it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../../src/core/folding'
import { markMatches, saidSnippet, snippetOf, type Piece } from '../../../src/core/search-marks'
import { prompt, recording } from '../../support/factories'

const shown = (pieces: readonly Piece[] | null) =>
  pieces?.map(({ text, found }) => (found ? `[${text}]` : text)).join('')
const marked = (text: string, query: string) => shown(markMatches(text, wordsOf(query)))

describe('markMatches', () => {
  it.each([
    ['Terms of sale', 'te', '[Te]rms of sale'],
    ['Terms of sale', 'sale terms', '[Terms] of [sale]'],
    ['Schöne Grüße', 'schone gru', '[Schöne] [Grü]ße'],
    ['Schöne', 'SCHÖ', '[Schö]ne'],
    ['banana', 'ana', 'b[anana]'],
    ['abc', 'ab bc', '[abc]'],
    ['Ａ保留🎵 hold', '留', 'Ａ保[留]🎵 hold'],
    ['🎵 hold', 'hold', '🎵 [hold]'],
    ['e\u0301te', 'et', '[e\u0301t]e'],
    ['nothing', 'x', 'nothing'],
    ['nothing', '', 'nothing'],
    ['', 'x', ''],
  ])('of "%s" for "%s" is %s', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected)
  })

  it('never loses or changes a letter', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(texts, texts, (text, query) => {
        const pieces = markMatches(text, wordsOf(query))
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
      }),
    )
  })
})

describe('snippetOf', () => {
  const text = 'This call is recorded for training. Please tell us if you do not agree.'

  it.each([
    ['call', 'This [call] is recorded for training. Please tell us if you do not agree.'],
    ['agree', '…you do not [agree].'],
    ['tell call', 'This [call] is recorded for training. Please [tell] us if you do not agree.'],
  ])('for "%s" is %s', (query, expected) => {
    expect(shown(snippetOf(text, wordsOf(query)))).toBe(expected)
  })

  it('is nothing where nothing matches', () => {
    expect(snippetOf(text, ['zzz'])).toBeNull()
  })

  it('is cut where the text is long, with the match in sight', () => {
    const long = `${'word '.repeat(100)}match ${'more '.repeat(100)}`
    const snippet = shown(snippetOf(long, ['match'])) ?? ''
    expect(snippet).toMatch(/^…(word ){1,3}\[match\] /)
    expect(snippet).toMatch(/…$/)
    expect(snippet.length).toBeLessThan(180)
  })
})

describe('saidSnippet', () => {
  const both = prompt({
    recordings: [
      recording({ text: 'Please hold the line.' }),
      recording({ language: 'de', text: 'Bitte hold.' }),
    ],
  })

  it("takes the customer's language first, and another one where only that has it", () => {
    expect(shown(saidSnippet(both, ['hold'], 'de-AT'))).toBe('Bitte [hold].')
    expect(shown(saidSnippet(both, ['line'], 'de-AT'))).toBe('…hold the [line].')
    expect(saidSnippet(both, ['zzz'], 'de')).toBeNull()
  })
})
