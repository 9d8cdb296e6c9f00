// The catalogue's health: before, during and after a check, its forms and what they complain of.
import { readCatalogue } from '../../src/core/catalogue'
import { failure } from '../../src/core/errors'
import { listAssets, type Finding } from '../../src/core/health'
import { problemsOf, reportHealth } from '../../src/core/health-report'
import type { HealthState } from '../../src/services/health'
import type { HealthRowsState } from '../../src/services/health-rows'
import type { HealthUploadState } from '../../src/services/health-upload'
import { createSnapshot } from '../../src/services/snapshot'
import { healthKey, type HealthServices } from '../../src/stores/health'
import HealthScreen from '../../src/views/HealthScreen.vue'
import { press, view } from '../scene'
import { panelScene } from './panel-scene'

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

interface States {
  readonly health?: Partial<HealthState>
  readonly rows?: Partial<HealthRowsState>
  readonly upload?: Partial<HealthUploadState>
}

function servicesOf(states: States): HealthServices {
  const nothing = () => Promise.resolve()
  return {
    health: {
      snapshot: createSnapshot<HealthState>({
        status: 'idle',
        problem: null,
        isStale: false,
        done: 0,
        total: 0,
        report: null,
        problems: [],
        prompts: catalogue.prompts,
        dryRun: null,
        ...states.health,
      }),
      check: nothing,
      stop: () => undefined,
      ask: nothing,
    },
    rows: {
      snapshot: createSnapshot<HealthRowsState>({
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
        ...states.rows,
      }),
      read: nothing,
      edit: () => undefined,
      close: () => undefined,
      save: nothing,
      remove: nothing,
    },
    upload: {
      snapshot: createSnapshot<HealthUploadState>({
        stage: 'empty',
        fileName: null,
        sound: null,
        wavBytes: 0,
        complaints: [],
        replaces: null,
        problem: null,
        result: null,
        ...states.upload,
      }),
      choose: nothing,
      send: nothing,
      reset: () => undefined,
    },
  } as unknown as HealthServices
}

const views = { health: () => Promise.resolve(HealthScreen) }
/** `part`: the part of the view that is opened, by its name. */
const scene = (states: States, part?: string) =>
  panelScene({
    view: 'health',
    views,
    provide: { [healthKey as symbol]: servicesOf(states) },
    act: part === undefined ? undefined : (stage) => press(stage, part),
  })
const checked = { report, problems: problemsOf(report), done: 3, total: 3 }

export const health = [
  view('Catalogue', {
    'before a check': scene({}),
    'being checked': scene({ health: { status: 'checking', done: 1, total: 3, report } }),
    checked: scene({ health: { status: 'done', ...checked } }),
    'changed since': scene({ health: { status: 'done', ...checked, isStale: true } }),
    refused: scene({ health: { status: 'refused', problem: 'HTTP 404' } }),
    'dry run': scene({}, 'Dry run'),
    'data table': scene({}, 'Data table'),
    'no data table': scene({ rows: { status: 'no-table' } }, 'Data table'),
    upload: scene({}, 'Upload'),
    'an upload that is ready': scene(
      {
        upload: {
          stage: 'ready',
          fileName: 'welcome.mp3',
          wavBytes: 96_000,
          replaces: 'welcome in German',
        },
      },
      'Upload',
    ),
  }),
]
