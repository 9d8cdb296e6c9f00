// Edits of the data table: values refused by field, value and rule; versions that count up; the writes of a save.
import { describe, expect, it } from 'vitest'
import type { TableRow } from '../../../src/core/health-ports'
import { draftOf, nextVersion, planSave, readDraft, type RowDraft } from '../../../src/core/row-draft'

const columns = [
  { name: 'key', type: 'string' },
  { name: 'prompt', type: 'string' },
  { name: 'language', type: 'string' },
  { name: 'title', type: 'string' },
  { name: 'pinned', type: 'boolean' },
  { name: 'version', type: 'string' },
  { name: 'text', type: 'string' },
  { name: 'durationMs', type: 'integer' },
]
const row = (change: Partial<Record<string, string | number | boolean>> = {}): TableRow =>
  ({
    key: 'welcome.de',
    prompt: 'welcome',
    language: 'de',
    title: 'Welcome',
    pinned: true,
    version: '2',
    text: 'Hallo.',
    durationMs: 900,
    ...change,
  }) as TableRow
const read = (change: RowDraft, original: TableRow | null = row(), rows: TableRow[] = [row()]) =>
  readDraft(
    columns,
    { ...draftOf(columns, original ?? row({ key: 'new.de', prompt: 'new' })), ...change },
    original,
    rows,
  )

describe('a draft', () => {
  it('comes back as the row it was made of', () => {
    expect(read({})).toEqual({ ok: true, row: row() })
  })
  it('leaves empty cells out, and knows an empty number as nothing', () => {
    expect(draftOf(columns, row({ durationMs: 0 })).durationMs).toBe('')
    const { durationMs: _durationMs, text: _text, ...rest } = row()
    expect(read({ durationMs: ' ', text: '' })).toEqual({ ok: true, row: rest })
    expect(draftOf(columns, null)).toMatchObject({ key: '', pinned: false, durationMs: '' })
  })
  it.each([
    [{ durationMs: '1.5' }, 'durationMs', '"1.5"', 'must be a whole number'],
    [{ durationMs: 'long' }, 'durationMs', '"long"', 'must be a whole number'],
    [{ durationMs: '-5' }, 'durationMs', '-5', 'must be at least 1'],
    [{ pinned: 'yes' }, 'pinned', '"yes"', 'must be true or false'],
    [{ language: '../de' }, 'language', '"../de"', 'must be a language tag such as "en" or "pt-BR"'],
    [{ prompt: 'Welcome!' }, 'prompt', '"Welcome!"', 'must be lower-case letters, digits and -, at most 64'],
    [{ title: '' }, 'title', 'nothing', 'is missing'],
    [{ title: 'x'.repeat(81) }, 'title', `"${'x'.repeat(56)}…`, 'must be at most 80 characters'],
    [{ version: 'v'.repeat(33) }, 'version', `"${'v'.repeat(33)}"`, 'must be at most 32 characters'],
    [{ key: 'welcome.fr' }, 'key', '"welcome.fr"', 'cannot be changed; add a new row instead'],
    [{ key: '' }, 'key', 'nothing', 'is required'],
  ])('with %j is refused', (change, field, value, rule) => {
    const reading = read(change)
    expect(reading.ok ? [] : reading.complaints).toContainEqual({ field, value, rule })
  })
  it('of a new row is refused where its key, or its language and tier, are there already', () => {
    const key = read({ key: 'welcome.de' }, null)
    expect(key.ok ? [] : key.complaints).toEqual([
      { field: 'key', value: '"welcome.de"', rule: 'is the key of another row already' },
    ])
    const language = read({ key: 'welcome-again.de', prompt: 'welcome' }, null)
    expect(language.ok ? [] : language.complaints).toEqual([
      { field: 'key', value: '"welcome-again.de"', rule: '"welcome" has this language and tier already' },
    ])
    expect(read({ key: 'new.de', prompt: 'new' }, null)).toMatchObject({ ok: true })
  })
})

it.each([
  ['2', '3'],
  ['9', '10'],
  ['1.9', '1.10'],
  ['2026-spring', '2026-spring-2'],
  ['', '2'],
  ['v7', 'v8'],
])('after version "%s" comes "%s"', (version, next) => expect(nextVersion(version)).toBe(next))

describe('a save', () => {
  const french = row({ key: 'welcome.fr', language: 'fr', text: 'Bonjour.' })
  const other = row({ key: 'goodbye.de', prompt: 'goodbye' })
  const writes = (
    next: TableRow,
    original: TableRow | null,
    recordingChanged = false,
    rows = [row(), french, other],
  ) =>
    planSave(columns, next, original, rows, recordingChanged).map(({ way, row: { key, version } }) => [
      way,
      key,
      version,
    ])

  it.each([
    ['the words', row({ text: 'Guten Tag.' }), false],
    ['the length', row({ durationMs: 950 }), false],
    ['the language', row({ language: 'de-AT' }), false],
    ['nothing but the recording', row(), true],
  ])('of %s counts the version up, in every row of the prompt', (_, next, recordingChanged) => {
    expect(writes(next, row(), recordingChanged)).toEqual([
      ['change', 'welcome.de', '3'],
      ['change', 'welcome.fr', '3'],
    ])
  })
  it('of the title alone does not', () => {
    expect(writes(row({ title: 'Hello' }), row())).toEqual([['change', 'welcome.de', '2']])
  })
  it('takes a version that somebody typed', () => {
    expect(writes(row({ text: 'Neu.', version: '2027-01' }), row())).toEqual([
      ['change', 'welcome.de', '2027-01'],
      ['change', 'welcome.fr', '2027-01'],
    ])
  })
  it('gives a new language the version of its prompt, and a new prompt the first', () => {
    const { version: _version, ...blank } = row({ key: 'welcome.es', language: 'es' })
    expect(writes(blank as TableRow, null)).toEqual([['add', 'welcome.es', '2']])
    expect(writes({ ...blank, key: 'new.es', prompt: 'new' } as TableRow, null)).toEqual([
      ['add', 'new.es', '1'],
    ])
  })
  it('knows the prompt by the key where no column names it', () => {
    const bare = ({ prompt: _prompt, ...rest }: TableRow) => rest as TableRow
    expect(
      writes(bare(row({ text: 'Neu.' })), bare(row()), false, [bare(row()), bare(french), bare(other)]),
    ).toEqual([
      ['change', 'welcome.de', '3'],
      ['change', 'welcome.fr', '3'],
    ])
  })
  it('leaves versions alone where the table has no column for them', () => {
    const without = columns.filter(({ name }) => name !== 'version')
    expect(planSave(without, row({ text: 'Neu.' }), row(), [row(), french], true)).toHaveLength(1)
  })
})
