// The team view over a team made by hand: what each row says, what is asked of the team, and what assistive technology hears.
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Badge } from '../../src/core/badge'
import { noCounts, noFilter, type Gap, type TeamRow, type TeamState } from '../../src/core/team'
import { createSnapshot } from '../../src/services/snapshot'
import type { Team } from '../../src/services/team'
import { desktopKey } from '../../src/stores/desktop'
import { panelServicesKey } from '../../src/stores/services'
import { teamKey } from '../../src/stores/team'
import TeamView from '../../src/views/TeamView.vue'
import { createTestServices } from '../support/panel'

enableAutoUnmount(afterEach)

const idle: Badge = {
  state: 'idle',
  sinceMs: Date.now() - 65_000,
  note: null,
  conversationId: null,
  because: null,
  sight: 'calls',
}
const playing: Badge = {
  ...idle,
  state: 'playing',
  conversationId: 'call-1',
  note: {
    playbackId: 'abc',
    state: 'playing',
    promptKey: 'terms',
    language: 'de',
    startedAtMs: Date.now() - 1_000,
    durationMs: 60_000,
    atMs: Date.now() - 1_000,
  },
}
const circle = { kind: 'queue', id: 'q1', name: 'Claims' } as const
const other = { kind: 'team', id: 't1', name: 'North' } as const

function open(change: Partial<TeamState> = {}, embedded = true) {
  const rows = new Map<string, TeamRow>()
  const add = (userId: string, name: string, badge: Badge, pinned = false) =>
    rows.set(userId, { userId, name, pictureUrl: null, badge, staleSinceMs: null, pinned })
  add('u1', 'Amina Okafor', playing)
  add('u2', 'Ben Fischer', idle, true)
  add('u3', 'Carla Jiménez', idle)
  const snapshot = createSnapshot<TeamState>({
    status: 'ready',
    circles: [circle, other],
    chosen: circle,
    total: 3,
    counts: { ...noCounts, playing: 1, idle: 2 },
    order: ['u2', 'u1', 'u3'],
    filter: noFilter,
    gaps: [],
    connection: 'live',
    problem: null,
    ...change,
  })
  const asked: unknown[] = []
  let tell = (_row: TeamRow): void => undefined
  const team: Team = {
    snapshot,
    row: (userId) => rows.get(userId) ?? null,
    onRow(listener) {
      tell = listener
      return () => undefined
    },
    choose: async (chosen) => void asked.push(['choose', chosen]),
    filter(filter) {
      asked.push(['filter', filter])
      snapshot.patch({ filter })
    },
    pin: (userId, pinned) => void asked.push(['pin', userId, pinned]),
    read: async () => void asked.push('read'),
    dispose: () => undefined,
  }
  const { services, snapshots } = createTestServices()
  const wrapper = mount(TeamView, {
    attachTo: document.body,
    global: {
      plugins: [createPinia()],
      provide: {
        [panelServicesKey as symbol]: services,
        [teamKey as symbol]: team,
        [desktopKey as symbol]: {
          embedded,
          showUser: (id: string) => void asked.push(['user', id]),
          showInteraction: (id: string) => void asked.push(['interaction', id]),
        },
      },
    },
  })
  const change1 = async (userId: string, badge: Badge) => {
    const row = { ...rows.get(userId)!, badge }
    rows.set(userId, row)
    tell(row)
    await nextTick()
  }
  const row = (userId: string) => wrapper.find(`[data-agent="${userId}"]`)
  return {
    wrapper,
    asked,
    snapshot,
    snapshots,
    row,
    change: change1,
    said: () => wrapper.find('[role=status]').text(),
  }
}

it('says of each agent a word, what happens, and since when, in the order of the team', () => {
  const { wrapper, row } = open()
  expect(wrapper.findAll('[data-agent]').map((found) => found.attributes('data-agent'))).toEqual([
    'u2',
    'u1',
    'u3',
  ])
  expect(row('u1').text()).toContain('Playing')
  expect(row('u1').text()).toMatch(/"Terms of sale" \(German\) plays, about \d+ s left/)
  expect(row('u2').text()).toContain('1 min')
  expect(row('u1').find('svg').exists()).toBe(true)
})

it('repaints a row by itself, and announces it only where it is kept at the top', async () => {
  const { row, change, said } = open()
  await change('u1', { ...playing, state: 'done', note: { ...playing.note!, state: 'completed' } })
  expect(row('u1').attributes('data-badge')).toBe('done')
  expect(said()).toBe('')
  await change('u2', playing)
  expect(said()).toBe('Ben Fischer: Playing.')
})

it('opens the agent and the interaction in the desktop, and offers neither where there is none', async () => {
  const { row, asked } = open()
  await row('u1').find('button.name').trigger('click')
  await row('u1').find('[aria-label="Open the interaction of Amina Okafor"]').trigger('click')
  expect(asked).toEqual([
    ['user', 'u1'],
    ['interaction', 'call-1'],
  ])
  const outside = open({}, false)
  expect(outside.row('u1').findAll('button')).toHaveLength(1)
})

it('asks the team for another circle, a search, a state, a pin', async () => {
  const { wrapper, row, asked } = open()
  await wrapper.find('select').setValue('team t1')
  await wrapper.find('input').setValue('amina')
  await wrapper.findAll('[aria-label="Show only"] button')[0]!.trigger('click')
  await row('u3').find('[aria-pressed]').trigger('click')
  expect(asked).toEqual([
    ['choose', other],
    ['filter', { text: 'amina', states: [] }],
    ['filter', { text: 'amina', states: ['playing'] }],
    ['pin', 'u3', true],
  ])
})

it('keeps its order while somebody is in the list, and takes the new one when they leave', async () => {
  const { wrapper, snapshot } = open()
  const shown = () => wrapper.findAll('[data-agent]').map((found) => found.attributes('data-agent'))
  await wrapper.find('[role=table]').trigger('pointerenter')
  snapshot.patch({ order: ['u1', 'u2', 'u3'] })
  await nextTick()
  expect(shown()).toEqual(['u2', 'u1', 'u3'])
  expect(wrapper.text()).toContain('The order waits')
  await wrapper.find('[role=table]').trigger('pointerleave')
  expect(shown()).toEqual(['u1', 'u2', 'u3'])
})

it('says what cannot be seen, what would help, and that the connection is lost', () => {
  const gap: Gap = {
    kind: 'calls',
    agents: 4,
    permissions: ['conversation:communication:view'],
    reason: null,
  }
  const { wrapper } = open({ gaps: [gap], connection: 'lost' })
  const notes = wrapper.find('[aria-label="What cannot be seen"]').text()
  expect(notes).toContain('The live connection is lost')
  expect(notes).toContain('The calls of 4 agents cannot be followed')
  expect(notes).toContain('conversation:communication:view')
})

it.each([
  [{ status: 'loading' as const, order: [] }, 'Reading the team'],
  [{ circles: [], order: [] }, 'You are in no team'],
  [{ order: [] }, 'No agent fits'],
  [{ status: 'refused' as const, problem: 'no network', order: [] }, 'no network. Try again'],
])('has a sentence for %j', (change, sentence) => {
  expect(open(change).wrapper.text()).toContain(sentence)
})

it('shows the way back to what plays in the own call, and the sign-in where the session ended', async () => {
  const { wrapper, snapshots } = open()
  expect(wrapper.find('.own').exists()).toBe(false)
  snapshots.session.set({ status: 'signed-out', why: 'expired', detail: null })
  await flushPromises()
  expect(wrapper.find('[role=alert]').exists()).toBe(true)
  expect(wrapper.find('[role=table]').exists()).toBe(false)
})
