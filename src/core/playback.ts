// A playback: its states, what is known of it, and the events and effects of its state machine.
import type { CheckedAsset } from './asset'
import type { CallBreak, Participant } from './conversation'
import type { Failure, Refusal } from './errors'
import type { Candidate } from './prompt'

export const playbackStates = [
  'preparing',
  'requested',
  'queued',
  'buffering',
  'playing',
  'completed',
  'stopped',
  'interrupted',
  'failed',
  'rejected',
  'unknown',
] as const
export type PlaybackState = (typeof playbackStates)[number]

/** Epoch ms of the panel's clock, at the moment the panel saw it; null until then. */
export interface PlaybackTimes {
  readonly clickedAtMs: number
  readonly requestedAtMs: number | null
  readonly acceptedAtMs: number | null
  readonly startedAtMs: number | null
  readonly endedAtMs: number | null
}

/** Why this file, and how the customer's leg was when it was asked for: kept for the record. */
export interface Choice {
  readonly promptVersion: string
  readonly language: string
  readonly tier: string
  readonly reason: string | null
  readonly words: string | null
  /** The customer's participant when it was asked for. */
  readonly participantId: string
  readonly atStart: LegState | null
  /** Where the call came from and since when it runs, known already when it was asked for. */
  readonly queueId: string | null
  readonly callStartedAtMs: number | null
}

/** What bears on proof: whether the customer could hear, and whether the call was recorded. */
export interface LegState {
  readonly held: boolean
  readonly muted: boolean
  readonly recording: 'none' | 'active' | 'paused'
}

export interface Playback {
  readonly id: string
  readonly interactionId: string
  readonly promptKey: string
  readonly title: string
  readonly state: PlaybackState
  readonly times: PlaybackTimes
  readonly asset: CheckedAsset | null
  readonly choice: Choice | null
  /** The carrier's own id for this playback, where it returns one. */
  readonly carrierId: string | null
  readonly failure: Failure | null
  /** Known only once it ended, and only where start and end were both seen. */
  readonly playedMs: number | null
  readonly interruptedBy: CallBreak | null
  /** How often the request was sent. */
  readonly attempts: number
  /** Set while a request that was refused for now waits to be sent again. */
  readonly resendAtMs: number | null
  /** The event channel was lost since the request: moments that were not seen cannot be measured. */
  readonly sawGap: boolean
  /** The same file was played before in this interaction: a late event could mean that earlier playback. */
  readonly repeats: boolean
}

export type PlaybackEvent = { readonly atMs: number } & (
  | {
      readonly type: 'prepared'
      readonly asset: CheckedAsset
      readonly choice: Choice
      readonly repeats: boolean
    }
  | { readonly type: 'refused'; readonly failure: Failure }
  | { readonly type: 'accepted'; readonly carrierId: string | null }
  | { readonly type: 'not-accepted'; readonly refusal: Refusal; readonly chance: number }
  | { readonly type: 'resend' }
  | { readonly type: 'cancelled' }
  | {
      readonly type: 'carrier'
      readonly state: 'buffering' | 'playing' | 'completed'
      /** See CarrierEvent. */
      readonly deduced?: boolean
    }
  | { readonly type: 'carrier-failed'; readonly failure: Failure }
  /** What comes next is told some time after it happened. */
  | { readonly type: 'unseen' }
  | { readonly type: 'call-broke'; readonly by: CallBreak }
  /** Another connection takes over at once; between the two words may have been missed. */
  | { readonly type: 'channel-changed' }
  | { readonly type: 'channel-lost' }
  | { readonly type: 'stopped' }
  | { readonly type: 'overdue'; readonly state: PlaybackState }
)

/** What the service has to do. A deadline and a resend belong to a state: leaving it cancels them. */
export type PlaybackEffect =
  | { readonly type: 'send'; readonly asset: CheckedAsset }
  | { readonly type: 'resend'; readonly afterMs: number }
  | { readonly type: 'deadline'; readonly state: PlaybackState; readonly afterMs: number }
  | { readonly type: 'record' }

export interface Deadlines {
  /** From sending to the answer. */
  readonly answerMs: number
  /** From the answer to "playing". */
  readonly startMs: number
  /** Beyond the prompt's own length. */
  readonly endMs: number
}

const outcomes: ReadonlySet<PlaybackState> = new Set([
  'completed',
  'stopped',
  'interrupted',
  'failed',
  'rejected',
  'unknown',
])

export function isOutcome(state: PlaybackState): boolean {
  return outcomes.has(state)
}

/** What is kept for the record of why this file, for whom, and how their leg was. */
export function choiceOf(
  promptVersion: string,
  candidate: Candidate,
  customer: Participant,
  queueId: string | null,
): Choice {
  const { language, tier, reasonInEnglish: reason, words } = candidate
  const { id: participantId, held, muted, recording, connectedAtMs: callStartedAtMs } = customer
  const atStart = { held, muted, recording }
  return { promptVersion, language, tier, reason, words, participantId, atStart, queueId, callStartedAtMs }
}

/** The carrier has it and has not ended it: what can be stopped, where stopping is possible. */
export function isRunning({ state }: Playback): boolean {
  return state === 'queued' || state === 'buffering' || state === 'playing'
}

export function beginPlayback(
  of: Pick<Playback, 'id' | 'interactionId' | 'promptKey' | 'title'>,
  atMs: number,
): Playback {
  const none = { requestedAtMs: null, acceptedAtMs: null, startedAtMs: null, endedAtMs: null }
  return {
    ...of,
    state: 'preparing',
    times: { clickedAtMs: atMs, ...none },
    asset: null,
    choice: null,
    carrierId: null,
    failure: null,
    playedMs: null,
    interruptedBy: null,
    attempts: 0,
    resendAtMs: null,
    sawGap: false,
    repeats: false,
  }
}

/** Until when the carrier could still act on an unknown playback; after that no event is taken for it any more. */
export function openUntilMs(playback: Playback, deadlines: Deadlines): number {
  const { startedAtMs, acceptedAtMs, requestedAtMs, clickedAtMs } = playback.times
  const from = startedAtMs ?? acceptedAtMs ?? (requestedAtMs ?? clickedAtMs) + deadlines.answerMs
  return from + deadlines.startMs + (playback.asset?.durationMs ?? 0) + deadlines.endMs
}

/** How far a playing prompt is, by the panel's clock: an estimate, and to be shown as one. */
export function estimateProgress(
  playback: Playback,
  nowMs: number,
): { playedMs: number; leftMs: number; share: number } | null {
  const { startedAtMs } = playback.times
  const length = playback.asset?.durationMs ?? 0
  if (playback.state !== 'playing' || startedAtMs === null || length === 0) return null
  const playedMs = Math.min(length, Math.max(0, nowMs - startedAtMs))
  return { playedMs, leftMs: length - playedMs, share: playedMs / length }
}
