// The admin's view of the catalogue: headers of the matrix, problems in words, forms that name field, value and rule.
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { readCatalogue } from '../../src/core/catalogue'
import { failure } from '../../src/core/errors'
import { listAssets, type Finding } from '../../src/core/health'
import { problemsOf, reportHealth } from '../../src/core/health-report'
import type { RowDraft } from '../../src/core/row-draft'
import type { HealthState } from '../../src/services/health'
import type { DryRunState } from '../../src/services/health-dry-run'
import type { HealthRowsState } from '../../src/services/health-rows'
import type { HealthUploadState } from '../../src/services/health-upload'
import { createSnapshot } from '../../src/services/snapshot'
import { healthKey, type HealthServices } from '../../src/stores/health'
import HealthView from '../../src/views/HealthView.vue'
import { candidate } from '../support/factories'

enableAutoUnmount(afterEach)

const catalogue = readCatalogue({
  prompts: [
    { key: 'fine', title: 'Fine', formats: ['mp3'], recordings: [{ language: 'de', tier: 'standard' }] },
    {
      key: 'gone',
      title: 'Gone',
      formats: ['mp3', 'wav'],
      recordings: [{ language: 'en', tier: 'premium' }],
    },
    { key: 'BAD' },
  ],
})
const sound = { durationMs: 3_210, sizeBytes: 8_400, codec: 'mp3', peakDbfs: -3, leadingSilenceMs: 20 }
const findings = new Map<string, Finding>([
  ['fine/de/standard/mp3', { ok: true, measured: { ...sound, sha256: 'a', lufs: -19.04 } }],
  ['gone/en/premium/mp3', { ok: false, failure: failure('asset_missing', 'HTTP 404') }],
  [
    'gone/en/premium/wav',
    { ok: true, measured: { ...sound, sha256: 'b', lufs: -19, leadingSilenceMs: 900 } },
  ],
])
const report = reportHealth(catalogue, listAssets(catalogue.prompts, 'https://cdn.example.org'), findings, {
  nowMs: 0,
  tiers: ['standard', 'premium'],
})

function mountView() {
  const asked: unknown[][] = []
  const note =
    (name: string) =>
    (...given: unknown[]) =>
      void asked.push([name, ...given])
  const state = createSnapshot<HealthState>({
    status: 'idle',
    problem: null,
    isStale: false,
    done: 0,
    total: 0,
    report: null,
    problems: [],
    prompts: [],
  })
  const dryRun = createSnapshot<DryRunState>({
    queues: [],
    queueStatus: 'idle',
    queueProblem: null,
    answer: null,
  })
  const rows = createSnapshot<HealthRowsState>({
    status: 'ready',
    columns: [
      { name: 'key', type: 'string' },
      { name: 'language', type: 'string' },
      { name: 'pinned', type: 'boolean' },
    ],
    rows: [{ key: 'fine.de', language: 'de', pinned: true }],
    open: null,
    complaints: [],
    saving: false,
    problem: null,
    saved: null,
  })
  const upload = createSnapshot<HealthUploadState>({
    stage: 'empty',
    fileName: null,
    sound: null,
    wavBytes: 0,
    complaints: [],
    replaces: null,
    problem: null,
    result: null,
  })
  const services = {
    health: { snapshot: state, check: note('check'), stop: note('stop') },
    dryRun: { snapshot: dryRun, readQueues: note('readQueues'), ask: note('ask') },
    rows: {
      snapshot: rows,
      read: note('read'),
      edit: note('edit'),
      close: note('close'),
      save: (draft: RowDraft, changed: boolean) => note('save')({ ...draft }, changed),
      remove: note('remove'),
    },
    upload: { snapshot: upload, choose: note('choose'), send: note('send'), reset: note('reset') },
  } as unknown as HealthServices
  const provide = { [healthKey as symbol]: services }
  const wrapper = mount(HealthView, {
    global: { plugins: [createPinia()], provide },
    attachTo: document.body,
  })
  const button = (name: string) => {
    const found = wrapper.findAll('button').find((one) => one.text() === name)
    if (!found) throw new Error(`no button is named ${name}`)
    return found
  }
  return { wrapper, asked, state, dryRun, rows, upload, button }
}

