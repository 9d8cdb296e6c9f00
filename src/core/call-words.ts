// The live call in words: who, in which state, in which language and tier, recorded or not.
import type { Interaction } from './conversation'
import type { Refusal } from './errors'
import type { Tone } from './playback-words'
import { languageName, type Wish } from './prompt'

export interface CallWords {
  readonly title: string
  readonly call: string
  readonly tone: Tone
  readonly line: string | null
}

const states = {
  connected: ['Connected', 'done'],
  held: ['On hold', 'stopped'],
  waiting: ['Connecting', 'waiting'],
  ended: ['Ended', 'idle'],
} as const
const recordings = { active: 'recorded', paused: 'recording paused', none: 'not recorded' } as const

export function describeCall(
  status: 'loading' | 'ready' | 'no-call' | 'refused',
  interaction: Interaction | null,
  refusal: Refusal | null,
  wish: Wish | null,
): CallWords {
  if (interaction === null) {
    if (status !== 'refused')
      return {
        title: 'No call',
        call: 'Idle',
        tone: 'idle',
        line: 'Prompts can be played as soon as a call is connected.',
      }
    const reference = refusal?.correlationId ? ` Reference ${refusal.correlationId}.` : ''
    return {
      title: 'The call cannot be read',
      call: 'Failed',
      tone: 'failed',
      line: `${refusal?.message ?? 'No answer'}.${reference}`,
    }
  }
  const { customer, callState, monitored } = interaction
  const [call, tone] = states[callState]
  const line = [
    wish ? languageName(wish.language) : null,
    wish?.tier ?? null,
    customer ? recordings[customer.recording] : null,
    monitored ? 'somebody listens in' : null,
  ]
  return { title: customer?.name ?? 'Customer', call, tone, line: line.filter(Boolean).join(' · ') }
}
