// What each agent of a large organisation does in a working day: drawn once by a seed, for the sample and the simulation alike.
import { createSeededRandom, type Random } from '../../sandbox/org/random'

export interface DayWishes {
  readonly agents: number
  readonly hours: number
  /** Sign-ins in a minute at the start of the shift, until all are there. */
  readonly signInsPerMinute: number
  readonly playsPerHour: number
  readonly seed: number
}

/**
 * How an agent's panels come and go. `one by one`: a panel with each call, gone with it. `standing`: a panel all day,
 * and one with each call beside it. `lead`: the same, with the team view open all day. `ten`: ten calls at once, each
 * with its panel, and the whole desktop reloaded every hour.
 */
export type Habit = 'one by one' | 'standing' | 'lead' | 'ten'

export interface PlannedCall {
  readonly startMs: number
  readonly endMs: number
  /** The panel of the call stays for the wrap-up. */
  readonly closeMs: number
  readonly playsMs: readonly number[]
}

export interface AgentDay {
  readonly agent: number
  readonly habit: Habit
  readonly signInMs: number
  readonly calls: readonly PlannedCall[]
  /** When the connection breaks and is there again at once. */
  readonly cutsMs: readonly number[]
  /** For so long it breaks a second after it stands, again and again; null: on no day of this agent's. */
  readonly flapping: { readonly fromMs: number; readonly forMs: number } | null
}

export const minuteMs = 60_000
export const hourMs = 3_600_000
const teamSize = 100
const cycleMs = 6 * minuteMs
const talkMs = 4.5 * minuteMs
export const flappingMs = 10 * minuteMs
/** Of a play: nothing else is planned for the same panel meanwhile. */
const playTakesMs = 15_000
export const panelsOfTen = 10

/** One of a team leads it, one has ten calls at once, ten have a panel all day. */
function habitOf(agent: number): Habit {
  const place = agent % teamSize
  if (place === 0) return 'lead'
  if (place === 1) return 'ten'
  return place < 12 ? 'standing' : 'one by one'
}

/** One agent in fifty has a bad connection for ten minutes of the day; among them every hundredth of those with ten panels. */
const hasBadConnection = (agent: number): boolean => Math.floor(agent / teamSize) % 50 === agent % 50

/** Every connection of the organisation breaks at this moment. */
const outageMs = ({ hours }: DayWishes): number => Math.round(hours * 0.55 * hourMs)

/** All times in ms from the start of the shift. */
export function planDay(agent: number, wishes: DayWishes): AgentDay {
  const random = createSeededRandom(wishes.seed * 1_000_003 + agent)
  const signInMs = Math.round((agent / wishes.signInsPerMinute) * minuteMs)
  const endMs = wishes.hours * hourMs
  const habit = habitOf(agent)
  const calls =
    habit === 'ten' ? longCalls(signInMs, endMs, wishes, random) : callsOf(signInMs, endMs, wishes, random)
  const ownCuts = Array.from({ length: Math.round((3 * wishes.hours) / 8) }, () =>
    between(random, signInMs, endMs),
  )
  const free = endMs - flappingMs - minuteMs
  return {
    agent,
    habit,
    signInMs,
    calls,
    cutsMs: [...ownCuts, outageMs(wishes)].filter((atMs) => atMs > signInMs).sort((a, b) => a - b),
    flapping:
      hasBadConnection(agent) && free > signInMs
        ? { fromMs: between(random, signInMs, free), forMs: flappingMs }
        : null,
  }
}

function callsOf(fromMs: number, endMs: number, { playsPerHour }: DayWishes, random: Random): PlannedCall[] {
  const plays = (playsPerHour * cycleMs) / hourMs
  const calls: PlannedCall[] = []
  // The agent's first call is there when they sign in: the panel opens with it.
  for (let startMs = fromMs; startMs + cycleMs <= endMs; startMs += cycleMs) {
    // One call in six lasts into the next.
    const overlaps = random.below(6) === 0
    const lastsMs = overlaps ? cycleMs + 20_000 : talkMs + random.below(40_000)
    const callEndMs = startMs + lastsMs
    calls.push({
      startMs,
      endMs: callEndMs,
      closeMs: callEndMs + 10_000,
      playsMs: spread(random, startMs + 30_000, callEndMs - 30_000, howMany(plays, random)),
    })
  }
  return calls
}

/** Ten calls from one reload of the desktop to the next, the plays of the hour divided among them. */
function longCalls(
  fromMs: number,
  endMs: number,
  { playsPerHour }: DayWishes,
  random: Random,
): PlannedCall[] {
  const calls: PlannedCall[] = []
  for (let startMs = fromMs; startMs < endMs; startMs += hourMs) {
    const callEndMs = Math.min(startMs + hourMs, endMs) - 30_000
    if (callEndMs - startMs < 5 * minuteMs) break
    const all = spread(random, startMs + 30_000, callEndMs - 30_000, playsPerHour)
    for (let place = 0; place < panelsOfTen; place += 1) {
      const playsMs = all.filter((_, index) => index % panelsOfTen === place)
      calls.push({ startMs, endMs: callEndMs, closeMs: callEndMs + 10_000, playsMs })
    }
  }
  return calls
}

const between = (random: Random, fromMs: number, untilMs: number): number =>
  fromMs + random.below(Math.max(1, Math.round(untilMs - fromMs)))

const howMany = (mean: number, random: Random): number =>
  Math.floor(mean) + (random.below(1_000) < (mean % 1) * 1_000 ? 1 : 0)

/** So many moments between these two, never two closer than a play takes. */
function spread(random: Random, fromMs: number, untilMs: number, count: number): number[] {
  const room = Math.max(0, untilMs - fromMs - count * playTakesMs)
  return Array.from({ length: count }, () => random.below(Math.max(1, Math.round(room))))
    .sort((a, b) => a - b)
    .map((offsetMs, index) => fromMs + offsetMs + index * playTakesMs)
}
