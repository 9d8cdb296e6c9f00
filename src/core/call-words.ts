// The live call in words: who, in which state, in which language and tier, recorded or not.
import type { Interaction } from './conversation'
import type { Refusal } from './errors'
import type { Tone } from './playback-words'
import { languageName, type Wish } from './prompt'
import { m, t } from './text'

export interface CallWords {
  readonly title: string
  readonly call: string
  readonly tone: Tone
  readonly line: string | null
}

const states = {
  connected: [m('Connected'), 'done'],
  held: [m('On hold'), 'stopped'],
  waiting: [m('Connecting'), 'waiting'],
  ended: [m('Ended'), 'idle'],
} as const
const recordings = m({ active: 'recorded', paused: 'recording paused', none: 'not recorded' })

export function describeCall(
  status: 'loading' | 'ready' | 'no-call' | 'refused',
  interaction: Interaction | null,
  refusal: Refusal | null,
  wish: Wish | null,
): CallWords {
  if (interaction === null) {
    if (status !== 'refused')
      return {
        title: t('No call'),
        call: t('Idle'),
        tone: 'idle',
        line: t('Prompts can be played as soon as a call is connected.'),
      }
    const reason = refusal?.message ?? t('No answer')
    const reference = refusal?.correlationId
    return {
      title: t('The call cannot be read'),
      call: t('Failed'),
      tone: 'failed',
      line: reference ? t('{reason}. Reference {reference}.', { reason, reference }) : `${reason}.`,
    }
  }
  const { customer, callState, monitored } = interaction
  const [call, tone] = states[callState]
  const line = [
    wish ? languageName(wish.language) : null,
    wish?.tier ?? null,
    customer ? t(recordings[customer.recording]) : null,
    monitored ? t('somebody listens in') : null,
  ]
  return {
    title: customer?.name ?? t('Customer'),
    call: t(call),
    tone,
    line: line.filter(Boolean).join(' · '),
  }
}
