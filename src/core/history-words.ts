// The records in words: one line each, and what an export came to.
import type { Body } from './evidence-chain'
import { isoWithZone } from './evidence-export'
import type { Tone } from './playback-words'
import { seconds } from './text'

export interface BodyWords {
  readonly word: string
  readonly tone: Tone
  readonly line: string
  /** `09:31`, where the agent sat. */
  readonly time: string
}

type PlaybackBody = Extract<Body, { kind: 'playback' }>

const outcomes: Record<PlaybackBody['record']['outcome'], readonly [string, Tone]> = {
  completed: ['Completed', 'done'],
  stopped: ['Stopped', 'stopped'],
  interrupted: ['Interrupted', 'stopped'],
  failed: ['Failed', 'failed'],
  rejected: ['Not played', 'failed'],
  unknown: ['Unknown', 'unknown'],
}
const required = {
  done: ['Required: played', 'done'],
  'read-aloud': ['Required: read aloud', 'done'],
  missing: ['Required: missing', 'failed'],
} as const

function playedOf({ playedMs, durationMs, outcome }: PlaybackBody['record']): string {
  if (outcome === 'unknown' || playedMs === null) return 'How much was heard is not known'
  return durationMs === null
    ? `${seconds(playedMs)} played`
    : `${seconds(playedMs)} of ${seconds(durationMs)}`
}

export function describeBody(body: Body): BodyWords {
  const time = (isoWithZone(body.recordedAtMs, body.utcOffsetMin) ?? '').slice(11, 16)
  if (body.kind === 'required') {
    const [word, tone] = required[body.required.outcome]
    const { dueAtMs, settledAtMs } = body.required
    const late = dueAtMs !== null && settledAtMs > dueAtMs && body.required.outcome !== 'missing'
    return { word, tone, time, line: late ? `${seconds(settledAtMs - dueAtMs)} late` : '' }
  }
  const [word, tone] = outcomes[body.record.outcome]
  const { language, code, readAloud } = body.record
  const parts = [playedOf(body.record), language, code, readAloud ? 'read aloud by the agent' : null]
  return { word, tone, time, line: parts.filter((part) => part !== null).join(' · ') }
}

export function describeHistory(state: { kept: boolean; problem: string | null }): string | null {
  if (state.problem !== null)
    return `The records cannot be sealed (${state.problem}), so they cannot be exported. Tell your admin: Cueline needs https.`
  return state.kept
    ? null
    : 'This browser keeps nothing for Cueline: export the records before you close this panel.'
}

/** The sentence after a click on export. */
export function describeExport(lines: number | null): string {
  if (lines === null) return 'There is nothing to export here: choose another day, or play a prompt first.'
  return `${lines === 1 ? 'One line' : `${lines} lines`} handed to your browser as a download. If no file came, copy the text below.`
}
