// The words that a playback says, or would have said: for the screen, and for an agent who has to read them aloud.
import type { Playback } from './playback'
import type { Candidate } from './prompt'

/** What is known of a prompt's recording before a click. */
export type WordsReadiness =
  | { readonly status: 'checking' }
  | { readonly status: 'ready'; readonly candidate: Pick<Candidate, 'words' | 'language'> }
  | { readonly status: 'unplayable'; readonly words: string | null }

export interface SaidWords {
  /** Null where the catalogue has none. */
  readonly words: string | null
  /** Of the words, as a tag; null where it is not known. */
  readonly language: string | null
}

/** Those of the recording that was chosen for it; the next choice may already be another. */
export function saidWords(
  { choice, promptKey }: Playback,
  readiness: Readonly<Record<string, WordsReadiness>>,
): SaidWords {
  return choice ?? readyWords(readiness[promptKey])
}

/** Those that a click would play. */
export function readyWords(readiness: WordsReadiness | undefined): SaidWords {
  if (readiness?.status === 'ready') return readiness.candidate
  return { words: readiness?.status === 'unplayable' ? readiness.words : null, language: null }
}
