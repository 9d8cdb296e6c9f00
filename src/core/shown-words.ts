// Whose words stand on the screen: those that are to be read aloud, those of the prompt looked at, or those being spoken.
import type { Prompt } from './catalogue'
import type { Playback } from './playback'
import { readyWords, saidWords, type SaidWords, type WordsReadiness } from './said-words'

export interface ShownWords extends SaidWords {
  readonly why: 'read-aloud' | 'spoken' | 'looked-at'
  readonly promptKey: string
  readonly title: string
}

export interface WordsFacts {
  readonly current: Playback | null
  /** The playback's words are to be said by the agent. */
  readonly readAloud: boolean
  /** Its words were put away by the agent. */
  readonly putAwayId: string | null
  /** The prompt that the agent points at or has moved to. */
  readonly looked: Prompt | null
  readonly readiness: Readonly<Record<string, WordsReadiness>>
}

/** Null where nobody has looked at anything yet. Read aloud comes first: nothing may take these words away but the agent. */
export function chooseShownWords(facts: WordsFacts): ShownWords | null {
  const { current, looked, readiness } = facts
  if (current !== null && facts.readAloud && facts.putAwayId !== current.id)
    return wordsOf(current, 'read-aloud', readiness)
  if (looked !== null && looked.key !== current?.promptKey) {
    const { key: promptKey, title } = looked
    const { words, language } = readyWords(readiness[promptKey])
    return { why: 'looked-at', promptKey, title, words, language }
  }
  if (current === null) return null
  return wordsOf(current, current.state === 'playing' ? 'spoken' : 'looked-at', readiness)
}

function wordsOf(playback: Playback, why: ShownWords['why'], readiness: WordsFacts['readiness']): ShownWords {
  const { promptKey, title } = playback
  const { words, language } = saidWords(playback, readiness)
  return { why, promptKey, title, words, language }
}
