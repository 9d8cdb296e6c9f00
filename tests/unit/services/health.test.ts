// Catalogue health over time: few at once, stopped where it is, dry runs that check what they need, rows and uploads.
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../../sandbox/org/clock'
import { readCatalogue } from '../../../src/core/catalogue'
import { answered, failure, refused } from '../../../src/core/errors'
import type { Finding, HealthAsset } from '../../../src/core/health'
import type { CatalogueTable, PromptUploads, TableRow } from '../../../src/core/health-ports'
import { createHealth } from '../../../src/services/health'
import { createHealthRows } from '../../../src/services/health-rows'
import { createHealthUpload } from '../../../src/services/health-upload'

const good: Finding = {
  ok: true,
  measured: {
    durationMs: 1_000,
    sizeBytes: 1,
    codec: 'mp3',
    sha256: '',
    lufs: -20,
    peakDbfs: -3,
    leadingSilenceMs: 0,
  },
}
const prompts = Array.from({ length: 10 }, (_, at) => ({
  key: `prompt-${at}`,
  title: `Prompt ${at}`,
  formats: ['mp3'],
  recordings: [{ language: 'en', tier: 'standard' }],
}))
const rules = {
  defaults: { language: 'en', tier: 'standard' },
  tiers: ['standard'],
  attributes: { language: 'language', tier: 'tier' },
  cdnBase: 'https://cdn.example.org',
  carrier: { medium: 'url' as const },
}

/** Every probe waits until the test lets it go on. */
function openHealth() {
  const open: { asset: HealthAsset; found: (finding: Finding) => void; signal: AbortSignal }[] = []
  const probe = {
    probe: (asset: HealthAsset, signal: AbortSignal) =>
      new Promise<Finding>((found) => open.push({ asset, found, signal })),
  }
  const source = { fetchCatalogue: async () => answered(readCatalogue({ prompts })) }
  const health = createHealth({ clock: createVirtualClock(0), catalogues: [source], probe }, rules)
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return { health, open, settle, state: () => health.snapshot.value }
}

describe('a check of all files', () => {
  it('looks into four at a time, and tells how far it is', async () => {
    const { health, open, settle, state } = openHealth()
    const checking = health.check()
    await settle()
    expect([open.length, state().status, state().total]).toEqual([4, 'checking', 10])
    open[0]?.found(good)
    await settle()
    expect([open.length, state().done]).toEqual([5, 1])
    for (let at = 1; at < 10; at += 1) {
      open[at]?.found(good)
      await settle()
    }
    await checking
    expect(state()).toMatchObject({ status: 'done', done: 10, report: { counts: { unchecked: 0 } } })
  })

  it('stops where it is: what was given up on the way is not blamed', async () => {
    const { health, open, settle, state } = openHealth()
    const checking = health.check()
    await settle()
    open[0]?.found(good)
    await settle()
    health.stop()
    expect(open.every(({ signal }) => signal.aborted)).toBe(true)
    for (const { found } of open) found({ ok: false, failure: failure('fetch_timeout') })
    await checking
    expect(state()).toMatchObject({
      status: 'partly',
      done: 1,
      report: { counts: { good: 1, unchecked: 9, fault: 0 } },
    })
    expect(open).toHaveLength(5)
  })

  it('says why there is nothing to check', async () => {
    const source = { fetchCatalogue: async () => refused({ kind: 'rejected', message: 'HTTP 404' }) }
    const probe = { probe: async () => good }
    const health = createHealth({ clock: createVirtualClock(0), catalogues: [source], probe }, rules)
    await health.check()
    expect(health.snapshot.value).toMatchObject({ status: 'refused', problem: 'HTTP 404' })
  })
})

const columns = ['key', 'prompt', 'language', 'title', 'version', 'text'].map((name) => ({
  name,
  type: 'string',
}))
const row = (language: string, text = 'Words'): TableRow => ({
  key: `welcome.${language}`,
  prompt: 'welcome',
  language,
  title: 'Welcome',
  version: '1',
  text,
})
const forbidden = refused({ kind: 'forbidden', message: 'no', missing: ['architect:datatableRow:edit'] })

async function openRows(change: Partial<CatalogueTable> = {}) {
  const stored = new Map(['de', 'fr'].map((language) => [`welcome.${language}`, row(language)]))
  const written: string[] = []
  const table: CatalogueTable = {
    fetchColumns: async () => answered(columns),
    fetchRows: async () => answered([...stored.values()]),
    fetchRow: async (key) => answered(stored.get(key)!),
    addRow: async () => answered(undefined),
    async writeRow(next) {
      written.push(`${next.key} ${next.version}`)
      stored.set(next.key, next)
      return answered(undefined)
    },
    async removeRow(key) {
      stored.delete(key)
      return answered(undefined)
    },
    ...change,
  }
  let changes = 0
  const rows = createHealthRows(table, () => (changes += 1))
  await rows.read()
  rows.edit('welcome.de')
  const draft = () => rows.snapshot.value.open?.draft ?? {}
  return { rows, stored, written, draft, changes: () => changes, state: () => rows.snapshot.value }
}