describe('the files', () => {
  it('are checked on a click, with their progress, and can be stopped', async () => {
    const { wrapper, asked, state, button } = mountView()
    await button('Check all files').trigger('click')
    state.patch({ status: 'checking', done: 3, total: 12, report })
    await nextTick()
    expect(wrapper.get('[data-health-status="checking"]').text()).toBe('Checking: 3 of 12 files.')
    expect(wrapper.get('[role="progressbar"]').attributes('aria-valuenow')).toBe('25')
    await button('Stop').trigger('click')
    expect(asked.map(([name]) => name)).toEqual(['check', 'stop'])
    state.patch({ status: 'partly' })
    await nextTick()
    expect(wrapper.get('[data-health-status]').text()).toBe('Stopped: 3 of 12 files were checked.')
  })

  it('stand in a table with headers, what is wrong first, in words with figures', async () => {
    const { wrapper, state } = mountView()
    state.patch({ status: 'done', report, problems: problemsOf(report) })
    await nextTick()
    expect(wrapper.findAll('thead th[scope="col"]').map((head) => head.text())).toEqual([
      'Language · tier',
      'mp3',
      'wav',
    ])
    expect(wrapper.findAll('tbody th[scope="rowgroup"]').map((head) => head.text())).toEqual(['Gone', 'Fine'])
    expect(wrapper.findAll('tbody th[scope="row"]').map((head) => head.text())).toEqual([
      'English · premium',
      'German · standard',
    ])
    const text = wrapper.get('[data-asset="fine/de/standard/mp3"]').text()
    for (const part of ['Good', '3.2 s', '−19.0 LUFS', 'silence 20 ms', '8 kB']) expect(text).toContain(part)
    const [faults, notes, gaps] = wrapper.findAll('.problems').map((list) => list.text())
    expect(faults).toContain('Gone, English · premium, mp3')
    expect(faults).toContain('(HTTP 404)')
    expect(notes).toContain('Begins with 900 ms of silence')
    expect(gaps).toContain('prompts.2.key')
    await wrapper.get('input[type="checkbox"]').setValue(true)
    expect(wrapper.findAll('tbody')).toHaveLength(1)
  })

  it('are not there where the catalogue cannot be read', async () => {
    const { wrapper, state } = mountView()
    state.patch({ status: 'refused', problem: 'HTTP 404' })
    await nextTick()
    expect(wrapper.get('[role="alert"]').text()).toContain('HTTP 404. Check "cdn.base"')
  })
})

