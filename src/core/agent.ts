// What is known of one agent: their calls as they were seen, never going back; and the badge that follows from it.
import { decodeNote, clockSkewMs, expectedEndMs, isLater, lingerMs, overdueMs } from './badge'
import type { Badge, Sight } from './badge'
import { badgeAttribute, type BadgeNote } from './badge-note'
import { attributeOf, type Conversation, type Participant } from './conversation'

/** How far a leg has come. Frames come late and out of order: a leg that has ended does not connect again. */
type Phase = 0 | 1 | 2
const waiting: Phase = 0
const connected: Phase = 1
const ended: Phase = 2

export interface SeenCall {
  readonly id: string
  /** The agent's legs by id: rejoining adds one. */
  readonly legs: ReadonlyMap<string, Phase>
  readonly sinceMs: number | null
  readonly note: BadgeNote | null
  /** The note that was seen last cannot be read. */
  readonly isDamaged: boolean
  /** The directory counts no call any more, but the end itself was not seen. */
  readonly isPresumedOver: boolean
  /** When it last told something new. */
  readonly seenAtMs: number
}

/** Busy or not, by presence, routing status, or the directory's count of calls; `atMs`: since when, null where it is not said. */
export interface Activity {
  readonly busy: boolean
  readonly sinceMs: number | null
}

export interface AgentFacts {
  readonly sight: Sight
  /** The newest last; those that are over stay for a while, so that a late frame of theirs is known for what it is. */
  readonly calls: readonly SeenCall[]
  readonly activity: Activity | null
}

/** Until the platform has said what may be seen, nothing is known to be hidden. */
export const nothingSeen: AgentFacts = { sight: 'calls', calls: [], activity: null }

/** So many calls of an agent are remembered, however short they are. */
const callLimit = 6
/** A word of a call may come so long after a later one: by then a reading that was under way has been given up. */
const lateMs = 30_000

const isLive = ({ legs, isPresumedOver }: SeenCall): boolean =>
  !isPresumedOver && [...legs.values()].includes(connected)

function phaseOf({ state, endedAtMs }: Participant): Phase {
  if (endedAtMs !== null || state === 'disconnected' || state === 'terminated') return ended
  return state === 'connected' ? connected : waiting
}

/** One view of a call, from a frame or a reading. The same facts come back where it tells nothing new of this agent. */
export function seeCall(facts: AgentFacts, call: Conversation, userId: string, nowMs: number): AgentFacts {
  const mine = call.participants.filter((p) => p.userId === userId && p.listensTo === null)
  if (mine.length === 0) return facts
  const before = facts.calls.find(({ id }) => id === call.id) ?? null
  const after = mergeLegs(before, call.id, mine, nowMs)
  // Where the calls are seen, they speak for themselves from the first one on.
  const activity = facts.sight === 'calls' ? null : facts.activity
  if (after === before && activity === facts.activity) return facts
  const others = facts.calls.filter(({ id }) => id !== call.id)
  const calls = after === before ? facts.calls : [...remembered(others, after, nowMs), after]
  return { ...facts, activity, calls }
}

/** Of the others, those that can still matter beside the call that has just told something. */
function remembered(others: readonly SeenCall[], newest: SeenCall, nowMs: number): readonly SeenCall[] {
  const calls = others.filter((call) => !isPast(call, [...others, newest], nowMs))
  if (calls.length < callLimit) return calls
  const gone = calls.find((call) => !isLive(call)) ?? calls[0]
  return calls.filter((call) => call !== gone)
}

/** Over, with no late word to come, and never shown again: its outcome has faded, or a later one stands before it. */
function isPast(call: SeenCall, all: readonly SeenCall[], nowMs: number): boolean {
  if (isLive(call) || nowMs - call.seenAtMs <= lateMs) return false
  const isCovered = all.some(({ note }) => note !== null && note !== call.note && note.atMs >= newsMs(call))
  return isCovered || !lingers(call, nowMs)
}

function mergeLegs(
  before: SeenCall | null,
  id: string,
  mine: readonly Participant[],
  nowMs: number,
): SeenCall {
  const legs = new Map(before?.legs)
  let { sinceMs = null, note = null, isDamaged = false } = before ?? {}
  let isNews = before === null || (before.isPresumedOver && mine.some((leg) => phaseOf(leg) === connected))
  for (const leg of mine) {
    const phase = phaseOf(leg)
    if (phase > (legs.get(leg.id) ?? -1)) {
      legs.set(leg.id, phase)
      isNews = true
    }
    if (leg.connectedAtMs !== null && leg.connectedAtMs > (sinceMs ?? 0)) sinceMs = leg.connectedAtMs
    const text = attributeOf(leg, badgeAttribute)
    if (text === null) continue
    const read = decodeNote(text)
    const isReadable = read !== null && read.atMs <= nowMs + clockSkewMs
    if (!isReadable) {
      isNews ||= !isDamaged
      isDamaged = true
    } else if (isLater(read, note) || (isDamaged && read.atMs === note?.atMs)) {
      note = read
      isDamaged = false
      isNews = true
    }
  }
  if (!isNews && before !== null) return before
  return { id, legs, sinceMs, note, isDamaged, isPresumedOver: false, seenAtMs: nowMs }
}

