// May this prompt be played now? Each rule blocks or asks, as configured, and says why.
import type { Prompt } from './catalogue'
import type { Interaction, Participant } from './conversation'
import { failure, sentenceFor, type Failure, type FailureCode } from './errors'
import { t } from './text'

export const guardRules = ['wrap-up', 'monitored', 'recording', 'consent', 'expired', 'still-open'] as const
export type GuardRule = (typeof guardRules)[number]
export type GuardAction = 'block' | 'ask' | 'allow'

export interface GuardFacts {
  readonly interaction: Interaction | null
  readonly signedIn: boolean
  readonly channelLive: boolean
  /** A playback of this panel runs in the interaction. */
  readonly busy: boolean
  /** Another panel's playback was seen to run in the interaction. */
  readonly foreignPlaying: boolean
  /** An unknown playback could still be heard: of the same prompt, of another, or none. */
  readonly stillOpen: 'same' | 'other' | null
  readonly backendForbidsMonitoring: boolean
  readonly prompt: Pick<Prompt, 'requires' | 'validFrom' | 'validUntil'>
  readonly nowMs: number
}

/** `block`: no way. `ask`: the agent may say "play anyway". */
export interface Obstacle {
  readonly action: 'block' | 'ask'
  readonly failure: Failure
  readonly sentence: string
}

const block = (code: FailureCode, detail: string | null = null): Obstacle => ({
  action: 'block',
  failure: failure(code, detail),
  sentence: sentenceFor(code, false),
})

/** The first obstacle, or null; in the order in which an agent would want to hear them. `anyway`: questions are answered. */
export function findObstacle(
  facts: GuardFacts,
  actions: Readonly<Record<GuardRule, GuardAction>>,
  anyway: boolean,
): Obstacle | null {
  const { interaction } = facts
  if (!facts.signedIn) return block('signed_out')
  if (interaction === null) return block('call_not_connected', t('no call'))
  if (facts.busy || facts.foreignPlaying) return block('already_playing')
  if (interaction.callState === 'held') return block('call_on_hold')
  if (interaction.callState === 'waiting') return block('call_not_connected', t('not answered yet'))
  if (interaction.callState === 'ended' && !interaction.agent?.wrapupRequired)
    return block('call_not_connected', t('the call is over'))
  if (!facts.channelLive) return block('channel_lost', t('not connected to the platform'))
  if (facts.stillOpen === 'same')
    return block('already_playing', t('the outcome of the last one is not known yet'))
  for (const rule of guardRules) {
    const found = judge(rule, facts, interaction)
    if (found === null) continue
    const action = found.always ? 'block' : actions[rule]
    if (action === 'block' || (action === 'ask' && !anyway)) return { action, ...found }
  }
  return null
}

interface Finding {
  readonly failure: Failure
  readonly sentence: string
  /** No configuration and no answer can make it possible. */
  readonly always?: boolean
}

function judge(rule: GuardRule, facts: GuardFacts, interaction: Interaction): Finding | null {
  const { prompt } = facts
  switch (rule) {
    case 'wrap-up':
      if (interaction.callState !== 'ended') return null
      return {
        ...say(
          'call_not_connected',
          t('The call is over and waits for its wrap-up: nobody would hear the prompt.'),
        ),
        always: true,
      }
    case 'monitored':
      if (!interaction.monitored) return null
      return {
        ...say(
          'monitored',
          t('Somebody is listening in. They would hear this too, or keep it from playing.'),
        ),
        always: facts.backendForbidsMonitoring,
      }
    case 'recording':
      if (!prompt.requires.recording || interaction.customer?.recording === 'active') return null
      return say(
        'not_permitted',
        t(
          'This prompt has to be in the recording, but the call is not being recorded now. Start the recording first.',
        ),
      )
    case 'consent':
      if (!prompt.requires.consent || interaction.customer?.direction !== 'outbound') return null
      return say(
        'not_permitted',
        t('You called this customer: ask for their consent before you play this prompt.'),
      )
    case 'expired':
      return judgeDates(prompt, facts.nowMs)
    case 'still-open':
      if (facts.stillOpen !== 'other') return null
      return say('already_playing', t('The last prompt may still be playing: its outcome is not known yet.'))
  }
}

function judgeDates(prompt: GuardFacts['prompt'], nowMs: number): Finding | null {
  if (prompt.validUntil !== null && nowMs >= endOf(prompt.validUntil))
    return say(
      'not_permitted',
      t('This prompt has expired. Read the current words aloud and tell your admin.'),
    )
  if (prompt.validFrom !== null && nowMs < Date.parse(prompt.validFrom))
    return say(
      'not_permitted',
      t('This prompt is not valid yet. Read the current words aloud and tell your admin.'),
    )
  return null
}

/** Just before sending: time has passed since the click, and what the call allowed then it may not allow now. */
export function checkConnected(
  interaction: Interaction | null,
):
  | { readonly ok: true; readonly customer: Participant; readonly queueId: string | null }
  | { readonly ok: false; readonly failure: Failure } {
  const { callState = 'ended', customer = null, agent = null } = interaction ?? {}
  if (callState === 'held') return { ok: false, failure: failure('call_on_hold') }
  if (callState !== 'connected' || customer === null)
    return { ok: false, failure: failure('call_not_connected', callState) }
  return { ok: true, customer, queueId: agent?.queueId ?? null }
}

/** For the admin: why another panel's turn stands in the way. */
export function describeTurn(verdict: 'kept' | 'silent'): string {
  return verdict === 'kept'
    ? t('another panel plays in this call')
    : t('another panel of this call does not answer: close it or reload it')
}

/** A date without a time is valid to the end of that day (UTC). */
export function endOf(date: string): number {
  return Date.parse(date) + (date.length === 10 ? 86_400_000 : 0)
}

function say(code: FailureCode, sentence: string): Finding {
  return { failure: failure(code, sentence), sentence }
}
