// What the model has found: schedules that once broke an invariant, by name. Each stays as it was shrunk.
import { describe, it } from 'vitest'
import type { Fault } from '../../sandbox/org/fault-kinds'
import { announcementLeg, secureFlow, type BackendUnderTest } from '../support/backend-desk'
import { runModel } from '../support/model-run'
import type { Action, Schedule, Start, Step } from '../support/schedule'

const start: Start = { panels: 1, sameTab: false, replay: true, tokenS: 86_400 }
const play = { method: 'POST', path: '/api/v2/media/play' }

const then = (action: Action, thenMs = 0, at = 0): Step => ({ at, action, thenMs })
const click = (prompt: number, thenMs = 0, at = 0) => then({ type: 'click', prompt }, thenMs, at)
const fault = (wish: Fault, thenMs = 0) => then({ type: 'fault', fault: wish }, thenMs)
const hold = (thenMs = 0) => then({ type: 'hold', held: true }, thenMs)
const reload = (thenMs = 0) => then({ type: 'reload' }, thenMs)

/** `world`: the seed of the ids and the jitter, where it matters. */
const found: Record<string, Partial<Schedule> & { world?: number }> = {
  'a reload in the middle: the record names its agent, so it is confirmed': {
    steps: [click(0, 700), reload()],
  },
  'a second click is refused while the first is unknown: its late truth is still shown': {
    steps: [fault({ kind: 'cut' }), click(0, 700), fault({ kind: 'cut' }), click(0), click(1, 6_000)],
  },
  'the attribute write is answered with 410 once: the record is not dropped': {
    steps: [
      fault({ kind: 'status', match: { path: '/api/v2/conversations/' }, status: 410, times: 2 }),
      click(0, 6_000),
    ],
  },
  'a reload while the network is down comes back by itself': {
    steps: [click(0, 700), fault({ kind: 'network', forMs: 20_000 }), reload(100)],
  },
  'hold while nothing of the start was seen does not say "nothing was heard"': {
    steps: [
      fault({ kind: 'lose', match: { state: 'buffering' } }),
      fault({ kind: 'lose', match: { state: 'playing' } }),
      click(0, 700),
      hold(),
    ],
  },
  'hold after a lost "completed" does not say "interrupted"': {
    steps: [fault({ kind: 'lose', match: { state: 'completed' } }), click(0, 6_000), hold()],
  },
  'an answer to a panel that is gone moves nothing': {
    steps: [fault({ kind: 'late', match: play, delayMs: 2_000 }), click(0, 100), reload(6_000)],
  },
  'the end of an earlier playback, said again, does not end the same prompt that has just begun': {
    steps: [click(2, 6_000), click(2), fault({ kind: 'old-event' }), then({ type: 'hang-up' })],
  },
  'the error of an earlier playback, said again, does not interrupt the same prompt that plays': {
    steps: [
      click(1),
      hold(20_000),
      then({ type: 'hold', held: false }),
      fault({ kind: 'done-but-status', match: play }, 3_000),
      click(1, 100),
      fault({ kind: 'old-event' }, 6_000),
    ],
  },
  'the error of an earlier playback, said again, does not fail the same prompt that plays': {
    steps: [
      fault({ kind: 'fail-midway', afterMs: 500 }),
      click(1, 6_000),
      click(1, 1_000),
      fault({ kind: 'old-event' }, 6_000),
    ],
  },
  'the end of the same prompt in another panel does not end one whose request was lost': {
    start: { ...start, panels: 2 },
    steps: [fault({ kind: 'lose-request', match: play }), click(1, 0, 1), click(1)],
  },
  'two panels: an old record that one of them found does not overwrite what the other has learned since': {
    start: { ...start, panels: 2 },
    steps: [
      fault({ kind: 'lose', match: { state: 'completed' } }),
      fault({
        kind: 'status',
        match: { method: 'PATCH', path: '/api/v2/conversations/' },
        status: 503,
        times: 3,
      }),
      click(0, 10_000),
      then({ type: 'reload' }, 0, 1),
      fault({ kind: 'old-event' }, 20_000),
    ],
  },
  'a hold that is only seen after another panel took over the channel claims no length: when it began was not seen':
    {
      start: { ...start, panels: 2, tokenS: 60 },
      steps: [
        fault({ kind: 'fail-midway', afterMs: 500 }),
        reload(6_000),
        then({ type: 'go-on' }, 20_000),
        click(0, 3_000),
        click(0, 100),
        fault({ kind: 'silence', forMs: 600_000 }),
        hold(6_000),
        click(0),
      ],
    },
  'a slow write from before a reload does not overwrite what was learned since': {
    world: 90_612,
    start: { ...start, tokenS: 60 },
    steps: [
      click(0),
      fault({ kind: 'network', forMs: 20_000 }),
      click(0, 6_000),
      click(0),
      fault({ kind: 'slow', match: {}, delayMs: 8_000, times: 2 }, 6_000),
      then({ type: 'go-on' }, 20_000),
    ],
  },
  'an end that is said again because another panel subscribes does not tell when it was': {
    start: { ...start, panels: 2, tokenS: 60 },
    steps: [
      then({ type: 'hold', held: false }, 6_000),
      then({ type: 'stop-playing' }, 6_000),
      then({ type: 'hold', held: false }, 3_000),
      fault({ kind: 'lose', match: { state: 'error' }, times: 1 }, 3_000),
      fault({ kind: 'start-late', delayMs: 4_000 }),
      fault({ kind: 'fail-midway', afterMs: 500 }),
      click(0),
      fault(
        { kind: 'late', match: { method: 'POST', path: '/api/v2/media/play' }, delayMs: 200, times: 1 },
        20_000,
      ),
    ],
  },
  'an old end that is said again while a repeated file sounds is not its end, though the call ends': {
    steps: [
      click(0, 3_000),
      click(0),
      then({ type: 'answer', anyway: false }, 3_000),
      fault({ kind: 'old-event' }),
      then({ type: 'hang-up' }),
      fault({ kind: 'lose', match: { state: 'buffering' }, times: 1 }),
    ],
  },
  'two panels in one tab: a reload of one does not take over the playback of the other': {
    start: { ...start, panels: 2, sameTab: true },
    steps: [
      fault({ kind: 'status', match: play, status: 429, retryAfterS: 3, times: 1 }),
      click(0, 100),
      then({ type: 'reload' }, 6_000, 1),
    ],
  },
}

const lostStart = (...before: Step[]): Partial<Schedule> => ({
  steps: [
    fault({ kind: 'lose', match: { state: 'buffering' }, times: 2 }),
    ...before,
    click(0),
    fault({ kind: 'fail-midway', afterMs: 1_500 }, 6_000),
  ],
})
const foundElsewhere: [string, BackendUnderTest, Partial<Schedule>][] = [
  [
    'the answer and the first words are lost: the flow that is then seen to play began at a moment nobody saw',
    secureFlow,
    lostStart(fault({ kind: 'done-but-status', match: { path: '/api/v2/conversations/' }, times: 2 })),
  ],
  [
    'the same of a leg',
    announcementLeg,
    lostStart(fault({ kind: 'done-but-status', match: play, times: 1 })),
  ],
]

describe('what the model has found', () => {
  it.each(Object.entries(found))('%s', async (_name, { world = 0, ...schedule }) => {
    await runModel(world, { start, steps: [], ...schedule })
  })

  it.each(foundElsewhere)('%s', async (_name, backend, schedule) => {
    await runModel(0, { start, steps: [], ...schedule }, backend)
  })
})
