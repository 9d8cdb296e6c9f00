// The setup and the catalogue's health in other languages: no plain word is left in the pseudo-language, no English one in German.
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { readCatalogue } from '../../src/core/catalogue'
import { desiredState, kinds, usualChoices, type InstallChoices } from '../../src/core/desired'
import { answered, failure } from '../../src/core/errors'
import { listAssets, type Finding } from '../../src/core/health'
import { problemsOf, reportHealth } from '../../src/core/health-report'
import { backendOutlooks } from '../../src/core/install-backends'
import type { Actual } from '../../src/core/install-found'
import { planInstall } from '../../src/core/install-plan'
import type { Rights } from '../../src/core/install-rights'
import { isDeed, type InstallState } from '../../src/core/install-run'
import type { SetupPage } from '../../src/core/setup-page'
import { speak } from '../../src/core/text'
import { createSnapshot } from '../../src/services/snapshot'
import { healthKey } from '../../src/stores/health'
import { setupKey, useSetupStore } from '../../src/stores/setup'
import HealthView from '../../src/views/HealthView.vue'
import SetupView from '../../src/views/SetupView.vue'
import { candidate } from '../support/factories'
import { plainWords, textsOf } from '../support/plain-words'
import { dictionaryOf } from '../support/spoken-dictionaries'

enableAutoUnmount(afterEach)
afterEach(() => speak('en'))

const nothing = () => undefined
const choices: InstallChoices = { ...usualChoices, appUrl: 'https://a.example/', memberIds: ['anna'] }
const empty = Object.fromEntries(kinds.map((kind) => [kind, answered([])])) as unknown as Actual
const types = ['embedded-client-app', 'embedded-client-app-interaction-widget']
const all: Rights = { permissions: null, scopes: null, carriers: [], types }
const none: Rights = { permissions: [], scopes: [], carriers: [], types: [] }

async function openSetup(page: SetupPage, rights: Rights, of: Partial<InstallState> = {}): Promise<Element> {
  const plan = planInstall(desiredState(choices), empty, rights, 'keep')
  const inventory = plan.steps.map(({ key, kind, name }) => ({ key, kind, name, id: `id-${key}` }))
  const admin = { userId: 'admin', name: 'Noor', organisation: 'Northwind', ...rights }
  const missingRights = plan.steps.flatMap(({ reason }) => (reason?.kind === 'missing' ? [reason] : []))
  const install = createSnapshot<InstallState>({
    ...{ stage: 'planned', purpose: 'install', choices, plan, inventory, kept: false, problem: null },
    preflight: {
      ...{ admin, missingScopes: [], missingRights, products: null, types: rights.types },
      backends: backendOutlooks(rights, []),
    },
    progress: plan.steps.filter(isDeed).map(({ key }, place) => ({
      ...{ key, retries: place, problem: null },
      state: (['done', 'running', 'failed', 'skipped', 'waiting'] as const)[Math.min(place, 4)] ?? 'waiting',
    })),
    ...of,
  })
  const nobody = { value: '', source: 'nobody' }
  const services = {
    session: { snapshot: createSnapshot({ status: 'signed-in' }), signIn: nothing },
    install: { snapshot: install, config: () => '{ "backend": "secure-flow" }' },
    members: {
      snapshot: createSnapshot({
        chosen: [{ id: 'anna', name: 'Anna' }],
        status: 'found',
        found: [],
        text: '',
      }),
    },
    fields: { snapshot: createSnapshot({ environment: nobody, language: nobody, cdn: nobody }) },
    place: { environment: 'mypurecloud.de', gateway: null, languageTag: null },
    beginsWith: 'installation',
  }
  const global = { plugins: [createPinia()], provide: { [setupKey as symbol]: services } }
  const wrapper = mount(SetupView, { attachTo: document.body, global })
  useSetupStore().open(page)
  await nextTick()
  return wrapper.element as Element
}

const catalogue = readCatalogue({
  prompts: [
    { key: 'kim', title: 'Kim', formats: ['mp3', 'wav'], recordings: [{ language: 'de', tier: 'standard' }] },
  ],
})
const measured = { durationMs: 3_210, sizeBytes: 8_400, codec: 'mp3', peakDbfs: -3, leadingSilenceMs: 900 }
const findings = new Map<string, Finding>([
  ['kim/de/standard/mp3', { ok: false, failure: failure('asset_missing', null) }],
  ['kim/de/standard/wav', { ok: true, measured: { ...measured, sha256: 'b', lufs: -40 } }],
])
const limits = { nowMs: 0, tiers: ['standard'] }
const report = reportHealth(catalogue, listAssets(catalogue.prompts, 'https://cdn.example'), findings, limits)

