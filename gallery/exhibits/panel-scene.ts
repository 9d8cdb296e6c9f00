// A panel in some state: the app itself over services made by hand, with a catalogue like an organisation's own.
import { h, shallowRef, type Component } from 'vue'
import App from '../../src/App.vue'
import type { Boot } from '../../src/core/boot'
import type { Prompt } from '../../src/core/catalogue'
import { failure } from '../../src/core/errors'
import type { OutputChoice } from '../../src/core/preview'
import type { Preferences } from '../../src/core/preferences'
import { quietPreview, type PreviewService, type PreviewState } from '../../src/services/preview'
import { createSnapshot } from '../../src/services/snapshot'
import { panelServicesKey, partsKey, previewKey, settingsKey } from '../../src/stores/services'
import SettingsSheet from '../../src/views/SettingsSheet.vue'
import {
  asset,
  candidate,
  choice,
  interaction,
  prompt,
  recording,
  sentPlayback,
} from '../../tests/support/factories'
import { createTestServices, partsThere } from '../../tests/support/panel'
import type { Look, Scene } from '../scene'

type Snapshots = ReturnType<typeof createTestServices>['snapshots']

interface PanelWish {
  readonly boot?: Boot
  readonly missing?: readonly string[]
  readonly view?: 'team' | 'records' | 'metrics'
  /** Beside the panel; the tabs are drawn only where there is one. */
  readonly views?: Readonly<Record<string, () => Promise<Component>>>
  readonly provide?: Readonly<Record<symbol, unknown>>
  /** The backend can stop what it plays. */
  readonly stops?: boolean
  readonly query?: string
  readonly preferences?: Partial<Preferences>
  /** How the preview is once it was asked for. */
  readonly preview?: Partial<PreviewState>
  readonly outputs?: OutputChoice
  readonly act?: Scene['act']
  set?(snapshots: Snapshots): void
}

const running: Boot = { stage: 'running', embedded: true, hostProblem: null }

const welcomeWords =
  'Welcome to Northwind Care. Your call may be recorded so that we can show what was agreed. You can say no at any time.'

const words = (text: string) => [recording({ text }), recording({ language: 'de', text })]
export const prompts: readonly Prompt[] = [
  prompt({ pinned: true, recordings: words(welcomeWords) }),
  prompt({ key: 'recording-notice', title: 'Recording notice', category: 'Legal', pinned: true }),
  prompt({
    key: 'terms',
    title: 'Terms of sale',
    category: 'Legal',
    pinned: true,
    requires: { recording: true, consent: false },
  }),
  prompt({ key: 'withdrawal', title: 'Right of withdrawal', category: 'Legal' }),
  prompt({ key: 'hold', title: 'One moment, please', category: 'Waiting' }),
  prompt({ key: 'queue', title: 'Your place in the queue', category: 'Waiting' }),
  prompt({ key: 'goodbye', title: 'Goodbye', category: 'Closing' }),
]

export const ready = (
  key: string,
  durationMs: number,
  reason: string | null = null,
  text: string | null = welcomeWords,
  language = 'en',
) => ({
  status: 'ready' as const,
  candidate: candidate({ promptKey: key, reason, language, words: text, claimedDurationMs: durationMs }),
  asset: asset({ durationMs, url: `https://cdn.example/prompts/en/standard/${key}.mp3` }),
})

const readiness = {
  welcome: ready('welcome', 6_400),
  'recording-notice': ready('recording-notice', 9_100),
  terms: ready('terms', 31_000),
  withdrawal: ready(
    'withdrawal',
    22_500,
    'no English recording: German instead',
    'Sie können widerrufen.',
    'de',
  ),
  hold: { status: 'unplayable', failure: failure('asset_missing'), words: 'One moment, please.' },
  queue: { status: 'checking' },
  goodbye: ready('goodbye', 3_200),
} as const

/** As `sentPlayback`, with times that are near: a second ago it was clicked. */
export function playing(of: Parameters<typeof sentPlayback>[0] = {}) {
  const nowMs = Date.now()
  const times = {
    clickedAtMs: nowMs - 2_200,
    requestedAtMs: nowMs - 2_190,
    acceptedAtMs: nowMs - 2_100,
    startedAtMs: null,
    endedAtMs: null,
  }
  return sentPlayback({
    asset: asset({ durationMs: 6_400 }),
    choice: choice({ words: welcomeWords }),
    times,
    ...of,
  })
}

/** Silent: a click only shows what is given. */
function previewOf({ preview = {}, outputs = { kind: 'question' } }: PanelWish): PreviewService {
  const snapshot = createSnapshot<PreviewState>(quietPreview)
  const nothing = () => undefined
  return {
    snapshot,
    start({ promptKey }) {
      const nowMs = Date.now()
      const sounding = { status: 'sounding', startedAtMs: nowMs - 1_900, durationMs: 6_400 } as const
      snapshot.patch({ promptKey, ...sounding, ...preview })
      return Promise.resolve()
    },
    stop: nothing,
    fetchOutputs: () => Promise.resolve(outputs),
    askOutput: () => Promise.resolve(null),
    dispose: nothing,
  }
}

/** A scene of the whole panel: in a call with Kim Okafor, signed in, prompts ready, nothing playing, unless `wish` says otherwise. */
export const panelScene =
  (wish: PanelWish = {}) =>
  ({ theme, density }: Look): Scene => {
    const { services, snapshots, asked } = createTestServices()
    asked.query = wish.query ?? ''
    services.preferences.change({ theme, density, ...wish.preferences })
    snapshots.live.patch({ interaction: interaction({ name: 'Kim Okafor', recording: 'active' }) })
    snapshots.prompts.patch({ prompts, readiness })
    wish.set?.(snapshots)
    const capabilities = { ...services.playback.capabilities, stop: wish.stops ?? false }
    const given = { ...services, playback: { ...services.playback, capabilities } }
    const boot = shallowRef(wish.boot ?? running)
    const { missing = [], view = 'panel', views = {} } = wish
    return {
      draw: () => h(App, { boot, missing, view, views }),
      provide: {
        [panelServicesKey as symbol]: given,
        [partsKey as symbol]: partsThere(),
        [settingsKey as symbol]: () => Promise.resolve(SettingsSheet),
        [previewKey as symbol]: () => Promise.resolve(previewOf(wish)),
        ...wish.provide,
      },
      act: wish.act,
    }
  }
