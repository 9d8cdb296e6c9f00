// The playback as a state machine: transition(playback, event) -> the next playback and effects as data.
import type { CheckedAsset } from './asset'
import { failure, type Failure } from './errors'

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

export interface Playback {
  readonly id: string
  readonly interactionId: string
  readonly promptKey: string
  readonly title: string
  readonly state: PlaybackState
  readonly times: PlaybackTimes
  readonly asset: CheckedAsset | null
  /** The carrier's own id for this playback, where it returns one. */
  readonly carrierId: string | null
  readonly failure: Failure | null
  /** Known only once it ended, and only where the start was seen. */
  readonly playedMs: number | null
  readonly interruptedBy: CallBreak | null
}

export type CallBreak = 'hang-up' | 'hold' | 'transfer'

export type PlaybackEvent = { readonly atMs: number } & (
  | { readonly type: 'prepared'; readonly asset: CheckedAsset }
  | { readonly type: 'refused'; readonly failure: Failure }
  | { readonly type: 'accepted'; readonly carrierId: string | null }
  | { readonly type: 'not-accepted'; readonly failure: Failure; readonly mayHaveArrived: boolean }
  | { readonly type: 'carrier'; readonly state: 'buffering' | 'playing' | 'completed' }
  | { readonly type: 'carrier-failed'; readonly failure: Failure }
  | { readonly type: 'call-broke'; readonly by: CallBreak }
  | { readonly type: 'overdue'; readonly state: PlaybackState }
)

/** What the service has to do. Deadlines belong to a state: leaving the state cancels them. */
export type PlaybackEffect =
  | { readonly type: 'send'; readonly asset: CheckedAsset }
  | { readonly type: 'deadline'; readonly state: PlaybackState; readonly afterMs: number }
  | { readonly type: 'record' }

export interface Deadlines {
  readonly answerMs: number
  readonly startMs: number
  readonly endMs: number
}

export interface Step {
  readonly playback: Playback
  readonly effects: readonly PlaybackEffect[]
}

const outcomes: ReadonlySet<PlaybackState> = new Set([
  'completed',
  'stopped',
  'interrupted',
  'failed',
  'rejected',
  'unknown',
])
const afterRequest: ReadonlySet<PlaybackState> = new Set(['requested', 'queued', 'buffering', 'playing'])
const order: Partial<Record<PlaybackState, number>> = { requested: 0, queued: 1, buffering: 2, playing: 3 }

export function isOutcome(state: PlaybackState): boolean {
  return outcomes.has(state)
}

export function beginPlayback(
  of: Pick<Playback, 'id' | 'interactionId' | 'promptKey' | 'title'>,
  atMs: number,
): Playback {
  const times = {
    clickedAtMs: atMs,
    requestedAtMs: null,
    acceptedAtMs: null,
    startedAtMs: null,
    endedAtMs: null,
  }
  return {
    ...of,
    state: 'preparing',
    times,
    asset: null,
    carrierId: null,
    failure: null,
    playedMs: null,
    interruptedBy: null,
  }
}

/** Events that do not fit the state (late, doubled, of an earlier playback) change nothing and have no effects. */
export function transition(playback: Playback, event: PlaybackEvent, deadlines: Deadlines): Step {
  switch (event.type) {
    case 'prepared':
      if (playback.state !== 'preparing') return unchanged(playback)
      return {
        playback: { ...moved(playback, 'requested', { requestedAtMs: event.atMs }), asset: event.asset },
        effects: [
          { type: 'send', asset: event.asset },
          { type: 'deadline', state: 'requested', afterMs: deadlines.answerMs },
        ],
      }
    case 'refused':
      return playback.state === 'preparing'
        ? ended(playback, 'rejected', event.atMs, { failure: event.failure })
        : unchanged(playback)
    case 'accepted':
      return accepted(playback, event, deadlines)
    case 'not-accepted':
      // Once an event of the carrier has come, a lost or late answer proves nothing against it.
      if (playback.state !== 'requested') return unchanged(playback)
      if (event.mayHaveArrived) return ended(playback, 'unknown', event.atMs, { failure: event.failure })
      return ended(playback, 'rejected', event.atMs, { failure: event.failure })
    case 'carrier':
      return carried(playback, event, deadlines)
    case 'carrier-failed':
      if (!afterRequest.has(playback.state) && playback.state !== 'unknown') return unchanged(playback)
      return ended(playback, 'failed', event.atMs, { failure: event.failure })
    case 'call-broke':
      if (playback.state === 'preparing')
        return ended(playback, 'rejected', event.atMs, { failure: brokeBeforeSending(event.by) })
      if (!afterRequest.has(playback.state)) return unchanged(playback)
      return ended(playback, 'interrupted', event.atMs, { interruptedBy: event.by })
    case 'overdue':
      if (event.state !== playback.state || !afterRequest.has(playback.state)) return unchanged(playback)
      return ended(playback, 'unknown', event.atMs, {
        failure: failure(playback.state === 'playing' ? 'channel_lost' : 'no_start_event'),
      })
  }
}

