// One schedule from beginning to end: carried out, healed, waited for, and held against the invariants.
import { expect } from 'vitest'
import { mediaApi, type BackendUnderTest } from './backend-desk'
import type { Panel } from '../../src/services/panel'
import { createDeskInMemory, setUp, type DeskInMemory, type OpenPanel } from './desk-in-memory'
import { checkInvariants, checkNothingLeft, watchPlaybacks, type History } from './invariants'
import { stepFor, takeStep, type Schedule } from './schedule'
import { createSeats } from './seats'

/** After this long without faults every truth that can come has come, and every record is written. */
const settleMs = 180_000
const lastingTokenS = 86_400

/** Throws with the broken invariant. `seed` is for the ids and the jitter of the world. */
export async function runModel(
  seed: number,
  { start, steps: wished }: Schedule,
  under: BackendUnderTest = mediaApi,
  inspect: (desk: DeskInMemory, panels: readonly Panel[]) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const steps = wished.map((step) => stepFor(under, step))
  const { replay: replayOnSubscribe, tokenS: tokenLifetimeS } = start
  const desk = createDeskInMemory(seed, {
    config: under.config,
    settings: { ...under.settings, replayOnSubscribe, tokenLifetimeS },
  })
  const history: History = new Map()
  const watch = ({ panel }: OpenPanel) => {
    const note = watchPlaybacks(history)
    note(panel.playback.snapshot.value.current)
    panel.playback.snapshot.subscribe(({ current, recent }) => [current, ...recent].forEach(note))
  }
  const places = Array.from({ length: start.panels }, (_, place) => (start.sameTab ? 0 : place))
  const seats = await createSeats(desk, places, watch)
  for (const step of steps) await takeStep(desk, seats, step)

  if (steps.some(({ action }) => action.type === 'fault' && action.fault.kind === 'silence'))
    desk.org.faults.add({ kind: 'cut' })
  desk.org.faults.clear()
  setUp(desk.org, { tokenLifetimeS: lastingTokenS })
  for (const { panel } of seats.all()) panel.queue.clear()
  seats.leavings()
  await seats.advance(settleMs)
  // The agent does what the notice says.
  for (const { panel } of seats.all())
    if (panel.session.snapshot.value.status === 'signed-out') panel.session.signIn()
  await seats.advance(settleMs)
  expect(seats.leavings(), 'the panel goes through the login for ever').toBeLessThanOrEqual(2 * start.panels)

  const panels = seats.all().map(({ panel }) => panel)
  checkInvariants(desk, history, panels)
  await inspect(desk, panels)
  for (const open of seats.all()) {
    await open.stop()
    open.panel.dispose()
  }
  // Requests that were under way come to their end.
  await desk.clock.advance(20_000)
  checkNothingLeft(desk)
  desk.traffic.verify()
}
