// The live call in words: who, in which state, in which language and tier, recorded or not.
import type { Interaction } from './conversation'
import type { Refusal } from './errors'
import type { Tone } from './playback-words'
import { languageName, type Wish } from './prompt'
import { m, spokenTag, t } from './text'

export interface CallWords {
  readonly title: string
  readonly call: string
  readonly tone: Tone
  readonly line: string | null
}

/** One thing to know about the call. `recording` is set on the one that says whether the call is recorded. */
export interface CallFact {
  readonly word: string
  readonly recording?: 'active' | 'paused' | 'none'
  /** It comes and goes with a supervisor: not part of who is on the line. */
  readonly aside?: true
}

const states = {
  connected: [m('Connected'), 'done'],
  held: [m('On hold'), 'stopped'],
  waiting: [m('Connecting'), 'waiting'],
  'wrap-up': [m('Wrap-up'), 'waiting'],
  ended: [m('Ended'), 'idle'],
} as const
const recordings = {
  active: m('recorded'),
  paused: m('recording paused'),
  none: m('not recorded'),
} as const

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
        line: t('Prompts play once a call is connected.'),
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
  const { customer, callState, agent } = interaction
  const isWrappingUp = callState === 'ended' && agent?.wrapupRequired === true
  const [call, tone] = states[isWrappingUp ? 'wrap-up' : callState]
  const line = describeFacts(interaction, wish).map(({ word }) => word)
  return { title: customer?.name ?? t('Customer'), call: t(call), tone, line: line.join(' · ') }
}

/** In which language and tier the customer is served, recorded or not, and whether somebody listens in. */
export function describeFacts({ customer, monitored }: Interaction, wish: Wish | null): readonly CallFact[] {
  return [
    ...(wish ? [{ word: languageName(wish.language, spokenTag()) }, { word: wish.tier }] : []),
    ...(customer ? [{ word: t(recordings[customer.recording]), recording: customer.recording }] : []),
    ...(monitored ? [{ word: t('somebody listens in'), aside: true as const }] : []),
  ]
}
