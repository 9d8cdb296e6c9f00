// The screens in other languages: in the pseudo-language no plain word is left, and in the others no English one.
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import type { Badge } from '../../src/core/badge'
import { failure, failureCodes } from '../../src/core/errors'
import { createMetrics, observe } from '../../src/core/metrics'
import { reportOf } from '../../src/core/metrics-report'
import { playbackStates } from '../../src/core/playback'
import { noCounts, noFilter, type TeamRow, type TeamState } from '../../src/core/team'
import { speak } from '../../src/core/text'
import { createSnapshot } from '../../src/services/snapshot'
import { desktopKey } from '../../src/stores/desktop'
import { metricsKey } from '../../src/stores/metrics'
import { panelServicesKey } from '../../src/stores/services'
import { teamKey } from '../../src/stores/team'
import MetricsView from '../../src/views/MetricsView.vue'
import TeamView from '../../src/views/TeamView.vue'
import { candidate, choice, asset, interaction, sentPlayback } from '../support/factories'
import { observation } from '../support/observations'
import { createTestServices, mountApp } from '../support/panel'
import { plainWords, textsOf } from '../support/plain-words'
import { dictionaryOf } from '../support/spoken-dictionaries'

enableAutoUnmount(afterEach)
afterEach(() => speak('en'))

/** Names, titles and keys of the fixtures; codes, units and abbreviations that no language translates. */
const data = [
  'Cueline',
  'Ada',
  'A',
  'Kim',
  'Welcome to us.',
  'Welcome',
  'Terms of sale',
  'Legal',
  'Greetings',
]
const machine = [
  ...failureCodes,
  ...['p50', 'p95', 'p99', 'welcome', 'standard', 'mp3', 'opus', 'de', 'en'],
  // What Intl writes in the pseudo-language, and units.
  ...['English', 'German', ' AM', ' PM', ' ms', ' s'],
]
/** Longest first: a unit may stand in a title. */
const fixed = [...machine, ...data].sort((a, b) => b.length - a.length)
const inReadiness = { welcome: { status: 'ready', candidate: candidate(), asset: asset() } } as const
const playingNote = { playbackId: 'a', state: 'playing', promptKey: 'terms', language: 'de' } as const

function openPanel(state: (typeof playbackStates)[number] | 'idle'): Element {
  const app = mountApp(
    undefined,
    [],
    {},
    {
      before({ prompts, playback, live, queue }) {
        prompts.patch({ readiness: inReadiness })
        live.patch({ interaction: interaction({ name: 'Kim', recording: 'active' }) })
        queue.patch({ waiting: [{ id: 'q', promptKey: 'terms', title: 'Terms of sale' }] as never })
        if (state !== 'idle')
          playback.patch({
            current: sentPlayback({
              state,
              failure: failure('asset_missing'),
              playedMs: 1_200,
              choice: choice(),
            }),
          })
      },
    },
  )
  return app.wrapper.element as Element
}

function openView(view: Component, key: symbol, service: unknown): Element {
  const { services } = createTestServices()
  const host = { embedded: true, showUser: () => undefined, showInteraction: () => undefined }
  const provide = { [panelServicesKey as symbol]: services, [desktopKey as symbol]: host, [key]: service }
  const wrapper = mount(view, { attachTo: document.body, global: { plugins: [createPinia()], provide } })
  return (wrapper.element as Element).parentElement ?? document.body
}

function openMetrics(): Element {
  const metrics = createMetrics()
  for (const of of [{}, { outcome: 'failed', code: 'carrier_failed' } as const])
    observe(metrics, { id: 'p', give: observation(of) })
  const report = reportOf(metrics, 1_800_000_120_000)
  const snapshot = createSnapshot({ report, delivery: { sent: 1, dropped: 2, problem: null } })
  return openView(MetricsView, metricsKey as symbol, { snapshot, watch: () => () => undefined })
}

function openTeam(): Element {
  const note = { ...playingNote, startedAtMs: Date.now(), durationMs: 60_000, atMs: Date.now() }
  const badge: Badge = {
    state: 'playing',
    sinceMs: 1,
    note,
    conversationId: 'c',
    because: null,
    sight: 'calls',
  }
  const row: TeamRow = {
    userId: 'u',
    name: 'Ada',
    pictureUrl: null,
    badge,
    staleSinceMs: null,
    pinned: false,
  }
  const circle = { kind: 'queue', id: 'q1', name: 'Kim' } as const
  const snapshot = createSnapshot<TeamState>({
    ...{ status: 'ready', circles: [circle], chosen: circle, total: 1, order: ['u'], filter: noFilter },
    ...{ counts: { ...noCounts, playing: 1 }, connection: 'lost', problem: null },
    gaps: [{ kind: 'calls', agents: 3, permissions: ['Kim'], reason: null }],
  })
  const team = { snapshot, row: () => row, onRow: () => () => undefined, pin: () => undefined }
  return openView(TeamView, teamKey as symbol, team)
}

const screens: [string, () => Element][] = [
  ...(['idle', ...playbackStates] as const).map((state): [string, () => Element] => [
    `the panel, ${state}`,
    () => openPanel(state),
  ]),
  [
    'the tabs',
    () =>
      mountApp(undefined, [], { views: { team: () => Promise.resolve(TeamView) } }).wrapper.get('nav')
        .element,
  ],
  ['a start that went wrong', () => mountApp({ stage: 'failed', detail: 'Kim' }).wrapper.element as Element],
  ['the numbers', openMetrics],
  ['the team', openTeam],
]

describe('in the pseudo-language', () => {
  it.each(screens)('%s has no plain word', (_, open) => {
    speak('en-XA', dictionaryOf('en-XA'))
    expect(plainWords(open(), fixed)).toEqual([])
  })

  it('a plain word would be found', () => {
    const element = document.createElement('div')
    element.innerHTML = '<p title="⟦Š Kim⟧">⟦å ⟦b⟧⟧ left</p><input placeholder="Search">'
    expect(plainWords(element, data)).toEqual(['left', 'Search'])
  })
})

describe.each(['de', 'es', 'fr', 'pt-BR', 'ja'])('in %s', (language) => {
  const dictionary = dictionaryOf(language)
  const isSame = (text: string) => dictionary[text] === text
  const isData = (text: string) =>
    fixed.reduce((rest, one) => rest.replaceAll(one, ''), text).match(/\p{L}{2,}/u) === null

  it.each(screens)('%s shares no words with the English one', (_, open) => {
    const english = new Set(textsOf(open()))
    document.body.innerHTML = ''
    speak(language, dictionary)
    const left = textsOf(open()).filter((text) => english.has(text) && !isSame(text) && !isData(text))
    expect(left).toEqual([])
  })
})
