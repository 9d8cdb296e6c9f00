// Random schedules for the panel in memory: what an agent, the call, the network and the platform may do, as data.
import fc from 'fast-check'
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
  | { type: 'fault'; body: Record<string, unknown> }

export interface Step {
  action: Action
  /** Virtual time until the next step. */
  thenMs: number
}

const play = { method: 'POST', path: '/api/v2/media/play' }
const anything = { path: '/api/v2/*' }
const oneOf = <T>(...values: T[]) => fc.constantFrom(...values)

/** Every kind of failure that the sandbox knows, on the play request and on all others. */
const requestFault = fc.record({
  match: oneOf<Record<string, unknown>>(play, play, anything, { path: '/api/v2/notifications/*' }),
  kind: oneOf('status', 'status', 'done-but-status', 'lose-request', 'lose-answer', 'hang', 'late'),
  status: oneOf(403, 404, 410, 429, 429, 500, 503),
  retryAfterS: oneOf(1, 3),
  delayMs: oneOf(200, 2_000, 8_000),
  times: oneOf(1, 2),
})
const socketFault = fc.oneof(
  fc.record({ kind: oneOf('cut', 'steal', 'remove-channel') }),
  fc.record({ kind: oneOf('silence'), forMs: oneOf(2_000, 12_000) }),
  fc.record({
    kind: oneOf('lose', 'duplicate'),
    times: oneOf(1, 2),
    media: oneOf('buffering', 'playing', 'completed'),
  }),
  fc.record({ kind: oneOf('garbage') }),
)
const mediaFault = fc.record({
  kind: oneOf('no-events', 'stuck', 'fail-midway', 'end-twice', 'old-event', 'start-late'),
  afterMs: oneOf(500, 1_500),
  times: oneOf(1),
})

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
  {
    weight: 6,
    arbitrary: fc.oneof(
      requestFault.map((rule) => ({ type: 'fault' as const, body: { request: rule } })),
      socketFault.map((socket) => ({ type: 'fault' as const, body: { socket } })),
      mediaFault.map((media) => ({ type: 'fault' as const, body: { media } })),
      oneOf(500, 4_000, 20_000).map((forMs) => ({
        type: 'fault' as const,
        body: { network: { down: true, forMs } },
      })),
    ),
  },
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
      desk.fault(act.body)
      break
    case 'reload':
      break
  }
}
