// The records in words: one line each, and what an export came to.
import type { Body } from './evidence-chain'
import { isoWithZone } from './evidence-export'
import { stateWords, type Tone } from './playback-words'
import { m, seconds, t, tn } from './text'

export interface BodyWords {
  readonly word: string
  readonly tone: Tone
  readonly line: string
  /** `09:31`, where the agent sat, as the exports write it. */
  readonly time: string
}

type PlaybackBody = Extract<Body, { kind: 'playback' }>

const required = {
  done: [m('Required: played'), 'done'],
  'read-aloud': [m('Required: read aloud'), 'done'],
  missing: [m('Required: missing'), 'failed'],
} as const

function playedOf({ playedMs, durationMs, outcome }: PlaybackBody['record']): string {
  if (outcome === 'unknown' || playedMs === null) return t('How much was heard is not known')
  return durationMs === null
    ? t('{time} played', { time: seconds(playedMs) })
    : t('{part} of {whole}', { part: seconds(playedMs), whole: seconds(durationMs) })
}

export function describeBody(body: Body): BodyWords {
  const time = (isoWithZone(body.recordedAtMs, body.utcOffsetMin) ?? '').slice(11, 16)
  if (body.kind === 'required') {
    const [word, tone] = required[body.required.outcome]
    const { dueAtMs, settledAtMs } = body.required
    const late = dueAtMs !== null && settledAtMs > dueAtMs && body.required.outcome !== 'missing'
    const line = late ? t('{time} late', { time: seconds(settledAtMs - dueAtMs) }) : ''
    return { word: t(word), tone, time, line }
  }
  const [word, tone] = stateWords[body.record.outcome]
  const { language, code, readAloud } = body.record
  const parts = [playedOf(body.record), language, code, readAloud ? t('read aloud by the agent') : null]
  return { word: t(word), tone, time, line: parts.filter((part) => part !== null).join(' · ') }
}

export function describeHistory(state: { kept: boolean; problem: string | null }): string | null {
  if (state.problem !== null)
    return t(
      'The records cannot be sealed ({problem}), so they cannot be exported. Tell your admin: Cueline needs https.',
      { problem: state.problem },
    )
  return state.kept
    ? null
    : t('This browser keeps nothing for Cueline: export the records before you close this panel.')
}

/** The sentence after a click on export. */
export function describeExport(lines: number | null): string {
  if (lines === null) return t('There is nothing to export here: choose another day, or play a prompt first.')
  return tn(
    'One line handed to your browser as a download. If no file came, copy the text below.',
    '{n} lines handed to your browser as a download. If no file came, copy the text below.',
    lines,
  )
}