it('a dry run asks about a call, and tells file and reason, and what its queue requires', async () => {
  const { wrapper, asked, dryRun, button } = mountView()
  await button('Dry run').trigger('click')
  const form = wrapper.get('section[aria-labelledby="dry-run-heading"] form')
  // Without a queue and a prompt there is nothing to ask.
  await form.trigger('submit')
  expect(asked).toEqual([])
  expect(button('Show the choice').attributes('disabled')).toBeDefined()
  const [queue, direction] = form.findAll('select')
  await queue?.trigger('focus')
  dryRun.patch({ queueStatus: 'ready', queues: [{ id: 'q-1', name: 'Claims' }] })
  await nextTick()
  await queue?.setValue('q-1')
  await direction?.setValue('outbound')
  const typed = ['fine', 'fr', 'premium', 'mp3']
  for (const [at, input] of form.findAll('input').entries()) await input.setValue(typed[at])
  await form.trigger('submit')
  expect(asked).toEqual([
    ['readQueues'],
    [
      'ask',
      {
        queueId: 'q-1',
        direction: 'outbound',
        promptKey: 'fine',
        language: 'fr',
        tier: 'premium',
        codecs: 'mp3',
      },
    ],
  ])
  const chosen = candidate({
    url: 'https://cdn.example.org/x.mp3',
    reason: 'no French recording: German instead',
  })
  const run = { chosen, lines: [{ candidate: chosen, verdict: { kind: 'chosen' as const } }] }
  const choice = { promptKey: 'fine', title: 'Fine', run, dates: [], withinS: null }
  const expired = { kind: 'expired' as const, date: '2020-01-01' }
  dryRun.patch({
    answer: {
      status: 'answered',
      queue: { id: 'q-1', name: 'Claims' },
      direction: 'outbound',
      wish: { language: 'fr', tier: 'premium', notes: ['A note.'] },
      supported: ['mp3'],
      asked: choice,
      required: [{ ...choice, promptKey: 'gone', title: 'Gone', withinS: 60, dates: [expired] }],
    },
  })
  await nextTick()
  const text = wrapper.get('[data-dry-run]').text()
  expect(text).toContain('An outbound call in the queue Claims: French, tier premium; the line plays mp3.')
  expect(wrapper.get('[data-choice="fine"]').text()).toContain(
    'This file: https://cdn.example.org/x.mp3, because no French recording: German instead.',
  )
  expect(text).toContain('A note.')
  expect(text).toContain('Also required in this queue')
  const gone = wrapper.get('[data-choice="gone"]').text()
  expect(gone).toContain('required within 60 s')
  expect(gone).toContain('Expired on 2020-01-01')
  expect(gone).not.toContain('This file')
})

it('a row is edited by its columns, and a bad value is named at its field', async () => {
  const { wrapper, asked, rows, button } = mountView()
  await button('Data table').trigger('click')
  await wrapper.get('section[aria-labelledby="rows-heading"] select').setValue('fine.de')
  expect(asked).toEqual([['edit', 'fine.de']])
  const [original] = rows.value.rows
  rows.patch({ open: { original: original!, draft: { key: 'fine.de', language: 'de', pinned: true } } })
  await nextTick()
  const form = wrapper.get('[data-row-form]')
  const [key, language] = form.findAll('input:not([type="checkbox"])')
  expect(key?.attributes('readonly')).toBeDefined()
  await language?.setValue('x!')
  await form.trigger('submit')
  expect(asked.at(-1)).toEqual(['save', { key: 'fine.de', language: 'x!', pinned: true }, false])
  rows.patch({ complaints: [{ field: 'language', value: '"x!"', rule: 'must be a language tag' }] })
  await nextTick()
  expect(language?.attributes('aria-invalid')).toBe('true')
  const complaint = wrapper.get(`#${language?.attributes('aria-describedby')}`)
  expect(complaint.text()).toBe('language is "x!": it must be a language tag.')
  // A removal takes two clicks.
  await button('Remove…').trigger('click')
  expect(asked.some(([name]) => name === 'remove')).toBe(false)
  await button('Remove fine.de for good').trigger('click')
  expect(asked.at(-1)).toEqual(['remove'])
})

it('an upload shows what it became, and asks before it replaces', async () => {
  const { wrapper, asked, upload, button } = mountView()
  await button('Upload').trigger('click')
  expect(button('Send to Architect').attributes('disabled')).toBeDefined()
  const converted = { sampleRate: 16_000, durationMs: 3_900, lufs: -20, leadingSilenceMs: 10 }
  upload.patch({
    stage: 'ready',
    fileName: 'a.mp3',
    sound: converted,
    wavBytes: 124_844,
    replaces: 'cueline_fine, de',
  })
  await nextTick()
  expect(wrapper.get('[data-upload-stage]').text()).toBe(
    'As WAV: 3.9 s, 16 kHz, 16 bit, one channel, 125 kB, −20.0 LUFS, 10 ms of silence first.',
  )
  const section = wrapper.get('section[aria-labelledby="upload-heading"]')
  await section.get('input[type="checkbox"]').setValue(true)
  await section.get('form').trigger('submit')
  expect(asked.at(-1)).toEqual(['send', { promptKey: '', language: '', title: '', text: '' }, true])
})
