// One badge per agent: what is seen of their calls, and what the playing panel wrote there, as one word of the truth.
import type { BadgeNote, NoteState } from './badge-note'

export const badgeStates = [
  'failed',
  'unknown',
  'playing',
  'done',
  'on a call',
  'idle',
  'not visible',
] as const
export type BadgeState = (typeof badgeStates)[number]

/** By which way an agent is seen: the topic of their own calls, that of a queue, their presence only, or not at all. */
export type Sight = 'calls' | 'queue' | 'presence' | 'none'

export interface Badge {
  readonly state: BadgeState
  /** Since when, epoch ms; null where that was not seen. */
  readonly sinceMs: number | null
  /** The playback that it is about; of `failed` and `done` the note's own state says how it ended. */
  readonly note: BadgeNote | null
  /** The call that it is about. */
  readonly conversationId: string | null
  /** Where `unknown` comes from, and whether a prompt could play unseen. */
  readonly because: 'damaged' | 'overdue' | 'call ended' | 'not seen' | 'no word' | null
  readonly sight: Sight
}

/** How long an outcome is still shown after its call is over. */
export const lingerMs = 60_000
/** Beyond the prompt's own length: by then the playing panel has written how it ended. */
export const overdueMs = 15_000
/** Clocks of two desks differ; a time further in the future than this was not made by a clock. */
export const clockSkewMs = 300_000

const states: Readonly<Record<string, NoteState>> = {
  playing: 'playing',
  completed: 'completed',
  stopped: 'stopped',
  interrupted: 'interrupted',
  failed: 'failed',
  rejected: 'rejected',
  unknown: 'unknown',
}

const notePattern =
  /^v1\|([0-9a-zA-Z]{1,12})\|([a-z]+)\|(\d{0,15})\|(\d{0,15})\|(\d{1,15})\|([^|\p{C}]{0,64})\|([^|\p{C}]{0,64})$/u

/** Null for whatever is not a note of ours: foreign, damaged, of a later version. Never throws. */
export function decodeNote(text: string): BadgeNote | null {
  if (text.length > 255) return null
  const [, playbackId = '', word = '', started, duration, at, language = '', promptKey = ''] =
    notePattern.exec(text) ?? []
  const state = Object.hasOwn(states, word) ? states[word] : undefined
  if (state === undefined) return null
  const number = (digits: string | undefined) => (digits ? Number(digits) : null)
  return {
    playbackId,
    state,
    promptKey,
    language,
    startedAtMs: number(started),
    durationMs: number(duration),
    atMs: Number(at),
  }
}

const ranks: Readonly<Record<NoteState, number>> = {
  playing: 0,
  unknown: 1,
  completed: 2,
  stopped: 2,
  interrupted: 2,
  failed: 2,
  rejected: 2,
}

/** Whether `a` tells something later than `b`. Of two notes of one moment the one that says more wins. */
export function isLater(a: BadgeNote, b: BadgeNote | null): boolean {
  if (b === null) return true
  return (
    (a.atMs - b.atMs || ranks[a.state] - ranks[b.state] || (encodeOrder(a) > encodeOrder(b) ? 1 : -1)) > 0
  )
}

/** Two panels that write in the very same millisecond: any order will do, as long as all see the same. */
function encodeOrder({ state, playbackId }: BadgeNote): string {
  return `${playbackId}|${state}`
}

/** Whether both say the same on screen. */
export function isSameBadge(a: Badge, b: Badge): boolean {
  return (
    a.state === b.state &&
    a.sinceMs === b.sinceMs &&
    a.note === b.note &&
    a.conversationId === b.conversationId &&
    a.because === b.because &&
    a.sight === b.sight
  )
}

/** When the prompt should be over, by the playing panel's clock. */
export function expectedEndMs({ startedAtMs, durationMs, atMs }: BadgeNote): number {
  return (startedAtMs ?? atMs) + (durationMs ?? 0)
}

/** What is left of a playing prompt, an estimate; null where nothing plays or its length is not known. */
export function leftMs({ state, note }: Badge, nowMs: number): number | null {
  if (state !== 'playing' || note?.durationMs == null) return null
  return Math.max(0, Math.min(note.durationMs, expectedEndMs(note) - nowMs))
}
