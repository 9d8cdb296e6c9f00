// A panel on screen over snapshots made by hand: real stores and views, no services behind them.
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { shallowRef } from 'vue'
import App from '../../src/App.vue'
import type { Boot } from '../../src/core/boot'
import { createPromptSearch } from '../../src/core/prompt-search'
import { missingScopes } from '../../src/core/scopes'
import { emptyQueue } from '../../src/core/queue'
import { createSnapshot } from '../../src/services/snapshot'
import {
  panelServicesKey,
  partsKey,
  type LateParts,
  type PanelParts,
  type PanelServices,
} from '../../src/stores/services'
import { panelParts } from '../../src/views/panel-parts'
import { conversation, interaction, prompt } from './factories'
import { createTestBackend } from './ports'
import { createPreferences } from '../../src/services/preferences'
import { keptStorageOf } from './desk-parts'

type Watched = Exclude<keyof PanelServices, 'search' | 'rights'>
type SnapshotOf<K extends Watched> = PanelServices[K]['snapshot']['value']

/** Signed in, connected, two prompts: a test changes what it is about. */
export function createTestServices(more: Partial<PanelServices['playback']['capabilities']> = {}) {
  const search = createSnapshot({ query: '' })
  const asked = {
    signIns: 0,
    popups: 0,
    stops: 0,
    reads: 0,
    loads: 0,
    prepared: [] as string[],
    played: [] as string[],
    answers: [] as boolean[],
    cancels: 0,
    /** What was asked of the queue, in words. */
    queue: [] as string[],
    get query() {
      return search.value.query
    },
    set query(query) {
      search.set({ query })
    },
  }
  const snapshots = {
    session: createSnapshot<SnapshotOf<'session'>>({
      status: 'signed-in',
      identity: { userId: 'user-me', name: 'Ada', scopes: null },
      renewalDue: false,
    }),
    channel: createSnapshot<SnapshotOf<'channel'>>({
      status: 'live',
      refusedTopics: [],
      unknownFrames: 0,
      problem: null,
    }),
    live: createSnapshot<SnapshotOf<'live'>>({
      status: 'ready',
      interaction: interaction(),
      conversation: conversation(),
      refusal: null,
    }),
    prompts: createSnapshot<SnapshotOf<'prompts'>>({
      status: 'ready',
      prompts: [
        prompt({ pinned: true }),
        prompt({ key: 'terms', title: 'Terms of sale', category: 'Legal' }),
      ],
      gaps: [],
      problem: null,
      wish: { language: 'en', tier: 'standard', notes: [] },
      readiness: {},
    }),
    playback: createSnapshot<SnapshotOf<'playback'>>({
      current: null,
      recent: [],
      question: null,
      foreign: null,
      played: [],
    }),
    queue: createSnapshot<SnapshotOf<'queue'>>(emptyQueue),
    outbox: createSnapshot<SnapshotOf<'outbox'>>({ waiting: 0, kept: true, problem: null }),
    records: createSnapshot<SnapshotOf<'records'>>({ keeping: null, required: false, problem: null }),
  }
  const preferences = createPreferences(keptStorageOf(new Map()))
  const services: PanelServices = {
    session: {
      snapshot: snapshots.session,
      signIn: () => void (asked.signIns += 1),
      signInByPopup: () => void (asked.popups += 1),
    },
    channel: { snapshot: snapshots.channel },
    live: {
      snapshot: snapshots.live,
      read() {
        asked.reads += 1
        return Promise.resolve()
      },
    },
    prompts: {
      snapshot: snapshots.prompts,
      load() {
        asked.loads += 1
        return Promise.resolve()
      },
      prepare(key) {
        asked.prepared.push(key)
        return Promise.resolve({ status: 'checking' })
      },
      localCopy: () => null,
    },
    playback: {
      snapshot: snapshots.playback,
      answer: (anyway) => void asked.answers.push(anyway),
      cancel: () => void (asked.cancels += 1),
      stop() {
        asked.stops += 1
        return Promise.resolve()
      },
      capabilities: { ...createTestBackend().backend.capabilities, ...more },
    },
    queue: {
      snapshot: snapshots.queue,
      request: ({ key }) => void asked.played.push(key),
      remove: (id) => void asked.queue.push(`remove ${id}`),
      move: (id, by) => void asked.queue.push(`move ${id} ${by}`),
      clear: () => void asked.queue.push('clear'),
      goOn: () => void asked.queue.push('go on'),
    },
    outbox: { snapshot: snapshots.outbox },
    records: { snapshot: snapshots.records },
    preferences,
    rights: { missing: (granted) => missingScopes(needs, granted) },
    search: { snapshot: search, write: (text) => void (asked.query = text) },
  }
  return { asked, snapshots, services, preferences }
}

/** What a panel has once a prompt can be clicked. */
export const allParts: PanelParts = { ...panelParts, createPromptSearch }
export const partsThere = (): LateParts => ({
  parts: shallowRef(allParts),
  failures: shallowRef(0),
  ask: () => undefined,
})

const needs = [{ scope: 'notifications', without: 'nothing is seen' }]

const running: Boot = { stage: 'running', embedded: true, hostProblem: null }

type TestServices = ReturnType<typeof createTestServices>

/** Which view the launch asks for, and those that there are beside the panel. */
type Launched = Partial<Pick<InstanceType<typeof App>['$props'], 'view' | 'views'>>

interface More {
  /** What the backend can do, where a test needs more than the usual. */
  readonly capabilities?: Partial<PanelServices['playback']['capabilities']>
  readonly provide?: Record<symbol, unknown>
  /** What there is before anything is drawn. */
  before?(snapshots: TestServices['snapshots'], asked: TestServices['asked']): void
}

/** Mounts the whole app at this stage of its start. The test unmounts it. */
export function mountApp(
  stage: Boot = running,
  missing: readonly string[] = [],
  launched: Launched = {},
  more: More = {},
) {
  const { asked, snapshots, services, preferences } = createTestServices(more.capabilities)
  more.before?.(snapshots, asked)
  const boot = shallowRef(stage)
  const wrapper = mount(App, {
    props: { boot, missing, view: 'panel', views: {}, ...launched },
    attachTo: document.body,
    global: {
      plugins: [createPinia()],
      provide: {
        [panelServicesKey as symbol]: services,
        [partsKey as symbol]: partsThere(),
        ...more.provide,
      },
    },
  })
  return { wrapper, boot, asked, snapshots, preferences, text: () => wrapper.text() }
}
