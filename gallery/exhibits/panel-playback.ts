// The panel at its job: each state of a playback, what waits, what is asked, what is required.
import { shallowRef } from 'vue'
import { failure, failureCodes } from '../../src/core/errors'
import { playbackStates, type Playback } from '../../src/core/playback'
import type { RequiredItem } from '../../src/core/required'
import { checklistKey, partsKey } from '../../src/stores/services'
import RequiredList from '../../src/views/RequiredList.vue'
import { prompt } from '../../tests/support/factories'
import { view } from '../scene'
import { panelScene, playing } from './panel-scene'
import { keepingOf } from './records-scene'

const current = (make: () => Playback) => ({
  set: ({ playback }: Parameters<NonNullable<NonNullable<Parameters<typeof panelScene>[0]>['set']>>[0]) =>
    playback.patch({ current: make() }),
})
const started = (): Playback => {
  const sent = playing({ state: 'playing' })
  return { ...sent, times: { ...sent.times, startedAtMs: Date.now() - 1_900 } }
}
const shown = (state: Playback['state']) => (): Playback => {
  if (state === 'playing') return started()
  const failed = state === 'failed' || state === 'rejected'
  return playing({ state, playedMs: 1_900, failure: failed ? failure('carrier_failed') : null })
}

const cut = { state: 'interrupted', playedMs: 100 } as const

const waiting = [
  { id: 'q-1', promptKey: 'terms', title: 'Terms of sale' },
  { id: 'q-2', promptKey: 'recording-notice', title: 'Recording notice' },
  { id: 'q-3', promptKey: 'goodbye', title: 'Goodbye' },
]
const monitored = {
  action: 'ask',
  failure: failure('monitored'),
  sentence: 'Somebody is listening in: they would hear the prompt as well.',
} as const
const required = (state: RequiredItem['state'], title: string): RequiredItem => ({
  conversationId: 'call-1',
  queueId: null,
  promptKey: title === 'Welcome' ? 'welcome' : title.toLowerCase().replaceAll(' ', '-'),
  title,
  dueAtMs: state === 'due' ? Date.now() + 24_000 : null,
  state,
  settledAtMs: null,
})

export const playbacks = [
  view(
    'Panel, a playback',
    Object.fromEntries([
      ['idle', panelScene()],
      ...playbackStates.map((state) => [state, panelScene(current(shown(state)))] as const),
    ]),
  ),
  view(
    'Panel, why it was not played',
    Object.fromEntries(
      failureCodes.map((code) => [
        code,
        panelScene(current(() => playing({ state: 'failed', failure: failure(code) }))),
      ]),
    ),
  ),
  view('Panel, around a playback', {
    'can be stopped': panelScene({ stops: true, ...current(started) }),
    'sent again soon': panelScene(
      current(() =>
        playing({ resendAtMs: Date.now() + 7_500, failure: failure('rate_limited', 'HTTP 429') }),
      ),
    ),
    'unknown, connection lost': panelScene({
      set({ playback, channel }) {
        playback.patch({ current: playing({ state: 'unknown', failure: failure('channel_lost') }) })
        channel.patch({ status: 'lost' })
      },
    }),
    'another panel plays': panelScene({
      set: ({ playback }) => playback.patch({ foreign: 'https://cdn.example/prompts/de/premium/terms.mp3' }),
    }),
    'read aloud instead': panelScene({
      set({ playback, records }) {
        playback.patch({ current: playing({ state: 'failed', failure: failure('asset_missing') }) })
        records.patch({ keeping: keepingOf([]) })
      },
    }),
    'read aloud before the words are there': panelScene({
      provide: {
        [partsKey as symbol]: { parts: shallowRef(null), failures: shallowRef(0), ask: () => undefined },
      },
      ...current(() => playing({ state: 'failed', failure: failure('asset_missing') })),
    }),
    'put on hold': panelScene(current(() => playing({ ...cut, interruptedBy: 'hold' }))),
    transferred: panelScene(current(() => playing({ ...cut, interruptedBy: 'transfer' }))),
    'a missing permission': panelScene(
      current(() =>
        playing({ state: 'rejected', failure: failure('not_permitted', 'missing: media:playback:add') }),
      ),
    ),
    'a queue': panelScene({
      set({ playback, queue }) {
        playback.patch({ current: started() })
        queue.set({ waiting, held: false })
      },
    }),
    'a queue that waits for the agent': panelScene({
      set({ playback, queue }) {
        playback.patch({ current: shown('interrupted')() })
        queue.set({ waiting: waiting.slice(0, 1), held: true })
      },
    }),
    'a question': panelScene({
      set: ({ playback }) => playback.patch({ question: { obstacle: monitored, prompt: prompt() } }),
    }),
    'records wait': panelScene({
      set: ({ outbox }) => outbox.set({ waiting: 2, kept: false, problem: 'HTTP 503' }),
    }),
    'prompts are required, their list did not arrive': panelScene({
      provide: { [checklistKey as symbol]: () => Promise.reject(new Error('no network')) },
      set: ({ records }) => records.patch({ required: true }),
    }),
    'prompts are required': panelScene({
      provide: { [checklistKey as symbol]: () => Promise.resolve(RequiredList) },
      set: ({ records }) =>
        records.patch({
          required: true,
          keeping: keepingOf([], {
            required: [
              required('due', 'Recording notice'),
              required('done', 'Welcome'),
              required('missing', 'Terms of sale'),
            ],
          }),
        }),
    }),
  }),
]
