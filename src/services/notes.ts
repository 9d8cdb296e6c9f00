// What is seen of playbacks, noted at once and counted later: so that a click never waits for its numbers.
import { observationOf, type Seen } from '../core/observation'
import type { Playback } from '../core/playback'
import type { Clock, KeptStorage, Telemetry } from '../core/ports'

export interface NotesPorts {
  readonly kept: KeptStorage
  readonly clock: Clock
  /** Loads what counts notes, and counts them. Where it fails, the notes stay for the next time. */
  countNotes(notes: Notes): Promise<void>
  /** Absent where no collector is configured. Until it is loaded, what is seen waits for it. */
  readonly telemetry?: Promise<Telemetry>
}

export const notesPrefix = 'cueline.seen.'
/** So many notes (about 150 kB) are counted even if nobody has looked at the numbers. */
const countAt = 500
const roundTripsPerNote = 20

/** A note is in the storage before the next turn: nothing waits to be lost. `panelId` tells the notes of panels apart. */
export function createNotes({ kept, clock, telemetry, countNotes }: NotesPorts, panelId: string) {
  const waiting = new Map<string, number>()
  const unkept: Seen[] = []
  let roundTrips: number[] = []
  let serial = 0
  let collector: Telemetry | null = null
  telemetry?.then((loaded) => (collector = loaded)).catch(() => undefined)

  function note(seen: Seen): void {
    telemetry?.then(({ take }) => take(seen)).catch(() => undefined)
    serial += 1
    // Sorted by name they are in order: what is taken was given before.
    const key = `${notesPrefix}${clock.now()}.${String(serial).padStart(6, '0')}.${panelId}`
    if (!kept.write(key, JSON.stringify(seen))) {
      kept.remove(key)
      unkept.push(seen)
    }
    if (unkept.length + kept.entries(notesPrefix).length >= countAt) countNotes(notes).catch(() => undefined)
  }

  const notes = {
    /** What the browser did not keep; whoever counts it empties it. */
    unkept,
    observe(before: Playback, after: Playback, backend: string): void {
      const { id } = after
      if (before.resendAtMs === null && after.resendAtMs !== null) waiting.set(id, clock.now())
      const since = waiting.get(id)
      if (since !== undefined && after.resendAtMs === null) {
        waiting.delete(id)
        note({ id, wait: clock.now() - since })
      }
      if (before.state === after.state) return
      const take = observationOf(before, backend)
      const give = observationOf(after, backend)
      if (take ?? give) note({ id, ...(take && { take }), ...(give && { give }) })
    },
    /** A ping over the live channel was answered after so many ms. */
    roundTrip(ms: number): void {
      if (roundTrips.push(ms) >= roundTripsPerNote) notes.noteRoundTrips()
    },
    noteRoundTrips(): void {
      const seen = roundTrips
      roundTrips = []
      if (seen.length > 0) note({ id: panelId, roundTrips: seen })
    },
    /** For the host's stop hook: what is not loaded by then is not waited for. */
    async flush(): Promise<void> {
      notes.noteRoundTrips()
      await collector?.flush()
    },
  }
  return notes
}

export type Notes = ReturnType<typeof createNotes>
