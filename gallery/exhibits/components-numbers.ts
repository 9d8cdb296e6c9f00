// The components of the numbers and of the setup, each in its states.
import { h } from 'vue'
import ChoiceCard from '../../src/components/ChoiceCard.vue'
import NumbersMore from '../../src/components/NumbersMore.vue'
import OutcomeBar from '../../src/components/OutcomeBar.vue'
import ProgressLine from '../../src/components/ProgressLine.vue'
import PushButton from '../../src/components/PushButton.vue'
import SpreadBar from '../../src/components/SpreadBar.vue'
import SpreadRow from '../../src/components/SpreadRow.vue'
import TrendChart from '../../src/components/TrendChart.vue'
import { component, press } from '../scene'
import { manyNumbers } from './numbers'

const card = { name: 'place', title: 'Beside each call', chosen: false }
const meaning = () => 'An interaction widget: one panel for each call, in the call itself.'
const report = manyNumbers()
const spread = report.all.spreads.clickToSound
const spreadRow = { name: 'Click to first sound', note: '', spread, lowMs: 1, highMs: 100_000 }
const progress = (done: number) =>
  Array.from({ length: 8 }, (_, place) => ({
    key: `step-${place}`,
    state: place < done ? ('done' as const) : ('waiting' as const),
    retries: 0,
    problem: null,
  }))
const more = () =>
  h(
    NumbersMore,
    {
      caption: 'How they ended',
      head: ['Outcome', 'Playbacks', 'Share'],
      rows: [
        ['Completed', '96', '96 %'],
        ['Failed', '4', '4 %'],
      ],
    },
    () => h('p', 'Each playback ends in exactly one outcome.'),
  )
const opened = (...names: string[]) => ({
  draw: more,
  act: (stage: HTMLElement) => names.forEach((name) => press(stage, name)),
})

export const numberComponents = [
  component('ChoiceCard', {
    'one of several': () => h(ChoiceCard, card, meaning),
    chosen: () => h(ChoiceCard, { ...card, chosen: true }, meaning),
    'any number': () => h(ChoiceCard, { ...card, several: true, chosen: true }, meaning),
    'with a verdict': () =>
      h(ChoiceCard, { ...card, verdict: { tone: 'unknown', word: 'Needs a flow first' } }, meaning),
  }),
  component(
    'NumbersMore',
    {
      closed: more,
      'without a table': () =>
        h(NumbersMore, { caption: 'the live connection' }, () => h('p', 'Ping to answer.')),
    },
    {
      'how it was measured': opened('How this was measured: How they ended'),
      'as a table': opened('As a table: How they ended'),
    },
  ),
  component('OutcomeBar', {
    'many outcomes': () => h(OutcomeBar, { plays: report.all.plays, outcomes: report.all.outcomes }),
    'one outcome': () => h(OutcomeBar, { plays: 3, outcomes: { completed: 3 } }),
  }),
  component('ProgressLine', {
    begun: () => h(ProgressLine, { progress: progress(0) }),
    'in the middle': () => h(ProgressLine, { progress: progress(5) }),
    done: () => h(ProgressLine, { progress: progress(8) }),
  }),
  component('PushButton', {
    plain: () => h(PushButton, () => 'Look again'),
    primary: () => h(PushButton, { tone: 'primary' }, () => 'Set up Cueline: 8 steps'),
    danger: () => h(PushButton, { tone: 'danger' }, () => 'Yes, remove these 8 things'),
    disabled: () => h(PushButton, { tone: 'primary', disabled: true }, () => 'Nothing to do'),
  }),
  component('SpreadBar', {
    measured: () => h(SpreadBar, { spread, lowMs: 1, highMs: 100_000 }),
    'nothing measured': () => h(SpreadBar, { spread: null, lowMs: 1, highMs: 100_000 }),
  }),
  component('SpreadRow', {
    measured: () => h('ul', [h(SpreadRow, spreadRow)]),
    'with a note': () => h('ul', [h(SpreadRow, { ...spreadRow, note: '96 × · 96 % completed' })]),
    'nothing measured': () => h('ul', [h(SpreadRow, { ...spreadRow, spread: null })]),
  }),
  component('TrendChart', {
    'some hours': () => h(TrendChart, { points: report.trend }),
  }),
]
