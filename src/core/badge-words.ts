// What a badge is called on screen: a word, a shape, a tone (colour), and a sentence.
import { leftMs, type Badge, type BadgeState } from './badge'
import type { NoteState } from './badge-note'
import type { Tone } from './playback-words'
import { m, seconds, t } from './text'
import { languageName } from './prompt'

export type BadgeShape = 'ring' | 'phone' | 'triangle' | 'tick' | 'cross' | 'question' | 'dash'

export interface BadgeWords {
  readonly word: string
  readonly shape: BadgeShape
  readonly tone: Tone
  /** One sentence, without the agent's name. */
  readonly sentence: string
}

/** The words are said by `t`. */
export const badgeLooks: Readonly<Record<BadgeState, readonly [string, BadgeShape, Tone]>> = {
  failed: [m('Failed'), 'cross', 'failed'],
  unknown: [m('Unknown'), 'question', 'unknown'],
  playing: [m('Playing'), 'triangle', 'playing'],
  done: [m('Done'), 'tick', 'done'],
  'on a call': [m('On a call'), 'phone', 'waiting'],
  idle: [m('Idle'), 'ring', 'idle'],
  'not visible': [m('Not visible'), 'dash', 'idle'],
}

/** "Failed" is every end with which the customer did not get the prompt, or not all of it: each has its own word. */
const ends = m({
  stopped: ['Stopped', '{prompt} was stopped by the agent: the customer did not hear all of it.'],
  interrupted: ['Interrupted', '{prompt} was interrupted: the customer did not hear all of it.'],
  failed: ['Failed', '{prompt} failed.'],
  rejected: ['Not played', '{prompt} was not played.'],
}) satisfies Partial<Record<NoteState, readonly [string, string]>>

/** `titleOf` finds a prompt's title by its key; null where the catalogue does not have it. */
export function describeBadge(
  badge: Badge,
  nowMs: number,
  titleOf: (promptKey: string) => string | null = () => null,
): BadgeWords {
  const [word, shape, tone] = badgeLooks[badge.state]
  const { note } = badge
  const title = note === null ? '' : (titleOf(note.promptKey) ?? note.promptKey)
  const prompt = note?.language
    ? t('"{title}" ({language})', { title, language: languageName(note.language) })
    : t('"{title}"', { title })
  const [endWord = word, end] = badge.state === 'failed' && note !== null ? endOf(note.state) : []
  return { word: t(endWord), shape, tone, sentence: sentenceOf(badge, nowMs, prompt, end) }
}

function endOf(state: NoteState): readonly [string?, string?] {
  return state in ends ? ends[state as keyof typeof ends] : []
}

function sentenceOf(badge: Badge, nowMs: number, prompt: string, end: string | undefined): string {
  switch (badge.state) {
    case 'playing': {
      const left = leftMs(badge, nowMs)
      return left === null
        ? t('{prompt} plays.', { prompt })
        : t('{prompt} plays, about {time} left.', { prompt, time: seconds(left) })
    }
    case 'done':
      return t('The customer heard {prompt}.', { prompt })
    case 'failed':
      return t(end ?? m('{prompt} failed.'), { prompt })
    case 'unknown':
      return unknownSentence(badge, prompt)
    case 'on a call':
      return badge.because === 'not seen'
        ? t('Whether a prompt plays is not known: the call itself was not seen yet.')
        : t('No prompt plays.')
    case 'idle':
      return t('Not on a call.')
    case 'not visible':
      return t('You may not see this agent: the list above says what is missing.')
  }
}

function unknownSentence({ because }: Badge, prompt: string): string {
  switch (because) {
    case 'damaged':
      return t('The note in the call cannot be read.')
    case 'overdue':
      return t('{prompt} should be over, but nobody said how it ended.', { prompt })
    case 'call ended':
      return t('The call ended while {prompt} played. How much of it was heard is not known yet.', { prompt })
    case 'no word':
      return t('Nothing was heard of this agent yet.')
    default:
      return t('How {prompt} ended is not known.', { prompt })
  }
}

/** "since 14:05" is the view's; this is how long, in the largest unit that fits: "8 s", "3 min", "2 h". */
export function ago(ms: number): string {
  const whole = Math.max(0, Math.round(ms / 1000))
  if (whole < 60) return t('{number} s', { number: whole })
  const minutes = Math.floor(whole / 60)
  return minutes < 60
    ? t('{number} min', { number: minutes })
    : t('{number} h', { number: Math.floor(minutes / 60) })
}
