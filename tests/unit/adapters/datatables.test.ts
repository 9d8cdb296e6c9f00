// A data table's rows as a catalogue: which prompts they make, and what becomes a gap with its place.
import { describe, expect, it } from 'vitest'
import { createDataTable } from '../../../src/adapters/genesys/datatables'
import { readRows } from '../../../src/core/catalogue-row'
import { answered, refused } from '../../../src/core/errors'
import type { Platform, RequestSpec } from '../../../src/core/ports'

const row = (fields: Record<string, unknown> = {}) => ({
  key: 'welcome.de',
  prompt: 'welcome',
  language: 'de',
  title: 'Willkommen',
  category: 'Begrüßung',
  pinned: true,
  version: '2',
  text: 'Guten Tag.',
  durationMs: 3_551,
  ...fields,
})

describe('rows that can be used', () => {
  it('become prompts with a recording per language, in the order of the table', () => {
    const { prompts, gaps } = readRows([
      row(),
      row({ key: 'welcome.fr', language: 'fr', title: 'Bienvenue', text: 'Bonjour.', durationMs: 2_000 }),
      row({ key: 'bye.de', prompt: 'bye', title: 'Ende' }),
    ])
    expect(gaps).toEqual([])
    expect(prompts.map(({ key }) => key)).toEqual(['welcome', 'bye'])
    expect(prompts[0]).toMatchObject({
      title: 'Willkommen',
      category: 'Begrüßung',
      pinned: true,
      version: '2',
      recordings: [
        { language: 'de', tier: 'standard', medium: 'cdn', text: 'Guten Tag.', durationMs: 3_551 },
        { language: 'fr', tier: 'standard', medium: 'cdn', text: 'Bonjour.', durationMs: 2_000 },
      ],
    })
  })

  const blank = { category: '', version: ' ', text: '', durationMs: 0, tier: '', pinned: false }
  const usable: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['empty cells are none', blank, { category: 'Other', version: '1', pinned: false }],
    ['null cells are none', { category: null, pinned: null, durationMs: null }, { category: 'Other' }],
    ['without their columns the key names prompt and language', { prompt: '', language: '' }, {}],
    ['columns of somebody else are left alone', { owner: 'Linda', reviewed: 7 }, {}],
  ]
  it.each(usable)('%s', (_what, fields, expected) => {
    const { prompts, gaps } = readRows([row(fields)])
    expect(gaps).toEqual([])
    expect(prompts).toHaveLength(1)
    expect(prompts[0]).toMatchObject({ key: 'welcome', recordings: [{ language: 'de' }], ...expected })
  })

  it('an empty text and an empty length are not said at all', () => {
    const [recording] = readRows([row(blank)]).prompts[0]?.recordings ?? []
    expect(recording).toEqual({ language: 'de', tier: 'standard', medium: 'cdn' })
  })

  it('a column for the tier gives two recordings of one language', () => {
    const { prompts, gaps } = readRows([row(), row({ key: 'welcome.de.premium', tier: 'premium' })])
    expect(gaps).toEqual([])
    expect(prompts[0]?.recordings.map(({ tier }) => tier)).toEqual(['standard', 'premium'])
  })
})

describe('rows that cannot be used', () => {
  const bad: [string, unknown, { place: string; reason: RegExp }][] = [
    ['no row', 'welcome', { place: 'datatable.0', reason: /./ }],
    ['no key', row({ key: undefined }), { place: 'datatable.0.key', reason: /missing/ }],
    ['an empty key', row({ key: '' }), { place: 'datatable.0.key', reason: /empty/ }],
    ['a title that is no text', row({ title: 7 }), { place: 'datatable.welcome.de.title', reason: /text/ }],
    ['no title', row({ title: '' }), { place: 'datatable.welcome.de.title', reason: /missing/ }],
    [
      'a hostile prompt',
      row({ prompt: '../x' }),
      { place: 'datatable.welcome.de.prompt', reason: /letters/ },
    ],
    [
      'a hostile language',
      row({ language: '../x' }),
      { place: 'datatable.welcome.de.language', reason: /tag/ },
    ],
    ['a hostile tier', row({ tier: '../x' }), { place: 'datatable.welcome.de.tier', reason: /letters/ }],
    [
      'a negative length',
      row({ durationMs: -5 }),
      { place: 'datatable.welcome.de.durationMs', reason: /least/ },
    ],
    [
      'a length in words',
      row({ durationMs: '3 s' }),
      { place: 'datatable.welcome.de.durationMs', reason: /milli/ },
    ],
    [
      'a key that says nothing',
      row({ key: 'x', prompt: '' }),
      { place: 'datatable.x.prompt', reason: /letters/ },
    ],
  ]
  it.each(bad)('%s', (_what, wrong, { place, reason }) => {
    const good = row({ key: 'bye.de', prompt: 'bye' })
    const { prompts, gaps } = readRows([wrong, good])
    expect(prompts.map(({ key }) => key)).toEqual(['bye'])
    expect(gaps).toEqual([{ place, reason: expect.stringMatching(reason) }])
  })

  it('the same prompt, language and tier a second time', () => {
    const { prompts, gaps } = readRows([row(), row({ key: 'welcome-again.de' })])
    expect(prompts[0]?.recordings).toHaveLength(1)
    expect(gaps).toMatchObject([{ place: 'datatable.welcome-again.de' }])
  })
})

describe('the pages of the table', () => {
  const platformOf = (answerTo: (page: number) => unknown) => {
    const asked: RequestSpec[] = []
    const platform: Platform = {
      request(spec) {
        asked.push(spec)
        const body = answerTo(Number(spec.query?.pageNumber))
        return Promise.resolve(
          body === null ? refused({ kind: 'forbidden', message: 'no' }) : answered({ status: 200, body }),
        )
      },
    }
    return { asked, source: createDataTable(platform, 'table-1') }
  }

  it('are all read, with whole rows', async () => {
    const { asked, source } = platformOf((page) => ({
      pageCount: 3,
      entities: [row({ key: `p${page}.de`, prompt: `p${page}` })],
    }))
    const answer = await source.fetchCatalogue()
    expect(answer.ok && answer.value.prompts.map(({ key }) => key)).toEqual(['p1', 'p2', 'p3'])
    expect(asked.map(({ query }) => query?.pageNumber)).toEqual([1, 2, 3])
    expect(asked[0]).toMatchObject({ pathParams: { datatableId: 'table-1' }, query: { showbrief: false } })
  })

  it('an empty table has no prompts', async () => {
    const { source } = platformOf(() => ({ pageCount: 0, entities: [] }))
    expect(await source.fetchCatalogue()).toEqual(answered({ prompts: [], gaps: [] }))
  })

  it.each([
    ['a refusal in the middle', (page: number) => (page === 1 ? { pageCount: 2 } : null), 'forbidden'],
    ['an answer that is no list', () => ({ entities: 'none' }), 'malformed'],
  ])('%s refuses the whole', async (_what, answerTo, kind) => {
    const answer = await platformOf(answerTo).source.fetchCatalogue()
    expect(answer).toMatchObject({ ok: false, refusal: { kind } })
  })
})
