// Random schedules for the panel in memory: what an agent, the call, the network and the platform may do, as data.
import fc from 'fast-check'
import type { Fault, FaultMatch } from '../../sandbox/org/fault-kinds'
import type { BackendUnderTest } from './backend-desk'
import type { DeskInMemory, OpenPanel } from './desk-in-memory'
import { promptKeys, promptMs } from './desk-in-memory'
import type { Seats } from './seats'

export type Action =
  | { type: 'click'; prompt: number }
  | { type: 'answer'; anyway: boolean }
  | { type: 'go-on' }
  | { type: 'clear' }
  | { type: 'cancel' }
  | { type: 'hold'; held: boolean }
  | { type: 'hang-up' }
  | { type: 'monitor'; monitored: boolean }
  | { type: 'reload' }
  | { type: 'stop' }
  | { type: 'stop-playing' }
  | { type: 'fault'; fault: Fault }

/** How the desk is when the schedule begins. */
export interface Start {
  /** Open at the same time, on the same interaction, in the same browser. */
  panels: 1 | 2
  /** Both in one tab: they share what a tab keeps. */
  sameTab: boolean
  /** Is a new follower of an interaction told how its newest play stands? */
  replay: boolean
  /** Of each token; the panel goes through the login before its end. */
  tokenS: number
}

export interface Step {
  /** Which panel it is done in, where it is done in one. */
  at: number
  action: Action
  /** Virtual time until the next step. */
  thenMs: number
}

export interface Schedule {
  start: Start
  steps: Step[]
}

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)

const play = { method: 'POST', path: '/api/v2/media/play' }
const anyRequest = oneOf<FaultMatch>(
  play,
  play,
  { path: '/api/v2/notifications/' },
  { path: '/api/v2/conversations/' },
  {},
)
const times = oneOf(1, 2)

/** Every kind of failure that the sandbox knows. */
const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: oneOf('status' as const),
    match: anyRequest,
    status: oneOf(403, 404, 410, 500, 503),
    times,
  }),
  fc.record({
    kind: oneOf('status' as const),
    match: oneOf(play),
    status: oneOf(429),
    retryAfterS: oneOf(1, 3),
    times,
  }),
  fc.record({
    kind: oneOf('done-but-status' as const, 'lose-request' as const, 'lose-answer' as const, 'hang' as const),
    match: anyRequest,
    times,
  }),
  fc.record({
    kind: oneOf('late' as const, 'slow' as const),
    match: anyRequest,
    delayMs: oneOf(200, 2_000, 8_000),
    times,
  }),
  fc.record({
    kind: oneOf(
      'cut' as const,
      'steal' as const,
      'remove-channel' as const,
      'garbage' as const,
      'old-event' as const,
      'revoke-token' as const,
      'expire-token' as const,
    ),
  }),
  // A connection that has fallen silent does not come back: no wire loses frames in the middle and goes on.
  fc.record({ kind: oneOf('silence' as const), forMs: oneOf(600_000) }),
  fc.record({
    kind: oneOf('lose' as const, 'duplicate' as const),
    match: fc.record({ state: oneOf('buffering', 'playing', 'completed', 'error') }),
    times,
  }),
  fc.record({ kind: oneOf('no-events' as const, 'stuck' as const, 'end-twice' as const) }),
  fc.record({ kind: oneOf('fail-midway' as const), afterMs: oneOf(500, 1_500) }),
  fc.record({ kind: oneOf('start-late' as const), delayMs: oneOf(1_000, 4_000) }),
  fc.record({ kind: oneOf('network' as const), forMs: oneOf(500, 4_000, 20_000) }),
)

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ type: oneOf('click' as const), prompt: fc.nat(promptKeys.length - 1) }),
  },
  { weight: 2, arbitrary: fc.record({ type: oneOf('answer' as const), anyway: fc.boolean() }) },
  { weight: 1, arbitrary: oneOf<Action>({ type: 'go-on' }, { type: 'clear' }, { type: 'cancel' }) },
  { weight: 2, arbitrary: fc.record({ type: oneOf('hold' as const), held: fc.boolean() }) },
  { weight: 1, arbitrary: oneOf<Action>({ type: 'hang-up' }) },
  { weight: 1, arbitrary: oneOf<Action>({ type: 'reload' }, { type: 'stop' }) },
  { weight: 1, arbitrary: oneOf<Action>({ type: 'stop-playing' }) },
  { weight: 1, arbitrary: fc.record({ type: oneOf('monitor' as const), monitored: fc.boolean() }) },
  { weight: 6, arbitrary: faults.map((fault) => ({ type: 'fault' as const, fault })) },
)

