// How fast the team view may read, so that its panels and their playbacks keep most of what the platform allows in a minute.

/** What may be sent now, and since when that is true (epoch ms). */
export interface Pace {
  readonly free: number
  readonly atMs: number
}

/** So many at once, then one at a time: at most 90 in any minute, of 300 that the platform allows an agent and app. */
export const burst = 60
export const everyMs = 2_000

/** Takes one request: `waitMs` 0 means that it may go. Otherwise nothing is taken, and it is worth asking again then. */
export function takeTurn(
  before: Pace | null,
  nowMs: number,
): { readonly pace: Pace; readonly waitMs: number } {
  // A clock that was put back must not stop all reading.
  const known = before === null || before.atMs > nowMs ? { free: burst, atMs: nowMs } : before
  const regained = Math.floor((nowMs - known.atMs) / everyMs)
  const free = Math.min(burst, known.free + regained)
  // The part of a turn that has passed counts, but not on top of a full measure.
  const atMs = free === burst ? nowMs : known.atMs + regained * everyMs
  if (free === 0) return { pace: { free, atMs }, waitMs: atMs + everyMs - nowMs }
  return { pace: { free: free - 1, atMs }, waitMs: 0 }
}

export const writePace = ({ free, atMs }: Pace): string => `${free} ${atMs}`

/** Null where it is not ours. */
export function readPace(text: string | undefined): Pace | null {
  const [, free, atMs] = /^(\d{1,2}) (\d{1,15})$/.exec(text ?? '') ?? []
  return free === undefined || atMs === undefined ? null : { free: Number(free), atMs: Number(atMs) }
}
