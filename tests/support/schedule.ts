// Random schedules for the panel in memory: what an agent, the call, the network and the platform may do, as data.
import fc from 'fast-check'
import type { Fault, FaultMatch } from '../../sandbox/org/fault-kinds'
import type { DeskInMemory, OpenPanel } from './desk-in-memory'
import { promptKeys, promptMs } from './desk-in-memory'

export type Action =
  | { type: 'click'; prompt: number }
  | { type: 'answer'; anyway: boolean }
  | { type: 'go-on' }
  | { type: 'clear' }
  | { type: 'cancel' }
  | { type: 'hold'; held: boolean }
  | { type: 'hang-up' }
  | { type: 'reload' }
  | { type: 'fault'; fault: Fault }

export interface Step {
  action: Action
  /** Virtual time until the next step. */
  thenMs: number
}

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)

const play = { method: 'POST', path: '/api/v2/media/play' }
const anyRequest = oneOf<FaultMatch>(
  play,
  play,
  { path: '/api/v2/notifications/*' },
  { path: '/api/v2/conversations/*' },
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
    ),
  }),
  fc.record({ kind: oneOf('silence' as const), forMs: oneOf(2_000, 12_000) }),
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
  { weight: 1, arbitrary: oneOf<Action>({ type: 'reload' }) },
  { weight: 6, arbitrary: faults.map((fault) => ({ type: 'fault' as const, fault })) },
)

export const schedules = fc.array(
  fc.record({ action, thenMs: oneOf(0, 10, 100, 700, promptMs, 6_000, 20_000) }),
  { minLength: 1, maxLength: 14 },
)

/** Carries out a schedule; returns the panel that is open at its end. */
export async function runSchedule(
  desk: DeskInMemory,
  steps: readonly Step[],
  opened: (open: OpenPanel) => void,
) {
  let open = await desk.open()
  opened(open)
  for (const { action: act, thenMs } of steps) {
    if (act.type === 'reload' || open.left() !== null) {
      open.crash()
      open = await desk.open()
      opened(open)
    } else perform(desk, open, act)
    await desk.clock.advance(thenMs)
  }
  return open
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
    case 'reload':
      break
  }
}
