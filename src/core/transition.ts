// The state machine of a playback: transition(playback, event) -> the next playback and effects as data.
import type { CallBreak } from './conversation'
import { failure, failureOfRefusal, type Failure, type Refusal } from './errors'
import type {
  Deadlines,
  Playback,
  PlaybackEffect,
  PlaybackEvent,
  PlaybackState,
  PlaybackTimes,
} from './playback'
import { decideRetry } from './retry'

export interface Step {
  readonly playback: Playback
  readonly effects: readonly PlaybackEffect[]
}

/** Sent, and without an outcome. */
const live: ReadonlySet<PlaybackState> = new Set(['requested', 'queued', 'buffering', 'playing'])
const order: Partial<Record<PlaybackState, number>> = { requested: 0, queued: 1, buffering: 2, playing: 3 }

/** How far the moments at which two events are seen may lie off from those at which they happened. */
const toleranceMs = 250

/** Events that do not fit the state (late, doubled, of an earlier playback) change nothing and have no effects. */
export function transition(playback: Playback, event: PlaybackEvent, deadlines: Deadlines): Step {
  const { state } = playback
  // While it waits to be sent again nothing of it is under way: what is heard then is about something else.
  const isLive = live.has(state) && playback.resendAtMs === null
  switch (event.type) {
    case 'prepared':
      if (state !== 'preparing') return unchanged(playback)
      return sent(
        { ...playback, asset: event.asset, choice: event.choice, repeats: event.repeats },
        event.atMs,
        deadlines,
      )
    case 'refused':
      return state === 'preparing' ? rejected(playback, event.atMs, event.failure) : unchanged(playback)
    case 'accepted':
      return accepted(playback, event, deadlines)
    case 'not-accepted':
      return notAccepted(playback, event.refusal, event.atMs, event.chance)
    case 'resend':
      return playback.resendAtMs === null ? unchanged(playback) : sent(playback, event.atMs, deadlines)
    case 'cancelled':
      if (state === 'preparing') return ended(playback, 'stopped', event.atMs, {})
      return playback.resendAtMs === null
        ? unchanged(playback)
        : rejected(playback, event.atMs, playback.failure)
    case 'carrier':
      return event.deduced === true && event.state === 'completed' && playback.sawGap
        ? notProven(playback, event.atMs)
        : carried(playback, event.state, event.atMs, deadlines)
    case 'carrier-failed':
      return isLive || state === 'unknown'
        ? ended(playback, 'failed', event.atMs, { failure: event.failure })
        : unchanged(playback)
    case 'unseen':
      return unseen(playback)
    case 'call-broke':
      return callBroke(playback, event.by, event.atMs)
    case 'channel-changed':
    case 'channel-lost':
      // It would be sent with nobody listening.
      if (playback.resendAtMs !== null)
        return rejected(playback, event.atMs, failure('channel_lost', 'before it was sent'))
      if (event.type === 'channel-changed' || !isLive) return unseen(playback)
      return ended({ ...playback, sawGap: true }, 'unknown', event.atMs, { failure: failure('channel_lost') })
    case 'stopped':
      return isLive || state === 'unknown' ? ended(playback, 'stopped', event.atMs, {}) : unchanged(playback)
    case 'overdue':
      if (event.state !== state || !isLive) return unchanged(playback)
      // A word was missed: whatever comes now tells what happened, but not when.
      return ended({ ...playback, sawGap: true }, 'unknown', event.atMs, {
        failure:
          state === 'playing'
            ? failure('channel_lost', 'no word by the deadline')
            : failure('no_start_event'),
      })
  }
}

/** The carrier goes on telling, of an unknown one too. But what was not told meanwhile is not to be guessed. */
function unseen(playback: Playback): Step {
  const { state, sawGap, resendAtMs } = playback
  const isOpen = state === 'unknown' || (live.has(state) && resendAtMs === null)
  if (sawGap || !isOpen) return unchanged(playback)
  return { playback: { ...playback, sawGap: true }, effects: [] }
}

function sent(playback: Playback, atMs: number, deadlines: Deadlines): Step {
  const { asset } = playback
  if (asset === null) return unchanged(playback)
  const next = { ...moved(playback, 'requested', { requestedAtMs: atMs }), attempts: playback.attempts + 1 }
  return {
    playback: { ...next, resendAtMs: null, failure: null },
    effects: [
      { type: 'send', asset },
      { type: 'deadline', state: 'requested', afterMs: deadlines.answerMs },
    ],
  }
}

/** The carrier took it. Its first events may overtake this answer: then it only adds what it knows. */
function accepted(
  playback: Playback,
  event: { atMs: number; carrierId: string | null },
  deadlines: Deadlines,
): Step {
  const { state, times } = playback
  const known = times.acceptedAtMs !== null || times.requestedAtMs === null
  if (known || playback.resendAtMs !== null || (!live.has(state) && state !== 'unknown'))
    return unchanged(playback)
  const carrierId = playback.carrierId ?? event.carrierId
  const next = moved({ ...playback, carrierId }, state, { acceptedAtMs: event.atMs })
  if (state !== 'requested') return { playback: next, effects: [] }
  const deadline = { type: 'deadline', state: 'queued', afterMs: deadlines.startMs } as const
  return { playback: { ...next, state: 'queued' }, effects: [deadline] }
}