describe('an edit of a row', () => {
  it('is saved with a new version, in the other rows of the prompt too', async () => {
    const { rows, written, draft, changes, state } = await openRows()
    await rows.save({ ...draft(), text: 'Neu' }, false)
    expect(written).toEqual(['welcome.de 2', 'welcome.fr 2'])
    expect(state()).toMatchObject({
      open: null,
      saved: 'Saved welcome.de, version 2, also in 1 other row of the prompt.',
    })
    expect(changes()).toBe(1)
  })
  it('writes nothing where a value is bad', async () => {
    const { rows, written, draft, state } = await openRows()
    await rows.save({ ...draft(), language: 'no tag' }, false)
    expect(written).toEqual([])
    expect(state().complaints).toMatchObject([{ field: 'language', value: '"no tag"' }])
    expect(state().open?.draft.language).toBe('no tag')
  })
  it('does not write over what somebody else has changed meanwhile', async () => {
    const { rows, stored, written, draft, state } = await openRows()
    stored.set('welcome.de', row('de', 'Theirs'))
    await rows.save({ ...draft(), text: 'Ours' }, false)
    await rows.remove()
    expect(written).toEqual([])
    expect(stored.get('welcome.de')?.text).toBe('Theirs')
    expect(state().problem).toContain('somebody else has changed it meanwhile')
  })
  it('says who lacks what, and what was done where only a later write fails', async () => {
    const first = await openRows({ writeRow: async () => forbidden })
    await first.rows.save({ ...first.draft(), text: 'Neu' }, false)
    expect(first.state().problem).toContain('The row was not saved: you lack architect:datatableRow:edit')
    let calls = 0
    const second = await openRows({
      writeRow: async () => ((calls += 1) === 1 ? answered(undefined) : forbidden),
    })
    await second.rows.save({ ...second.draft(), text: 'Neu' }, false)
    expect(second.state().problem).toContain('The row was saved, but welcome.fr did not get the new version')
  })
  it('removes a row', async () => {
    const { rows, stored, state } = await openRows()
    await rows.remove()
    expect([...stored.keys()]).toEqual(['welcome.fr'])
    expect(state().saved).toBe('Removed welcome.de.')
  })
  it('says that there is no table', () => {
    expect(createHealthRows(null, () => undefined).snapshot.value.status).toBe('no-table')
  })
})

function openUpload(change: Partial<PromptUploads> = {}, looks: (string | number)[] = [2_000]) {
  const clock = createVirtualClock(0)
  const asked: string[] = []
  const uploads: PromptUploads = {
    findPrompt: async () => answered(null),
    createPrompt: async (name) => (asked.push(`create ${name}`), answered({ id: 'p1' })),
    addRecording: async (_, language) => (asked.push(`add ${language}`), answered(undefined)),
    upload: async (id, language) => (asked.push(`upload ${id} ${language}`), answered(undefined)),
    async fetchRecording(_, language) {
      const look = looks.length > 1 ? looks.shift() : looks[0]
      const isReady = typeof look === 'number'
      return answered({
        language,
        uploadStatus: isReady ? 'transcoded' : String(look),
        durationMs: isReady ? look : null,
      })
    },
    ...change,
  }
  const sound = {
    wav: new Uint8Array(64_044),
    sampleRate: 16_000,
    durationMs: 2_000,
    lufs: -20,
    leadingSilenceMs: 0,
  }
  const converter = { convert: async () => answered(sound) }
  const upload = createHealthUpload({ clock, converter, uploads }, 'cueline_', () => asked.push('changed'))
  const wish = { promptKey: 'new-notice', language: 'en-US', title: '', text: '' }
  return { upload, asked, clock, wish, state: () => upload.snapshot.value }
}
const file = new Uint8Array(1)

describe('an upload', () => {
  it('makes the prompt and its language, sends, and waits for the platform', async () => {
    const { upload, asked, clock, wish, state } = openUpload({}, ['uploaded', 'uploaded', 2_010])
    await upload.choose('new.mp3', file)
    const sending = upload.send(wish, false)
    await clock.advance(2_500)
    expect(state().stage).toBe('transcoding')
    await clock.advance(1_000)
    await sending
    expect(asked).toEqual(['create cueline_new_notice', 'add en-us', 'upload p1 en-us', 'changed'])
    expect(state()).toMatchObject({
      stage: 'done',
      result: { name: 'cueline_new_notice', durationMs: 2_010 },
    })
  })
  it('replaces a recording only once somebody has said so, and does not take the old one for the new', async () => {
    const recordings = [{ language: 'en-us', uploadStatus: 'transcoded', durationMs: 9_000 }]
    const there = { findPrompt: async () => answered({ id: 'p7', recordings }) }
    const { upload, asked, clock, wish, state } = openUpload(there, [9_000, 2_000])
    await upload.choose('new.mp3', file)
    await upload.send(wish, false)
    expect([asked, state().stage, state().replaces]).toEqual([[], 'ready', 'cueline_new_notice, en-us'])
    const sending = upload.send(wish, true)
    await clock.advance(1_500)
    expect(state().stage).toBe('transcoding')
    await clock.advance(1_000)
    await sending
    expect(asked).toEqual(['upload p7 en-us', 'changed'])
  })
  it('says what failed, and may be sent again', async () => {
    const refusing = {
      createPrompt: async () =>
        refused({ kind: 'forbidden', message: '', missing: ['architect:userPrompt:add'] }),
    }
    const first = openUpload(refusing)
    await first.upload.choose('new.mp3', file)
    await first.upload.send(first.wish, false)
    expect(first.state()).toMatchObject({ stage: 'ready' })
    expect(first.state().problem).toContain('Nothing was sent: you lack architect:userPrompt:add')
    const second = openUpload({}, ['transcodeFailed'])
    await second.upload.choose('new.mp3', file)
    const sending = second.upload.send(second.wish, false)
    await second.clock.advance(1_000)
    await sending
    expect(second.state().problem).toContain('Architect could not transcode it')
  })
  it('does not say that it is done where the platform never does', async () => {
    const { upload, clock, wish, state } = openUpload({}, ['uploaded'])
    await upload.choose('new.mp3', file)
    const sending = upload.send(wish, false)
    await clock.advance(61_000)
    await sending
    expect(state()).toMatchObject({ stage: 'ready', result: null })
    expect(state().problem).toContain('within 60 seconds')
  })
})
