// The search over all prompts: the same as looking through each of them, in a better order and much faster.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Prompt } from '../../../src/core/catalogue'
import { fold, wordsOf } from '../../../src/core/folding'
import { createIndex, extendIndex, findPrompts, readAhead, type Found } from '../../../src/core/search'
import { prompt, recording } from '../../support/factories'

const search = (prompts: readonly Prompt[], query: string, language = 'en') =>
  Array.from(findPrompts(createIndex(prompts), query, language).places, (place) => prompts[place] as Prompt)

describe('findPrompts', () => {
  const welcome = prompt({ key: 'welcome', title: 'Welcome' })
  const german = prompt({
    key: 'bye',
    title: 'Verabschiedung',
    category: 'Grüße',
    recordings: [recording({ language: 'de', text: 'Auf Wiederhören, schön dass Sie da waren.' })],
  })
  const notice = prompt({ key: 'recording-notice', title: 'Recording notice', category: 'Legal' })
  const all = [notice, welcome, german]
  const keys = (query: string) => search(all, query).map((p) => p.key)

  it.each([
    ['', ['recording-notice', 'welcome', 'bye']],
    ['   ', ['recording-notice', 'welcome', 'bye']],
    ['WELC', ['welcome', 'recording-notice']],
    ['schon', ['bye']],
    ['schön', ['bye']],
    ['grusse', []],
    ['GRÜ', ['bye']],
    ['legal notice', ['recording-notice']],
    ['notice legal', ['recording-notice']],
    ['legal welcome us', ['recording-notice']],
    ['zzz', []],
    ['(.*', []],
  ])('finds for "%s" %j', (query, expected) => {
    expect(keys(query)).toEqual(expected)
  })

  it('shows a title that begins with the word before one that contains it, and both before mere words', () => {
    const begins = prompt({ key: 'a', title: 'Hold notice' })
    const contains = prompt({ key: 'b', title: 'On hold' })
    const said = prompt({ key: 'c', title: 'Other', recordings: [recording({ text: 'Please hold.' })] })
    expect(search([said, contains, begins], 'hold').map((p) => p.key)).toEqual(['a', 'b', 'c'])
  })

  it("puts what is said in the customer's language before what is said in another one", () => {
    const english = prompt({ key: 'en', recordings: [recording({ text: 'Kind regards' })] })
    const deutsch = prompt({ key: 'de', recordings: [recording({ language: 'de', text: 'Das Kind' })] })
    const found = (language: string) => search([english, deutsch], 'kind', language).map(({ key }) => key)
    expect(found('en-US')).toEqual(['en', 'de'])
    expect(found('de_AT')).toEqual(['de', 'en'])
  })

  it('says how many were found by what is said alone: they stand last', () => {
    const said = prompt({ key: 'c', title: 'Other', recordings: [recording({ text: 'Please hold.' })] })
    const found = findPrompts(createIndex([said, prompt({ key: 'hold-music' })]), 'hold', 'en')
    expect([...found.places]).toEqual([1, 0])
    expect(found.bySaid).toBe(1)
  })

  it('keeps the order of the catalogue among equals', () => {
    const equal = ['c', 'a', 'b'].map((key) => prompt({ key, title: `Hold ${key}` }))
    expect(search(equal, 'hold').map(({ key }) => key)).toEqual(['c', 'a', 'b'])
  })
})

describe('extendIndex', () => {
  const many = Array.from({ length: 7 }, (_, i) => prompt({ key: `p${i}`, title: `Prompt ${i}` }))

  it('takes prompts in by portions, until it says that all are in', () => {
    const index = createIndex(many)
    expect([extendIndex(index, 3), extendIndex(index, 3), extendIndex(index, 3)]).toEqual([true, true, false])
    expect(index.size).toBe(7)
  })

  it('is completed by a search that comes too early', () => {
    const index = createIndex(many)
    extendIndex(index, 3)
    expect([...findPrompts(index, '6', 'en').places]).toEqual([6])
  })
})

describe('readAhead', () => {
  it('ends, with nothing left to do until another language is asked for', () => {
    const index = createIndex([prompt({ title: 'Hold notice' })])
    let parts = 1
    while (readAhead(index, 'en-GB')) parts += 1
    expect(parts).toBeGreaterThan(26)
    expect(readAhead(index, 'en')).toBe(false)
    expect(readAhead(index, 'de')).toBe(true)
  })
})

/** Looks through each prompt for each word. */
function searchEach(prompts: readonly Prompt[], query: string, language: string): number[] {
  const base = (tag: string) => tag.split(/[-_]/)[0]
  const levelOf = (one: Prompt, word: string): number => {
    const title = fold(one.title)
    const said = (first: boolean) =>
      one.recordings.some(
        (r) => (base(r.language) === base(language)) === first && fold(r.text ?? '').includes(word),
      )
    const rules = [
      title.startsWith(word),
      title.split(/\s+/).some((has) => has.startsWith(word)),
      title.includes(word),
      `${one.key} ${fold(one.category)}`.includes(word),
      said(true),
      said(false),
      true,
    ]
    return rules.indexOf(true)
  }
  return prompts
    .map((one, place) => ({
      place,
      level: Math.max(0, ...wordsOf(query).map((word) => levelOf(one, word))),
    }))
    .filter(({ level }) => level < 6)
    .sort((a, b) => a.level - b.level || a.place - b.place)
    .map(({ place }) => place)
}

describe('as somebody types', () => {
  const word = fc.constantFrom('hold', 'Höld', 'ho', 'old', 'o', 'Straße', 'ΟΔΟΣ', '保留', 'a-b', '42')
  const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
  const prompts = fc.array(
    fc.record({ title: text, category: word, en: text, de: text }).map(({ title, category, en, de }) =>
      prompt({
        title,
        category,
        recordings: [recording({ text: en }), recording({ language: 'de-DE', text: de })],
      }),
    ),
    { maxLength: 12 },
  )
  const queries = fc.array(
    fc.oneof(
      text,
      text.map((one) => one.slice(0, 2)),
      fc.constant(''),
    ),
    { maxLength: 4 },
  )

  const tags = fc.constantFrom('de', 'en-GB', '')

  it('finds after each letter what looking through each prompt would find, whatever was asked or read ahead before', () => {
    fc.assert(
      fc.property(prompts, queries, tags, tags, fc.nat(40), (all, typed, language, ahead, parts) => {
        const index = createIndex(all)
        for (let part = 0; part < parts && readAhead(index, ahead); part += 1);
        let before: Found | null = null
        for (const query of typed.flatMap((one) => [...one].map((_, end) => one.slice(0, end + 1)))) {
          before = findPrompts(index, query, language, before)
          expect([...before.places]).toEqual(searchEach(all, query, language))
        }
      }),
    )
  })
})
