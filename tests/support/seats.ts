// Where panels are open: each comes back when it was left for the login, as a page that was redirected does.
import type { DeskInMemory, OpenPanel } from './desk-in-memory'

/** A page is left for the login and back within this time. */
const redirectMs = 1_000

export interface Seats {
  /** The panel in this place; a place that does not exist is the last one. */
  at(place: number): OpenPanel
  all(): readonly OpenPanel[]
  reopen(open: OpenPanel): Promise<void>
  /** Virtual time; panels that were left come back in it. */
  advance(ms: number): Promise<void>
  /** How often panels were left since this was asked last. */
  leavings(): number
}

export async function createSeats(
  desk: DeskInMemory,
  /** The tab of each place. */
  tabs: readonly number[],
  opened: (open: OpenPanel) => void,
): Promise<Seats> {
  const seats: OpenPanel[] = []
  let left = 0

  async function open(place: number): Promise<void> {
    const panel = await desk.open(tabs[place])
    seats[place] = panel
    opened(panel)
  }

  async function reopen(seat: OpenPanel): Promise<void> {
    seat.crash()
    await open(seats.indexOf(seat))
  }

  async function bringBack(): Promise<void> {
    for (const seat of [...seats]) {
      if (seat.left() === null) continue
      left += 1
      await reopen(seat)
    }
  }

  for (const place of tabs.keys()) await open(place)
  return {
    at: (place) => seats[Math.min(place, seats.length - 1)] as OpenPanel,
    all: () => seats,
    reopen,
    async advance(ms) {
      for (let restMs = ms; restMs > 0; restMs -= redirectMs) {
        await desk.clock.advance(Math.min(restMs, redirectMs))
        await bringBack()
      }
      await desk.clock.advance(0)
      await bringBack()
    },
    leavings() {
      const before = left
      left = 0
      return before
    },
  }
}
