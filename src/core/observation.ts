// What the numbers keep of one playback: labels and durations, nothing about a person, a call or an address.
import type { FailureCode } from './errors'
import { isOutcome, type Playback, type PlaybackState } from './playback'

/** Durations in ms; null where the moment was not seen, and so was not measured. */
export interface Observation {
  /** Epoch ms of the click: it stays the same whatever else becomes known. */
  readonly atMs: number
  readonly prompt: string
  readonly language: string | null
  readonly format: string | null
  readonly codec: string | null
  readonly backend: string
  readonly outcome: PlaybackState
  readonly code: FailureCode | null
  readonly sent: boolean
  readonly started: boolean
  readonly clickToRequest: number | null
  readonly requestToAccepted: number | null
  readonly acceptedToSound: number | null
  readonly clickToSound: number | null
  readonly played: number | null
}

/** One step of the numbers. An unknown that became known is taken and given again: moved, not counted twice. */
export interface Seen {
  readonly id: string
  readonly take?: Observation
  readonly give?: Observation
  /** How long a request that met 429 waited before it was sent again, ms. */
  readonly wait?: number
  /** From a ping over the live channel to its answer, ms. */
  readonly roundTrips?: readonly number[]
}

/**
 * Null while it runs: only a playback with an outcome counts, so nothing is divided by unfinished ones. A function of
 * the playback alone: after a reload the same one is taken that was given before.
 */
export function observationOf(playback: Playback, backend: string): Observation | null {
  const { state, times, asset, choice, attempts, sawGap } = playback
  if (!isOutcome(state)) return null
  const { clickedAtMs, requestedAtMs, acceptedAtMs, startedAtMs } = times
  // After a gap it is not certain that the first "playing" was seen at its time.
  const soundAtMs = sawGap ? null : startedAtMs
  const started = startedAtMs !== null || state === 'completed'
  // A request that was sent again waited in between: that time is counted as a wait.
  const first = attempts === 1
  return {
    atMs: clickedAtMs,
    prompt: playback.promptKey,
    language: choice?.language ?? null,
    format: asset?.format ?? null,
    codec: asset?.codec ?? null,
    backend,
    outcome: state,
    code: playback.failure?.code ?? null,
    sent: requestedAtMs !== null,
    started,
    clickToRequest: first ? between(clickedAtMs, requestedAtMs) : null,
    requestToAccepted: between(requestedAtMs, acceptedAtMs),
    acceptedToSound: between(acceptedAtMs, soundAtMs),
    clickToSound: first ? between(clickedAtMs, soundAtMs) : null,
    played: started ? playback.playedMs : null,
  }
}

/** The first event may overtake the answer: then nothing was waited for between the two. */
function between(fromMs: number | null, toMs: number | null): number | null {
  return fromMs === null || toMs === null ? null : Math.max(0, toMs - fromMs)
}
