// A team at work: each badge there can be, and each state of the view around them.
import type { Badge, BadgeState } from '../../src/core/badge'
import {
  countStates,
  noCounts,
  noFilter,
  type Circle,
  type TeamRow,
  type TeamState,
} from '../../src/core/team'
import { createSnapshot } from '../../src/services/snapshot'
import type { Team } from '../../src/services/team'
import { desktopKey } from '../../src/stores/desktop'
import { teamKey } from '../../src/stores/team'
import TeamView from '../../src/views/TeamView.vue'
import { view } from '../scene'
import { panelScene, playing } from './panel-scene'

const circles: readonly Circle[] = [
  { kind: 'queue', id: 'q1', name: 'Claims' },
  { kind: 'team', id: 't1', name: 'North' },
]
const names: readonly (readonly [string, BadgeState])[] = [
  ['Amina Okafor', 'failed'],
  ['Ben Fischer', 'unknown'],
  ['Carla Jiménez', 'playing'],
  ['Dmitri Sokolov', 'done'],
  ['Élodie Marchand-Beaumont', 'on a call'],
  ['Farid', 'idle'],
  ['', 'not visible'],
]

function badge(state: BadgeState, nowMs: number): Badge {
  const hasNote = ['failed', 'unknown', 'playing', 'done'].includes(state)
  const note = {
    playbackId: 'p-1',
    state: state === 'done' ? 'completed' : (state as 'failed' | 'unknown' | 'playing'),
    promptKey: 'terms',
    language: 'de',
    startedAtMs: nowMs - 4_000,
    durationMs: 31_000,
    atMs: nowMs - 4_000,
  } as const
  return {
    state,
    sinceMs: state === 'not visible' ? null : nowMs - 65_000,
    note: hasNote ? note : null,
    conversationId: hasNote || state === 'on a call' ? 'call-1' : null,
    because: null,
    sight: 'calls',
  }
}

function teamOf(change: Partial<TeamState>): Team {
  const nowMs = Date.now()
  const rows = new Map<string, TeamRow>(
    names.map(([name, state], place) => [
      `u${place}`,
      {
        userId: `u${place}`,
        name,
        pictureUrl: null,
        badge: badge(state, nowMs),
        staleSinceMs: place === 4 ? nowMs - 90_000 : null,
        pinned: place === 1,
      },
    ]),
  )
  const snapshot = createSnapshot<TeamState>({
    status: 'ready',
    circles,
    chosen: circles[0] ?? null,
    total: rows.size,
    counts: { ...noCounts, ...countStates(rows.values()) },
    order: [...rows.keys()],
    filter: noFilter,
    gaps: [],
    connection: 'live',
    problem: null,
    ...change,
  })
  return {
    snapshot,
    row: (userId) => rows.get(userId) ?? null,
    onRow: () => () => undefined,
    choose: () => Promise.resolve(),
    filter: (filter) => snapshot.patch({ filter }),
    pin: () => undefined,
    read: () => Promise.resolve(),
    dispose: () => undefined,
  }
}

const views = { team: () => Promise.resolve(TeamView) }
const nothing = () => undefined
const scene = (change: Partial<TeamState> = {}, more: Parameters<typeof panelScene>[0] = {}) =>
  panelScene({
    view: 'team',
    views,
    provide: {
      [teamKey as symbol]: teamOf(change),
      [desktopKey as symbol]: { embedded: true, showUser: nothing, showInteraction: nothing },
    },
    ...more,
  })

export const team = [
  view('Team', {
    'all badges': scene(),
    'while my own call plays': scene(
      {},
      { set: ({ playback }) => playback.patch({ current: playing({ state: 'playing' }) }) },
    ),
    'something cannot be seen': scene({
      connection: 'lost',
      gaps: [
        { kind: 'calls', agents: 4, permissions: ['conversation:communication:view'], reason: null },
        { kind: 'queue', agents: null, permissions: [], reason: 'The topic is not allowed' },
      ],
    }),
    'nobody fits': scene({ order: [], filter: { text: 'zz', states: ['playing'] } }),
    'in no team': scene({ circles: [], chosen: null, order: [], counts: noCounts }),
    loading: scene({ status: 'loading', order: [], counts: noCounts }),
    refused: scene({ status: 'refused', order: [], counts: noCounts, problem: 'HTTP 503' }),
  }),
]
