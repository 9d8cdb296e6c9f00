// The panel's own components, each in its states.
import { h, type VNodeArrayChildren } from 'vue'
import AgentPicture from '../../src/components/AgentPicture.vue'
import BadgeMark from '../../src/components/BadgeMark.vue'
import { icons, type IconName } from '../../src/components/icons'
import IconButton from '../../src/components/IconButton.vue'
import LineIcon from '../../src/components/LineIcon.vue'
import NoticeCard from '../../src/components/NoticeCard.vue'
import PanelSkeleton from '../../src/components/PanelSkeleton.vue'
import ProgressBar from '../../src/components/ProgressBar.vue'
import PromptButton from '../../src/components/PromptButton.vue'
import RowSkeletons from '../../src/components/RowSkeletons.vue'
import StateMark from '../../src/components/StateMark.vue'
import StateWord from '../../src/components/StateWord.vue'
import ViewTabs from '../../src/components/ViewTabs.vue'
import { badgeLooks } from '../../src/core/badge-words'
import type { Tone } from '../../src/core/playback-words'
import { markMatches } from '../../src/core/search-marks'
import { component } from '../scene'
import picture from './agent.svg?no-inline'

const tones: readonly Tone[] = ['idle', 'waiting', 'playing', 'done', 'stopped', 'failed', 'unknown']
const line = (...children: VNodeArrayChildren) => h('p', { class: 'line' }, children)
const promptProps = {
  title: 'Terms of sale',
  shortcut: null,
  line: 'English · standard · 12 s',
  reason: null,
  file: 'en/standard/terms.mp3',
  look: 'ready',
  active: false,
  played: false,
} as const
const promptButton = (of: Partial<InstanceType<typeof PromptButton>['$props']>) => () =>
  h(PromptButton, { ...promptProps, ...of })

export const components = [
  component('AgentPicture', {
    picture: () => line(h(AgentPicture, { name: 'Amina Okafor', url: picture }), 'Amina Okafor'),
    initials: () => line(h(AgentPicture, { name: 'Amina Okafor', url: null }), 'Amina Okafor'),
    'one name': () => line(h(AgentPicture, { name: 'Ömer', url: null }), 'Ömer'),
  }),
  component('BadgeMark', {
    'all states': () =>
      h(
        'ul',
        Object.values(badgeLooks).map(([word, shape, tone]) =>
          h('li', { class: 'line' }, [h(BadgeMark, { shape, tone }), word]),
        ),
      ),
  }),
  component('IconButton', {
    'all pictures': () =>
      line(
        ...(['pin', 'keys', 'up', 'down', 'close'] as const).map((picture) =>
          h(IconButton, { name: `The picture ${picture}`, picture }),
        ),
      ),
    open: () => line(h(IconButton, { name: 'Change the pins', picture: 'pin', expanded: true })),
    'not to be pressed': () => line(h(IconButton, { name: 'Move it up', picture: 'up', disabled: true })),
  }),
  component('LineIcon', {
    'all icons': () =>
      h(
        'ul',
        Object.keys(icons).map((name) =>
          h('li', { class: 'line' }, [h(LineIcon, { name: name as IconName }), name]),
        ),
      ),
  }),
  component(
    'NoticeCard',
    Object.fromEntries(
      tones.map((tone) => [
        tone,
        () =>
          h(NoticeCard, { title: 'The organisation cannot be reached', tone }, () =>
            h('p', 'The platform did not answer. The panel tries again by itself.'),
          ),
      ]),
    ),
  ),
  component('PanelSkeleton', { starting: () => h(PanelSkeleton) }),
  component('ProgressBar', {
    begun: () => h(ProgressBar, { share: 0.04, label: 'Played so far, estimated' }),
    'in the middle': () => h(ProgressBar, { share: 0.5, label: 'Played so far, estimated' }),
    full: () => h(ProgressBar, { share: 1, label: 'Played so far, estimated' }),
  }),
  component('PromptButton', {
    ready: promptButton({}),
    'with its key': promptButton({ shortcut: 3 }),
    playing: promptButton({ active: true, shortcut: 3 }),
    played: promptButton({ played: true }),
    checking: promptButton({ look: 'checking', line: 'Being checked' }),
    'another language': promptButton({ reason: 'no French recording: English instead' }),
    'found by its title': promptButton({ marked: markMatches('Terms of sale', ['sal']), byEnter: true }),
    'found by what is said': promptButton({
      marked: markMatches('Terms of sale', ['refund']),
      snippet: markMatches('… a refund within fourteen days of the delivery', ['refund']),
      shortcut: 2,
    }),
    'in another tier': promptButton({ brief: 'English instead of French', reason: 'No French recording.' }),
    'past its date': promptButton({ lapse: 'Not valid since 1 June 2026' }),
    unplayable: promptButton({ look: 'unplayable', line: 'Cannot be played: the file is not there' }),
    'a long title': promptButton({
      title: 'Information about the recording of this call and the purposes for which it is kept',
      shortcut: 9,
      played: true,
    }),
    'a title without a space': promptButton({
      title: 'Rechtsschutzversicherungsgesellschaftsbedingungen2026',
    }),
  }),
  component('RowSkeletons', { loading: () => h(RowSkeletons, { count: 6 }) }),
  component('StateMark', {
    'all tones': () =>
      h(
        'ul',
        tones.map((tone) => h('li', { class: 'line' }, [h(StateMark, { tone }), tone])),
      ),
  }),
  component('StateWord', {
    'all tones': () =>
      h(
        'ul',
        tones.map((tone) => h('li', [h(StateWord, { tone, word: `It is ${tone}` })])),
      ),
  }),
  component('ViewTabs', {
    agents: () => h(ViewTabs, { names: ['panel', 'team', 'records', 'metrics'], shown: 'panel' }),
    'the last one': () => h(ViewTabs, { names: ['panel', 'team', 'records', 'metrics'], shown: 'metrics' }),
    'two of them': () => h(ViewTabs, { names: ['panel', 'records'], shown: 'records' }),
  }),
]