async function openHealth(): Promise<Element> {
  const verdicts = [
    { kind: 'not-needed' },
    { kind: 'format-not-played' },
    { kind: 'faulty', failure: failure('asset_denied', null) },
    { kind: 'no-length' },
  ] as const
  const lines = verdicts.map((verdict) => ({ candidate: candidate(), verdict }))
  const run = { lines, chosen: null }
  const asked = { promptKey: 'kim', title: 'Kim', run, dates: [{ kind: 'expired', date: '1' }], withinS: 60 }
  const columns = ['key', 'tier', 'text', 'version'].map((name) => ({ name, type: 'string' }))
  const services = {
    health: {
      snapshot: createSnapshot({
        ...{ status: 'partly', problem: 'Kim', isStale: true, done: 1, total: 2, report, prompts: [] },
        problems: problemsOf(report),
      }),
    },
    dryRun: {
      snapshot: createSnapshot({
        ...{ queues: [], queueStatus: 'ready', queueProblem: null },
        answer: {
          ...{ status: 'answered', queue: { id: 'q', name: 'Kim' }, direction: 'inbound', supported: null },
          ...{ wish: { language: 'de', tier: 'standard', notes: [] }, asked, required: [] },
        },
      }),
    },
    rows: {
      snapshot: createSnapshot({
        ...{ status: 'ready', columns, rows: [{ key: 'kim' }], saving: false, problem: null, saved: null },
        ...{ open: { original: { key: 'kim' }, draft: { key: 'kim' } }, complaints: [] },
      }),
    },
    upload: {
      snapshot: createSnapshot({
        ...{
          stage: 'ready',
          fileName: 'kim.mp3',
          complaints: [],
          replaces: 'kim',
          problem: null,
          result: null,
        },
        ...{ sound: { ...measured, lufs: null, sampleRate: 16_000 }, wavBytes: 2_000_000 },
      }),
    },
  }
  const global = { plugins: [createPinia()], provide: { [healthKey as symbol]: services } }
  const wrapper = mount(HealthView, { attachTo: document.body, global })
  await nextTick()
  return wrapper.element as Element
}

const screens: [string, () => Promise<Element>][] = [
  ['the check', () => openSetup('check', all)],
  ['the check, without rights', () => openSetup('check', none)],
  ['the choices', () => openSetup('choose', all)],
  ['the plan', () => openSetup('plan', all)],
  ['the plan, blocked', () => openSetup('plan', none, { progress: [] })],
  ['the plan, under way', () => openSetup('plan', all, { stage: 'applying' })],
  ['the result', () => openSetup('result', all)],
  ['the removal', () => openSetup('removal', all, { purpose: 'remove' })],
  ['the health', openHealth],
]
/** Names of things, permissions and fields: what the platform and config.json call them, longest first. */
const data = [
  ...types,
  ...['Cueline agents', 'Cueline catalogue', 'Cueline agent', 'Cueline', 'Northwind', 'Noor', 'Anna', 'Kim'],
  ...['kim', 'standard', 'key', 'tier', 'text', 'version', 'kB'],
]
const machine =
  /[\w-]+(?:[:/._][\w*-]+)+|[a-z]+(?:-[a-z]+)+|\b(?:mp3|wav|opus|Opus|German|English|Architect)\b/g
const isMachine = (text: string): boolean =>
  !/\p{L}{2,}/u.test(
    [...data]
      .sort((a, b) => b.length - a.length)
      .reduce((rest, one) => rest.replaceAll(one, ''), text.replace(machine, '')),
  )

describe('for admins', () => {
  it.each(screens)('%s has no plain word in the pseudo-language', async (_, open) => {
    speak('en-XA', dictionaryOf('en-XA'))
    expect(plainWords(await open(), []).filter((text) => !isMachine(text))).toEqual([])
  })

  it.each(screens)('%s shares no words with the English one in German', async (_, open) => {
    const english = new Set(textsOf(await open()))
    document.body.innerHTML = ''
    const dictionary = dictionaryOf('de')
    speak('de', dictionary)
    const same = textsOf(await open()).filter((text) => english.has(text) && dictionary[text] !== text)
    expect(same.filter((text) => !isMachine(text))).toEqual([])
  })
})
