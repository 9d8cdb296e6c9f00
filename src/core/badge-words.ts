// What a badge is called on screen: a word, a shape, a tone (colour), and a sentence.
import { leftMs, type Badge, type BadgeState } from './badge'
import type { NoteState } from './badge-note'
import type { Tone } from './playback-words'
import { seconds } from './text'
import { languageName } from './prompt'

export type BadgeShape = 'ring' | 'phone' | 'triangle' | 'tick' | 'cross' | 'question' | 'dash'

export interface BadgeWords {
  readonly word: string
  readonly shape: BadgeShape
  readonly tone: Tone
  /** One sentence, without the agent's name. */
  readonly sentence: string
}

export const badgeLooks: Readonly<Record<BadgeState, readonly [string, BadgeShape, Tone]>> = {
  failed: ['Failed', 'cross', 'failed'],
  unknown: ['Unknown', 'question', 'unknown'],
  playing: ['Playing', 'triangle', 'playing'],
  done: ['Done', 'tick', 'done'],
  'on a call': ['On a call', 'phone', 'waiting'],
  idle: ['Idle', 'ring', 'idle'],
  'not visible': ['Not visible', 'dash', 'idle'],
}

/** "Failed" is every end with which the customer did not get the prompt, or not all of it: each has its own word. */
const ends: Partial<Record<NoteState, readonly [string, string]>> = {
  stopped: ['Stopped', 'was stopped by the agent: the customer did not hear all of it'],
  interrupted: ['Interrupted', 'was interrupted: the customer did not hear all of it'],
  failed: ['Failed', 'failed'],
  rejected: ['Not played', 'was not played'],
}

/** `titleOf` finds a prompt's title by its key; null where the catalogue does not have it. */
export function describeBadge(
  badge: Badge,
  nowMs: number,
  titleOf: (promptKey: string) => string | null = () => null,
): BadgeWords {
  const [word, shape, tone] = badgeLooks[badge.state]
  const { note } = badge
  const title = note === null ? '' : (titleOf(note.promptKey) ?? note.promptKey)
  const prompt = note?.language ? `"${title}" (${languageName(note.language)})` : `"${title}"`
  const end = badge.state === 'failed' && note !== null ? ends[note.state] : undefined
  return { word: end?.[0] ?? word, shape, tone, sentence: sentenceOf(badge, nowMs, prompt, end?.[1]) }
}

function sentenceOf(badge: Badge, nowMs: number, prompt: string, end: string | undefined): string {
  switch (badge.state) {
    case 'playing': {
      const left = leftMs(badge, nowMs)
      return left === null ? `${prompt} plays.` : `${prompt} plays, about ${seconds(left)} left.`
    }
    case 'done':
      return `The customer heard ${prompt}.`
    case 'failed':
      return `${prompt} ${end ?? 'failed'}.`
    case 'unknown':
      return unknownSentence(badge, prompt)
    case 'on a call':
      return badge.because === 'not seen'
        ? 'Whether a prompt plays is not known: the call itself was not seen yet.'
        : 'No prompt plays.'
    case 'idle':
      return 'Not on a call.'
    case 'not visible':
      return 'You may not see this agent: the list above says what is missing.'
  }
}

function unknownSentence({ because }: Badge, prompt: string): string {
  switch (because) {
    case 'damaged':
      return 'The note in the call cannot be read.'
    case 'overdue':
      return `${prompt} should be over, but nobody said how it ended.`
    case 'call ended':
      return `The call ended while ${prompt} played. How much of it was heard is not known yet.`
    case 'no word':
      return 'Nothing was heard of this agent yet.'
    default:
      return `How ${prompt} ended is not known.`
  }
}

/** "since 14:05" is the view's; this is how long, in the largest unit that fits: "8 s", "3 min", "2 h". */
export function ago(ms: number): string {
  const whole = Math.max(0, Math.round(ms / 1000))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
}
