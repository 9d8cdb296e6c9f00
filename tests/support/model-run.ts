// One schedule from beginning to end: carried out, healed, waited for, and held against the invariants.
import { expect } from 'vitest'
import { createDeskInMemory, type OpenPanel } from './desk-in-memory'
import { checkInvariants, checkNothingLeft, watchPlaybacks, type History } from './invariants'
import { runSchedule, type Step } from './schedule'

/** After this long without faults every truth that can come has come, and every record is written. */
const settleMs = 180_000

/** Throws with the broken invariant. `seed` is for the ids and the jitter of the world. */
export async function runModel(seed: number, steps: readonly Step[]): Promise<void> {
  const desk = createDeskInMemory(seed)
  const history: History = new Map()
  const watch = ({ panel }: OpenPanel) => {
    const note = watchPlaybacks(history)
    note(panel.playback.snapshot.value.current)
    panel.playback.snapshot.subscribe(({ current, recent }) => [current, ...recent].forEach(note))
  }
  let open = await runSchedule(desk, steps, watch)
  desk.org.faults.clear()
  open.panel.queue.clear()
  await desk.clock.advance(settleMs)
  // The agent does what the notice says.
  if (open.panel.session.snapshot.value.status === 'signed-out') open.panel.session.signIn()
  for (let rounds = 0; open.left() !== null; rounds += 1) {
    expect(rounds, 'the panel goes through the login for ever').toBeLessThan(3)
    open.crash()
    open = await desk.open()
    watch(open)
    await desk.clock.advance(settleMs)
  }
  checkInvariants(desk, history, open.panel)
  await open.stop()
  open.panel.dispose()
  checkNothingLeft(desk)
}