const starts: fc.Arbitrary<Start> = fc.record({
  panels: oneOf<1 | 2>(1, 1, 2),
  sameTab: oneOf(false, true),
  replay: oneOf(true, true, false),
  tokenS: oneOf(86_400, 86_400, 86_400, 60),
})

const thenMs = oneOf(0, 10, 100, 700, promptMs, 6_000, 20_000)

export const schedules: fc.Arbitrary<Schedule> = fc
  .record({
    start: starts,
    steps: fc.array(fc.record({ at: oneOf(0, 0, 1), action, thenMs }), { minLength: 1, maxLength: 14 }),
  })
  .map((schedule) => ({ ...schedule, steps: withoutHiddenEnds(schedule.steps) }))

const faultOf = ({ action: act }: Step) => (act.type === 'fault' ? act.fault : null)

/**
 * A sound that breaks off by itself, and whose only word of it is lost on a connection that works: nobody can know, and a
 * hold seen later is taken for its end. Either of the two may happen in a schedule, not both.
 */
function withoutHiddenEnds(steps: Step[]): Step[] {
  if (!steps.some((step) => faultOf(step)?.kind === 'fail-midway')) return steps
  return steps.filter((step) => {
    const fault = faultOf(step)
    return fault?.kind !== 'lose' || fault.match?.state !== 'error'
  })
}

/** The same step for another carrier: faults of the request that plays, and of the words by which it tells how it is. */
export function stepFor({ start, words }: Pick<BackendUnderTest, 'start' | 'words'>, step: Step): Step {
  const { action: act } = step
  if (act.type !== 'fault' || act.fault.match === undefined) return step
  const { match } = act.fault
  const isWord = match.state !== undefined && words !== null
  const instead = match.path === play.path ? start : isWord ? words : match
  return { ...step, action: { ...act, fault: { ...act.fault, match: instead } } }
}

/** Carries out one step in the panel that it is for. */
export async function takeStep(desk: DeskInMemory, seats: Seats, { at, action: act, thenMs }: Step) {
  const open = seats.at(at)
  if (act.type === 'reload') await seats.reopen(open)
  else if (act.type === 'stop') {
    // The desktop waits for the hook only for a while.
    void open.stop()
    await desk.clock.advance(1_000)
    await seats.reopen(open)
  } else perform(desk, open, act)
  await seats.advance(thenMs)
}

function perform(desk: DeskInMemory, { panel }: OpenPanel, act: Action): void {
  switch (act.type) {
    case 'click': {
      const prompt = panel.prompts.snapshot.value.prompts[act.prompt]
      if (prompt) panel.queue.request(prompt)
      break
    }
    case 'answer':
      panel.playback.answer(act.anyway)
      break
    case 'go-on':
      panel.queue.goOn()
      break
    case 'clear':
      panel.queue.clear()
      break
    case 'cancel':
      panel.playback.cancel()
      break
    case 'hold':
      desk.change({ held: act.held })
      break
    case 'hang-up':
      desk.change({ disconnected: true })
      break
    case 'fault':
      desk.org.faults.add(act.fault)
      break
    case 'monitor':
      desk.change({ monitored: act.monitored })
      break
    case 'stop-playing':
      void panel.playback.stop()
      break
    case 'reload':
    case 'stop':
      break
  }
}
