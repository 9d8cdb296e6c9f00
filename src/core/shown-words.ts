// Whose words stand on the screen: those that are to be read aloud, those of the prompt looked at, or those being spoken.
import type { Prompt } from './catalogue'
import type { Playback } from './playback'
import type { Candidate } from './prompt'

type Readiness =
  | { readonly status: 'checking' }
  | { readonly status: 'ready'; readonly candidate: Pick<Candidate, 'words' | 'language'> }
  | { readonly status: 'unplayable'; readonly words: string | null }

export interface ShownWords {
  readonly why: 'read-aloud' | 'spoken' | 'looked-at'
  readonly promptKey: string
  readonly title: string
  /** Null where the catalogue has none. */
  readonly words: string | null
  /** Of the words, as a tag; null where it is not known. */
  readonly language: string | null
}

export interface WordsFacts {
  readonly current: Playback | null
  /** The playback's words are to be said by the agent. */
  readonly readAloud: boolean
  /** Its words were put away by the agent. */
  readonly putAwayId: string | null
  /** The prompt that the agent points at or has moved to. */
  readonly looked: Prompt | null
  readonly readiness: Readonly<Record<string, Readiness>>
}

/** Null where nobody has looked at anything yet. Read aloud comes first: nothing may take these words away but the agent. */
export function chooseShownWords(facts: WordsFacts): ShownWords | null {
  const { current, looked, readiness } = facts
  if (current !== null && facts.readAloud && facts.putAwayId !== current.id)
    return wordsOf(current, 'read-aloud', readiness)
  if (looked !== null && looked.key !== current?.promptKey) {
    const { key: promptKey, title } = looked
    return { why: 'looked-at', promptKey, title, ...wordsReady(readiness[promptKey]) }
  }
  if (current === null) return null
  return wordsOf(current, current.state === 'playing' ? 'spoken' : 'looked-at', readiness)
}

/** Those of the recording that was chosen for it; the next choice may already be another. */
function wordsOf(
  { promptKey, title, choice }: Playback,
  why: ShownWords['why'],
  readiness: WordsFacts['readiness'],
): ShownWords {
  const { words, language } = choice ?? wordsReady(readiness[promptKey])
  return { why, promptKey, title, words, language }
}

function wordsReady(readiness: Readiness | undefined): Pick<ShownWords, 'words' | 'language'> {
  if (readiness?.status === 'ready') {
    const { words, language } = readiness.candidate
    return { words, language }
  }
  return { words: readiness?.status === 'unplayable' ? readiness.words : null, language: null }
}
