// The catalogue's half of the setup: before, during and after a check, dry runs, its forms and what they complain of.
import { defineComponent, h, type Component } from 'vue'
import { readCatalogue } from '../../src/core/catalogue'
import type { DryRunChoice } from '../../src/core/dry-run'
import { failure } from '../../src/core/errors'
import { listAssets, type Finding } from '../../src/core/health'
import { problemsOf, reportHealth } from '../../src/core/health-report'
import type { HealthState } from '../../src/services/health'
import type { DryRunAnswer, DryRunState } from '../../src/services/health-dry-run'
import type { HealthRowsState } from '../../src/services/health-rows'
import type { HealthUploadState } from '../../src/services/health-upload'
import { createSnapshot } from '../../src/services/snapshot'
import { healthKey, type HealthServices } from '../../src/stores/health'
import HealthView from '../../src/views/HealthView.vue'
import SetupCatalogueGap from '../../src/views/SetupCatalogueGap.vue'
import { candidate } from '../../tests/support/factories'
import { press, view } from '../scene'
import { allRights, setupScene, stateWith } from './setup-scene'

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

const cdn = 'https://cdn.example.org'
const fileIn = (language: string, format: 'mp3' | 'wav', reason: string | null = null) =>
  candidate({ url: `${cdn}/${language}/premium/terms.${format}`, language, tier: 'premium', format, reason })
const choiceOf = (title: string, more: Partial<DryRunChoice> = {}): DryRunChoice => ({
  promptKey: title.toLowerCase().replaceAll(' ', '-'),
  title,
  run: {
    lines: [
      {
        candidate: fileIn('de', 'mp3'),
        verdict: { kind: 'faulty', failure: failure('asset_missing', 'HTTP 404') },
      },
      { candidate: fileIn('de', 'wav'), verdict: { kind: 'format-not-played' } },
      {
        candidate: fileIn('en', 'mp3', 'no German recording can be played: English instead'),
        verdict: { kind: 'chosen' },
      },
      { candidate: fileIn('fr', 'mp3'), verdict: { kind: 'not-needed' } },
    ],
    chosen: null,
  },
  dates: [],
  withinS: null,
  ...more,
})
const nothingPlayable = choiceOf('Right of withdrawal', {
  run: { lines: [], chosen: null },
  withinS: 45,
})
const expired = choiceOf('Terms of sale', { dates: [{ kind: 'expired', date: '2026-05-31' }] })
const answer = (more: Partial<Extract<DryRunAnswer, { status: 'answered' }>>): Partial<DryRunState> => ({
  queueStatus: 'ready',
  queues: [{ id: 'q-1', name: 'Claims' }],
  answer: {
    status: 'answered',
    queue: { id: 'q-1', name: 'Claims' },
    direction: 'inbound',
    wish: { language: 'de', tier: 'premium', notes: [] },
    supported: ['opus', 'mp3'],
    asked: choiceOf('Terms of sale'),
    required: [],
    ...more,
  },
})

interface States {
  readonly dryRun?: Partial<DryRunState>
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
        ...states.health,
      }),
      check: nothing,
      stop: () => undefined,
    },
    dryRun: {
      snapshot: createSnapshot<DryRunState>({
        queues: [],
        queueStatus: 'idle',
        queueProblem: null,
        answer: null,
        ...states.dryRun,
      }),
      readQueues: nothing,
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

/** `part`: the part of the catalogue that is opened, by its name. */
const scene = (states: States, part?: string) =>
  setupScene(stateWith(allRights), {
    catalogue: () => Promise.resolve(HealthView),
    provide: { [healthKey as symbol]: servicesOf(states) },
    act: part === undefined ? undefined : (stage) => press(stage, part),
  })
/** What is loaded when the tab is opened, where it is not the catalogue itself. */
const withoutHealth = (catalogue: () => Promise<Component>) => setupScene(stateWith(allRights), { catalogue })
const gap = defineComponent({
  setup: () => () =>
    h(SetupCatalogueGap, {
      complaints: [
        { field: 'cdn.base', value: '""', rule: 'must be an https URL' },
        { field: 'oauth.clientId', value: 'nothing', rule: 'is required' },
      ],
    }),
})
const checked = { report, problems: problemsOf(report), done: 3, total: 3 }

export const health = [
  view('Setup, the catalogue', {
    'before a check': scene({}),
    'being checked': scene({ health: { status: 'checking', done: 1, total: 3, report } }),
    checked: scene({ health: { status: 'done', ...checked } }),
    'changed since': scene({ health: { status: 'done', ...checked, isStale: true } }),
    refused: scene({ health: { status: 'refused', problem: 'HTTP 404' } }),
    'cannot be looked at yet': withoutHealth(() => Promise.resolve(gap)),
    'did not arrive': withoutHealth(() => Promise.reject(new Error('no network'))),
    'dry run': scene({}, 'Dry run'),
    'dry run, asked': scene({ dryRun: answer({ required: [nothingPlayable, expired] }) }, 'Dry run'),
    'dry run, nothing is required': scene({ dryRun: answer({ asked: null }) }, 'Dry run'),
    'dry run, no such prompt': scene(
      {
        dryRun: {
          answer: { status: 'unknown-prompt', promptKey: 'zebra' },
          queueStatus: 'refused',
          queueProblem: 'The queues cannot be read: routing:queue:view is missing.',
        },
      },
      'Dry run',
    ),
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
