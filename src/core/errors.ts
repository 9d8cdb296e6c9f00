// What can go wrong, as types: failure codes of a playback and refusals of a request, each with its sentence.
import { m, t } from './text'

/** Every way a playback can fail; each backend maps its own words to one of these. */
export const failureCodes = [
  'asset_missing',
  'asset_denied',
  'asset_corrupt',
  'asset_truncated',
  'asset_too_large',
  'codec_unsupported',
  'fetch_timeout',
  'call_not_connected',
  'call_on_hold',
  'not_permitted',
  'signed_out',
  'already_playing',
  'monitored',
  'carrier_rejected',
  'carrier_failed',
  'rate_limited',
  'channel_lost',
  'no_start_event',
] as const

export type FailureCode = (typeof failureCodes)[number]

/**
 * `detail` is for the curious and for support (a file name, a scope, a correlation id); never shown without the sentence, and
 * in English where it tells what machines said.
 */
export interface Failure {
  readonly code: FailureCode
  readonly detail: string | null
}

export function failure(code: FailureCode, detail: string | null = null): Failure {
  return { code, detail }
}

/** For the agent, in the middle of a call: what happened, and what to do now. */
const sentences: Record<FailureCode, string> = m({
  asset_missing: 'The recording is missing. Read the words aloud and tell your admin.',
  asset_denied: 'The recording may not be fetched. Read the words aloud and tell your admin.',
  asset_corrupt: 'The recording is damaged or is not audio. Read the words aloud and tell your admin.',
  asset_truncated: 'The recording breaks off before its end. Read the words aloud and tell your admin.',
  asset_too_large: 'The recording is larger than allowed. Read the words aloud and tell your admin.',
  codec_unsupported: "The customer's line cannot play any recording of this prompt. Read the words aloud.",
  fetch_timeout: 'The recording did not arrive in time. Try once more, or read the words aloud.',
  call_not_connected: 'The customer is not connected. Play the prompt when they are back on the line.',
  call_on_hold: 'The customer is on hold. Take them off hold, then play the prompt.',
  not_permitted: 'You are not allowed to play prompts here. Read the words aloud and ask your admin.',
  signed_out: 'You are signed out. Sign in again, then play the prompt.',
  already_playing: 'A prompt is already playing in this call. Wait for its end.',
  monitored: 'Somebody is listening in, and this way of playing forbids it. Read the words aloud.',
  carrier_rejected: 'The platform refused to play the prompt. Read the words aloud.',
  carrier_failed: 'The platform could not play the prompt. Read the words aloud.',
  rate_limited: 'Too many requests just now. Wait a moment, then try again.',
  channel_lost:
    'The end was not seen: the word from the platform is missing. Ask the customer what they heard.',
  no_start_event: 'Nothing was heard from the platform after the request. Ask the customer what they heard.',
})

/** Before anything was sent, some codes mean something milder. */
const sentencesBeforeSending: Partial<Record<FailureCode, string>> = m({
  channel_lost:
    'The live connection is down, so nothing was sent. Wait until it is back, or read the words aloud.',
  already_playing: 'A prompt is playing in this call, or may be. Wait for its end, or close the other panel.',
})

export function sentenceFor(code: FailureCode, wasSent: boolean): string {
  return t((wasSent ? undefined : sentencesBeforeSending[code]) ?? sentences[code])
}

/** Why a request got no useful answer. `mayHaveArrived` is the fact that decides whether it may be sent again. */
export interface Refusal {
  readonly kind:
    | 'signed-out'
    | 'forbidden'
    | 'not-found'
    | 'conflict'
    | 'rate-limited'
    | 'rejected'
    | 'server-error'
    | 'timeout'
    | 'offline'
    | 'malformed'
    | 'monitored'
  readonly status: number | null
  readonly message: string
  /** Scope or permission names, where the platform gave them. */
  readonly missing: readonly string[]
  readonly retryAfterMs: number | null
  readonly correlationId: string | null
  /** False only where it is certain that the platform did not act on the request. */
  readonly mayHaveArrived: boolean
}

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export function answered<T>(value: T): Answer<T> {
  return { ok: true, value }
}

export function refused(refusal: Partial<Refusal> & Pick<Refusal, 'kind' | 'message'>): {
  ok: false
  refusal: Refusal
} {
  const defaults = {
    status: null,
    missing: [],
    retryAfterMs: null,
    correlationId: null,
    mayHaveArrived: false,
  }
  return { ok: false, refusal: { ...defaults, ...refusal } }
}

const codeOfRefusal: Record<Refusal['kind'], FailureCode> = {
  'signed-out': 'signed_out',
  forbidden: 'not_permitted',
  'not-found': 'carrier_rejected',
  conflict: 'already_playing',
  'rate-limited': 'rate_limited',
  rejected: 'carrier_rejected',
  'server-error': 'carrier_failed',
  timeout: 'channel_lost',
  offline: 'channel_lost',
  malformed: 'carrier_rejected',
  monitored: 'monitored',
}

/** A refused play request, in the words of a playback. */
export function failureOfRefusal(refusal: Refusal): Failure {
  const names = refusal.missing.join(', ')
  const named = names ? t('missing: {names}', { names }) : refusal.message
  const reference = refusal.correlationId
  // 410 says that the call is gone; 404 may as well mean that nobody offers this way of playing here.
  const code = refusal.status === 410 ? 'call_not_connected' : codeOfRefusal[refusal.kind]
  return failure(
    code,
    reference ? t('{detail} (reference {reference})', { detail: named, reference }) : named,
  )
}
