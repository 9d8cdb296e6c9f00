// Which parts of a text a search has found: pieces to be shown as text, the found ones marked.
import type { Prompt } from './catalogue'
import { fold } from './folding'
import { baseOf } from './search'

export interface Piece {
  readonly text: string
  readonly found: boolean
}

/** So much of what is said stands before the first match: it has to be in sight in a narrow row. */
const leadLetters = 14
const snippetLetters = 160

/** All of the text, cut where matches begin and end. `words`: folded. */
export function markMatches(text: string, words: readonly string[]): readonly Piece[] {
  const { folded, origin } = foldWithOrigin(text)
  const isFound = new Array<boolean>(text.length).fill(false)
  for (const word of words)
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1))
      // To the end of the letter that holds the match's last one: what is marked is whole letters with their accents.
      isFound.fill(true, origin[at], origin[at + word.length] ?? text.length)
  const pieces: Piece[] = []
  let from = 0
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && isFound[at] === isFound[from]) continue
    pieces.push({ text: text.slice(from, at), found: isFound[from] ?? false })
    from = at
  }
  return pieces
}

/** The part of a text around its first match, marked; null where nothing matches. */
export function snippetOf(text: string, words: readonly string[]): readonly Piece[] | null {
  const { folded, origin } = foldWithOrigin(text)
  const firsts = words.map((word) => folded.indexOf(word)).filter((at) => at !== -1)
  if (firsts.length === 0) return null
  const first = origin[Math.min(...firsts)] ?? 0
  const from = first <= leadLetters ? 0 : wordStart(text, first - leadLetters, first)
  const part = text.slice(from, from + snippetLetters)
  return markMatches(`${from > 0 ? '…' : ''}${part}${from + part.length < text.length ? '…' : ''}`, words)
}

/** What is said that has one of the words in it: in the customer's language first. */
export function saidSnippet(
  prompt: Prompt,
  words: readonly string[],
  language: string,
): readonly Piece[] | null {
  const isFirst = (tag: string) => (baseOf(tag) === baseOf(language) ? 0 : 1)
  for (const { text } of [...prompt.recordings].sort((a, b) => isFirst(a.language) - isFirst(b.language))) {
    const snippet = text === undefined ? null : snippetOf(text, words)
    if (snippet) return snippet
  }
  return null
}

/** The first beginning of a word between the two places, else the later one's word would be cut: then the first place. */
function wordStart(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s\S/)
  return space === -1 ? from : from + space + 1
}

/** The folded text, and for each of its letters where in the text it comes from. */
function foldWithOrigin(text: string): { folded: string; origin: readonly number[] } {
  const origin: number[] = []
  let folded = ''
  let at = 0
  for (const letter of text) {
    const part = fold(letter)
    folded += part
    for (let i = 0; i < part.length; i += 1) origin.push(at)
    at += letter.length
  }
  return { folded, origin }
}