/** By another way than before: what that way cannot see is forgotten, since nothing would ever end it. */
export function withSight(facts: AgentFacts, sight: Sight): AgentFacts {
  if (facts.sight === sight) return facts
  return { ...facts, sight, calls: sight === 'calls' || sight === 'queue' ? facts.calls : [] }
}

/** An event of presence and routing status. An older one than the last changes nothing. */
export function seeActivity(facts: AgentFacts, activity: Activity): AgentFacts {
  if ((activity.sinceMs ?? 0) < (facts.activity?.sinceMs ?? 0)) return facts
  return { ...facts, activity }
}

/**
 * What the directory said when it was asked at `askedAtMs`. Calls that told something since know better; of the others
 * the end may have been missed.
 */
export function seeReading(facts: AgentFacts, activity: Activity | null, askedAtMs: number): AgentFacts {
  if (activity === null || facts.calls.some((call) => call.seenAtMs >= askedAtMs)) return facts
  if (activity.busy) return seeActivity(facts, activity)
  const calls = facts.calls.map((call) => (isLive(call) ? { ...call, isPresumedOver: true } : call))
  return { ...facts, calls, activity }
}

/** The calls in which the agent is now, as far as was seen. */
export function liveCallIds(facts: AgentFacts): readonly string[] {
  return facts.calls.filter(isLive).map(({ id }) => id)
}

type Shown = Pick<Badge, 'state' | 'sinceMs'> & Partial<Badge>

export function badgeOf(facts: AgentFacts, nowMs: number): Badge {
  const shown = shownOf(facts, nowMs)
  return { note: null, conversationId: null, because: null, ...shown, sight: facts.sight }
}

function shownOf(facts: AgentFacts, nowMs: number): Shown {
  if (facts.sight === 'none') return { state: 'not visible', sinceMs: null }
  const call = newestOf(facts.calls.filter(isLive)) ?? newestOf(facts.calls.filter((c) => lingers(c, nowMs)))
  if (call !== null) return ofCall(call, nowMs)
  const { activity, calls } = facts
  if (activity !== null) {
    if (!activity.busy) return { state: 'idle', sinceMs: activity.sinceMs }
    return { state: 'on a call', sinceMs: activity.sinceMs, because: 'not seen' }
  }
  const last = calls.at(-1)
  if (last !== undefined) return { state: 'idle', sinceMs: last.seenAtMs }
  return { state: 'unknown', sinceMs: null, because: 'no word' }
}

function lingers({ note }: SeenCall, nowMs: number): boolean {
  return note !== null && note.atMs + lingerMs > nowMs
}

const newsMs = ({ note, sinceMs }: SeenCall): number => Math.max(note?.atMs ?? 0, sinceMs ?? 0)

function newestOf(calls: readonly SeenCall[]): SeenCall | null {
  return calls.reduce<SeenCall | null>(
    (best, call) => (best === null || newsMs(call) > newsMs(best) ? call : best),
    null,
  )
}

function ofCall(call: SeenCall, nowMs: number): Shown {
  const { id: conversationId, note, isDamaged, sinceMs } = call
  if (isDamaged) return { state: 'unknown', sinceMs: null, because: 'damaged', conversationId }
  if (note === null) return { state: 'on a call', sinceMs, conversationId }
  const about = { note, conversationId, sinceMs: note.atMs }
  if (note.state === 'completed') return { state: 'done', ...about }
  if (note.state === 'unknown') return { state: 'unknown', ...about }
  if (note.state !== 'playing') return { state: 'failed', ...about }
  const endMs = expectedEndMs(note)
  if (!isLive(call)) return { state: 'unknown', because: 'call ended', ...about }
  if (nowMs > endMs + overdueMs) return { state: 'unknown', because: 'overdue', ...about, sinceMs: endMs }
  return { state: 'playing', ...about, sinceMs: note.startedAtMs ?? note.atMs }
}

/** When the badge changes by time alone; null where it does not. */
export function nextChangeMs(facts: AgentFacts, nowMs: number): number | null {
  const times = facts.calls.flatMap(({ note }) =>
    note === null ? [] : [note.atMs + lingerMs, expectedEndMs(note) + overdueMs + 1],
  )
  const coming = times.filter((time) => time > nowMs)
  return coming.length === 0 ? null : Math.min(...coming)
}
