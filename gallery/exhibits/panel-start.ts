// The panel before and beside its job: how it starts, who is signed in, which call there is, and what the catalogue holds.
import { shallowRef } from 'vue'
import type { SignedOutReason } from '../../src/core/session-words'
import { partsKey } from '../../src/stores/services'
import { interaction, refusal } from '../../tests/support/factories'
import { view } from '../scene'
import { panelScene } from './panel-scene'

const outside = { stage: 'running', embedded: false, hostProblem: null } as const
const missingView = () => Promise.reject(new Error('no network'))

const reasons: readonly (readonly [SignedOutReason, string | null])[] = [
  ['expired', null],
  ['window-needed', null],
  ['window-closed', null],
  ['denied', 'access_denied'],
  ['foreign-state', null],
  ['storage-refused', null],
  ['not-allowed', 'integration:cueline:view, the permission by which your organisation gives Cueline'],
  ['unreachable', 'HTTP 503'],
  ['way-lost', null],
]

export const starts = [
  view('Panel, starting', {
    starting: panelScene({ boot: { stage: 'starting' } }),
    misconfigured: panelScene({
      boot: {
        stage: 'misconfigured',
        complaints: [
          { field: 'cdn.base', value: '"ftp://prompts"', rule: 'must be an https URL' },
          { field: 'oauth.clientId', value: 'nothing', rule: 'is required' },
        ],
      },
    }),
    'not started': panelScene({
      boot: { stage: 'failed', detail: 'config.json cannot be read (HTTP 404)' },
    }),
    'signing in': panelScene({ set: ({ session }) => session.set({ status: 'leaving' }) }),
    'reading the call': panelScene({
      set: ({ live }) =>
        live.set({ status: 'loading', interaction: null, conversation: null, refusal: null }),
    }),
    'outside a desktop': panelScene({ boot: outside }),
    'desktop not recognised': panelScene({ boot: { ...outside, hostProblem: 'unknown environment' } }),
    'launched without a call': panelScene({ boot: outside, missing: ['gcConversationId'] }),
    'a view that was not loaded': panelScene({ view: 'team', views: { team: missingView } }),
  }),
  view(
    'Panel, signed out',
    Object.fromEntries(
      reasons.map(([why, detail]) => [
        why,
        panelScene({ set: ({ session }) => session.set({ status: 'signed-out', why, detail }) }),
      ]),
    ),
  ),
  view('Panel, the call', {
    'no call': panelScene({
      set: ({ live }) =>
        live.set({ status: 'no-call', interaction: null, conversation: null, refusal: null }),
    }),
    'not to be read': panelScene({
      set: ({ live }) =>
        live.set({
          status: 'refused',
          interaction: null,
          conversation: null,
          refusal: refusal({ message: 'You are not part of this call', correlationId: 'corr-7' }),
        }),
    }),
    'on hold': panelScene({ set: ({ live }) => live.patch({ interaction: interaction({ held: true }) }) }),
    muted: panelScene({ set: ({ live }) => live.patch({ interaction: interaction({}, { muted: true }) }) }),
    'words, queue and notes did not arrive': panelScene({
      set: ({ queue }) =>
        queue.set({ waiting: [{ id: 'next', promptKey: 'terms', title: 'Terms of sale' }], held: false }),
      provide: {
        [partsKey as symbol]: { parts: shallowRef(null), failures: shallowRef(2), ask: () => undefined },
      },
    }),
    over: panelScene({
      set: ({ live }) =>
        live.patch({
          interaction: interaction({ state: 'disconnected', endedAtMs: 9_000 }, { state: 'disconnected' }),
        }),
    }),
    'connection lost, attributes not readable': panelScene({
      set({ channel, prompts }) {
        channel.patch({ status: 'lost' })
        const notes = ["The customer's language is not readable: English is used."]
        prompts.patch({ wish: { language: 'en', tier: 'standard', notes } })
      },
    }),
    'a right is missing': panelScene({
      set({ channel, session }) {
        channel.patch({
          refusedTopics: [{ topic: 'v2.x', reason: 'conversation:communication:view' }],
        })
        session.patch({ identity: { userId: 'user-me', name: 'Ada', scopes: [] } })
      },
    }),
  }),
  view('Panel, the catalogue', {
    ready: panelScene(),
    'nothing is checked yet': panelScene({ set: ({ prompts }) => prompts.patch({ readiness: {} }) }),
    'found by search': panelScene({ query: 'terms' }),
    'nothing found': panelScene({ query: 'zebra' }),
    'some played': panelScene({ set: ({ playback }) => playback.patch({ played: ['welcome', 'terms'] }) }),
    loading: panelScene({ set: ({ prompts }) => prompts.patch({ status: 'loading', prompts: [] }) }),
    refused: panelScene({
      set: ({ prompts }) => prompts.patch({ status: 'refused', prompts: [], problem: 'HTTP 502' }),
    }),
    empty: panelScene({ set: ({ prompts }) => prompts.patch({ prompts: [] }) }),
    'with faults': panelScene({
      set: ({ prompts }) =>
        prompts.patch({
          gaps: [
            { place: 'prompts.3.key', reason: 'is missing' },
            { place: 'prompts.9.recordings', reason: 'has no recording' },
          ],
        }),
    }),
  }),
]
