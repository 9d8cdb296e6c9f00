// Finds prompts among very many while somebody types: each word that occurs is known with the prompts that have it.
import type { Prompt } from './catalogue'
import { fold, wordsOf } from './folding'

/**
 * How good a match is, the best first: the title begins so, a word of the title does, the title has it somewhere; key or
 * category; the words in the customer's language; those in another one.
 */
export const matchLevels = ['title-start', 'title-word', 'title', 'key', 'words', 'other-words'] as const
export type MatchLevel = (typeof matchLevels)[number]
const unmatched = matchLevels.length
const levelOf = Object.fromEntries(matchLevels.map((level, place) => [level, place])) as Record<
  MatchLevel,
  number
>

/** Each distinct word, with the places of the prompts that have it, ascending. */
interface Vocabulary {
  readonly known: Map<string, number>
  readonly words: string[]
  readonly places: number[][]
}

/** The words of many prompts. Grows by `extendIndex`, and holds for as long as the catalogue does. */
export interface PromptIndex {
  readonly prompts: readonly Prompt[]
  /** So many of them are in it. */
  size: number
  /** Folded. */
  readonly titles: string[]
  readonly title: Vocabulary
  /** Key and category. */
  readonly key: Vocabulary
  /** By base language: what is said in it. */
  readonly said: Map<string, Vocabulary>
}

/** What one word of a query matches. */
interface WordMatch {
  readonly word: string
  /** By place: the best level at which it matches. */
  readonly levels: Uint8Array
  /** Which words of each vocabulary have it in them. */
  readonly ids: ReadonlyMap<Vocabulary, readonly number[]>
}

export interface Found {
  readonly index: PromptIndex
  readonly language: string
  readonly matches: readonly WordMatch[]
  /** Places in `index.prompts`, the best match first; equal ones as in the catalogue. */
  readonly places: Readonly<Uint32Array>
  /** How many of these match no better than by what is said: they stand at the end. */
  readonly bySaid: number
}

const createVocabulary = (): Vocabulary => ({ known: new Map(), words: [], places: [] })
/** `de` of `de-AT` and `de_AT`. */
export const baseOf = (language: string): string => language.split(/[-_]/)[0]?.toLowerCase() ?? ''

export function createIndex(prompts: readonly Prompt[]): PromptIndex {
  return {
    prompts,
    size: 0,
    titles: [],
    title: createVocabulary(),
    key: createVocabulary(),
    said: new Map(),
  }
}

/** Takes up to `count` more prompts in, so that many can be taken in bit by bit. False once all are in. */
export function extendIndex(index: PromptIndex, count = Infinity): boolean {
  for (const prompt of index.prompts.slice(index.size, index.size + count)) {
    const title = fold(prompt.title)
    index.titles.push(title)
    learn(index.title, title, index.size)
    learn(index.key, `${prompt.key} ${fold(prompt.category)}`, index.size)
    for (const { language, text } of prompt.recordings) {
      if (text === undefined) continue
      const vocabulary = index.said.get(baseOf(language)) ?? createVocabulary()
      index.said.set(baseOf(language), vocabulary)
      learn(vocabulary, fold(text), index.size)
    }
    index.size += 1
  }
  return index.size < index.prompts.length
}

function learn({ known, words, places }: Vocabulary, folded: string, place: number): void {
  for (const word of folded.split(/\s+/)) {
    if (word === '') continue
    const id = known.get(word) ?? words.length
    const those = places[id]
    if (those === undefined) {
      known.set(word, id)
      words.push(word)
      places.push([place])
    } else if (those[those.length - 1] !== place) those.push(place)
  }
}

/**
 * The prompts that have each word of the query in title, key, category or what is said. `before`: what was found until now.
 * A word that is still there is not looked for again, and one that became longer only among the words that had it.
 * @param language the tag of the language that would be played first
 */
export function findPrompts(
  index: PromptIndex,
  query: string,
  language: string,
  before: Found | null = null,
): Found {
  extendIndex(index)
  const base = baseOf(language)
  const known = before?.index === index && before.language === base ? before.matches : []
  const matches = wordsOf(query).map((word) => {
    const from = known.find((match) => word.startsWith(match.word))
    return from?.word === word ? from : matchWord(index, word, base, from)
  })
  const ranks = new Uint8Array(index.size)
  const counts = new Uint32Array(unmatched + 1)
  for (let place = 0; place < index.size; place += 1) {
    // The word that matches worst says how good the whole is.
    let level = 0
    for (const { levels } of matches) level = Math.max(level, levels[place] ?? unmatched)
    ranks[place] = level
    counts[level] = (counts[level] ?? 0) + 1
  }
  const bySaid = (counts[levelOf.words] ?? 0) + (counts[levelOf['other-words']] ?? 0)
  return { index, language: base, matches, places: inOrder(ranks, counts), bySaid }
}

/** Each rank has a stretch of its own, one behind the other: many are put in order without comparing any two. */
function inOrder(ranks: Uint8Array, counts: Uint32Array): Uint32Array {
  const next = new Uint32Array(unmatched)
  let size = 0
  for (let level = 0; level < unmatched; level += 1) {
    next[level] = size
    size += counts[level] ?? 0
  }
  const places = new Uint32Array(size)
  for (const [place, level] of ranks.entries()) {
    if (level === unmatched) continue
    const at = next[level] ?? 0
    places[at] = place
    next[level] = at + 1
  }
  return places
}

function matchWord(index: PromptIndex, word: string, base: string, from: WordMatch | undefined): WordMatch {
  const levels = new Uint8Array(index.size).fill(unmatched)
  const ids = new Map<Vocabulary, readonly number[]>()
  const look = (vocabulary: Vocabulary, mark: (places: readonly number[], has: string) => void) => {
    const having: number[] = []
    for (const id of from?.ids.get(vocabulary) ?? vocabulary.words.keys()) {
      const has = vocabulary.words[id] ?? ''
      if (!has.includes(word)) continue
      having.push(id)
      mark(vocabulary.places[id] ?? [], has)
    }
    ids.set(vocabulary, having)
  }
  const markAs = (level: number) => (places: readonly number[]) => {
    for (const place of places) levels[place] = level
  }
  // The worst level first: what matches better is written over it.
  for (const [language, vocabulary] of index.said)
    if (language !== base) look(vocabulary, markAs(levelOf['other-words']))
  const said = index.said.get(base)
  if (said) look(said, markAs(levelOf.words))
  look(index.key, markAs(levelOf.key))
  look(index.title, (places, has) => {
    const starts = has.startsWith(word)
    for (const place of places) {
      const begins = starts && index.titles[place]?.startsWith(word)
      const level = begins ? 'title-start' : starts ? 'title-word' : 'title'
      levels[place] = Math.min(levels[place] ?? unmatched, levelOf[level])
    }
  })
  return { word, levels, ids }
}