/** Sent again only where it is certain that nothing was played; a lost answer is `unknown`, never a second request. */
function notAccepted(playback: Playback, refusal: Refusal, atMs: number, chance: number): Step {
  const { state } = playback
  const why = failureOfRefusal(refusal)
  if (state === 'buffering' || state === 'playing' || state === 'unknown') {
    // A refusal proves that nothing of ours was played: what was heard meanwhile was somebody else's playback. An
    // answer that was lost proves nothing against what is known by now.
    const isProof = !refusal.mayHaveArrived && playback.times.acceptedAtMs === null
    return isProof ? rejected(moved(playback, state, { startedAtMs: null }), atMs, why) : unchanged(playback)
  }
  if (state !== 'requested' || playback.resendAtMs !== null) return unchanged(playback)
  if (refusal.mayHaveArrived) return ended(playback, 'unknown', atMs, { failure: why })
  const again = decideRetry(refusal, 'play', playback.attempts, chance)
  if (!again.again) return rejected(playback, atMs, why)
  return {
    playback: { ...playback, resendAtMs: atMs + again.afterMs, failure: why },
    effects: [{ type: 'resend', afterMs: again.afterMs }],
  }
}

function carried(
  playback: Playback,
  to: 'buffering' | 'playing' | 'completed',
  atMs: number,
  deadlines: Deadlines,
): Step {
  const { state, times } = playback
  const isLive = live.has(state)
  if ((!isLive && state !== 'unknown') || playback.resendAtMs !== null) return unchanged(playback)
  if (to === 'completed')
    return isOwnEnd(playback, atMs) ? ended(playback, 'completed', atMs, {}) : unchanged(playback)
  if (isLive && (order[to] ?? 0) <= (order[state] ?? 0)) return unchanged(playback)
  if (state === 'unknown' && times.startedAtMs !== null && to === 'buffering') return unchanged(playback)
  const startedAtMs = to === 'playing' ? (times.startedAtMs ?? atMs) : times.startedAtMs
  const next = moved({ ...playback, failure: null, playedMs: null }, to, { startedAtMs, endedAtMs: null })
  const left = (playback.asset?.durationMs ?? 0) - (to === 'playing' ? atMs - (startedAtMs ?? atMs) : 0)
  const afterMs = to === 'playing' ? Math.max(0, left) + deadlines.endMs : deadlines.startMs
  return { playback: next, effects: [{ type: 'deadline', state: to, afterMs }] }
}

/** It played to its end, but while nothing could be seen the customer may have been away from it. */
function notProven(playback: Playback, atMs: number): Step {
  if (!live.has(playback.state) || playback.resendAtMs !== null) return unchanged(playback)
  return ended(playback, 'unknown', atMs, { failure: failure('channel_lost', 'a part of it was not seen') })
}

/** A "completed" counts when this very playback was seen to begin; else it may be the end of an earlier one. */
function isOwnEnd(playback: Playback, atMs: number): boolean {
  const { state, times, repeats } = playback
  if (repeats && isTooSoon(playback, atMs)) return false
  if (state === 'playing') return true
  // The end of the earlier one may come late, while this one still waits for its first sound.
  if (state === 'buffering') return !repeats || times.startedAtMs !== null
  const seen = times.startedAtMs !== null || times.acceptedAtMs !== null
  return state === 'unknown' && (seen || !repeats)
}

/** Sound takes its time: what ends before its whole length could have been heard is not this playback. */
function isTooSoon({ times, asset, sawGap }: Playback, atMs: number): boolean {
  // After a gap the start was seen late, so only the request is certain to have been before it.
  const fromMs = (sawGap ? null : times.startedAtMs) ?? times.requestedAtMs ?? atMs
  return atMs - fromMs < (asset?.durationMs ?? 0) - toleranceMs
}

function callBroke(playback: Playback, by: CallBreak, atMs: number): Step {
  if (playback.state === 'preparing' || playback.resendAtMs !== null) {
    const code = by === 'hold' ? 'call_on_hold' : 'call_not_connected'
    return rejected(playback, atMs, failure(code, `${by} before the request was sent`))
  }
  if (!live.has(playback.state)) return unchanged(playback)
  // Its beginning or a part of it went unseen: how much was heard cannot be said, so nothing is claimed.
  if (playback.times.startedAtMs === null)
    return ended(playback, 'unknown', atMs, { failure: failure('no_start_event', by) })
  // By the clock it was over, but nobody said so: neither completed nor interrupted may be claimed.
  const ranOut = atMs - playback.times.startedAtMs >= (playback.asset?.durationMs ?? Infinity)
  if (playback.sawGap || ranOut)
    return ended(playback, 'unknown', atMs, { failure: failure('channel_lost', by) })
  return ended(playback, 'interrupted', atMs, { interruptedBy: by })
}

function rejected(playback: Playback, atMs: number, why: Failure | null): Step {
  return ended(playback, 'rejected', atMs, { failure: why })
}

function ended(
  playback: Playback,
  state: PlaybackState,
  atMs: number,
  why: Partial<Pick<Playback, 'failure' | 'interruptedBy'>>,
): Step {
  const done = { ...moved(playback, state, { endedAtMs: atMs }), resendAtMs: null, failure: null, ...why }
  return {
    playback: { ...done, playedMs: playedUntil(playback, state, atMs) },
    effects: [{ type: 'record' }],
  }
}

/** "completed" is the platform's word for the whole length; what was not seen from start to end is not measured. */
function playedUntil(playback: Playback, state: PlaybackState, atMs: number): number | null {
  const { startedAtMs } = playback.times
  const length = playback.asset?.durationMs ?? null
  if (state === 'completed') return length
  if (state === 'unknown') return null
  if (playback.times.requestedAtMs === null || state === 'rejected') return 0
  if (startedAtMs === null) return null
  return playback.sawGap ? null : Math.min(Math.max(0, atMs - startedAtMs), length ?? Infinity)
}

function moved(playback: Playback, state: PlaybackState, times: Partial<PlaybackTimes>): Playback {
  return { ...playback, state, times: { ...playback.times, ...times } }
}

function unchanged(playback: Playback): Step {
  return { playback, effects: [] }
}