function accepted(
  playback: Playback,
  event: { atMs: number; carrierId: string | null },
  deadlines: Deadlines,
): Step {
  const carrierId = playback.carrierId ?? event.carrierId
  const times = { ...playback.times, acceptedAtMs: playback.times.acceptedAtMs ?? event.atMs }
  if (playback.state === 'requested') {
    return {
      playback: { ...playback, state: 'queued', carrierId, times },
      effects: [{ type: 'deadline', state: 'queued', afterMs: deadlines.startMs }],
    }
  }
  // The first events may overtake the answer: then it only adds what it knows.
  return playback.times.acceptedAtMs === null && playback.times.requestedAtMs !== null
    ? { playback: { ...playback, carrierId, times }, effects: [] }
    : unchanged(playback)
}

function carried(
  playback: Playback,
  event: { atMs: number; state: 'buffering' | 'playing' | 'completed' },
  deadlines: Deadlines,
): Step {
  const live = afterRequest.has(playback.state)
  if (!live && playback.state !== 'unknown') return unchanged(playback)
  if (event.state === 'completed') return ended(playback, 'completed', event.atMs, {})
  if (live && (order[event.state] ?? 0) <= (order[playback.state] ?? 0)) return unchanged(playback)
  // A late or doubled event may wake an unknown playback, but takes back nothing that was seen.
  const known = playback.times.startedAtMs
  if (event.state === 'buffering' && known !== null) return unchanged(playback)
  const startedAtMs = event.state === 'playing' ? (known ?? event.atMs) : known
  const next = moved({ ...playback, failure: null }, event.state, { startedAtMs, endedAtMs: null })
  const afterMs =
    event.state === 'playing' ? (playback.asset?.durationMs ?? 0) + deadlines.endMs : deadlines.startMs
  return { playback: next, effects: [{ type: 'deadline', state: event.state, afterMs }] }
}

function ended(
  playback: Playback,
  state: PlaybackState,
  atMs: number,
  why: Partial<Pick<Playback, 'failure' | 'interruptedBy'>>,
): Step {
  const { startedAtMs } = playback.times
  const length = playback.asset?.durationMs ?? null
  const done = {
    ...moved(playback, state, { endedAtMs: atMs }),
    failure: null,
    ...why,
    playedMs: playedUntil(state, startedAtMs === null ? 0 : atMs - startedAtMs, length),
  }
  return { playback: done, effects: [{ type: 'record' }] }
}

/** "completed" is the platform's word for the whole length; an unknown end has no length that could be vouched for. */
function playedUntil(state: PlaybackState, ranMs: number, lengthMs: number | null): number | null {
  if (state === 'completed') return lengthMs
  if (state === 'unknown') return null
  return Math.min(Math.max(0, ranMs), lengthMs ?? Infinity)
}

function moved(playback: Playback, state: PlaybackState, times: Partial<PlaybackTimes>): Playback {
  return { ...playback, state, times: { ...playback.times, ...times } }
}

function unchanged(playback: Playback): Step {
  return { playback, effects: [] }
}

function brokeBeforeSending(by: CallBreak): Failure {
  return failure(by === 'hold' ? 'call_on_hold' : 'call_not_connected', `${by} before the request was sent`)
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
