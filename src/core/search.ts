// Finds prompts among very many while somebody types: each word that occurs is known with the prompts that have it.
import type { Prompt } from './catalogue'
import { fold, wordsOf } from './folding'
import { createDraft, learn, packDraft, visitWords, type Draft, type Vocabulary } from './vocabulary'

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

/** Words that are still being learnt, or packed once all are. */
interface Words {
  draft: Draft | null
  packed: Vocabulary | null
}

/** The words of many prompts. Grows by `extendIndex`, and holds for as long as the catalogue does. */
export interface PromptIndex {
  readonly prompts: readonly Prompt[]
  /** So many of them are in it. */
  size: number
  /** By place: the number of the word that the title begins with, -1 where it begins with none. */
  readonly openings: Int32Array
  readonly title: Words
  /** Key and category. */
  readonly key: Words
  /** By base language: what is said in it. */
  readonly said: Map<string, Words>
  /** What first letters match in one language, as far as they were looked for beforehand. */
  letters: { readonly language: string; readonly matches: Map<string, WordMatch> }
}

/** What one word of a query matches. */
interface WordMatch {
  readonly word: string
  /** By place: the best level at which it matches. */
  readonly levels: Readonly<Uint8Array>
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

const createWords = (): Words => ({ draft: createDraft(), packed: null })
/** `de` of `de-AT` and `de_AT`. */
export const baseOf = (language: string): string => language.split(/[-_]/)[0]?.toLowerCase() ?? ''

export function createIndex(prompts: readonly Prompt[]): PromptIndex {
  return {
    prompts,
    size: 0,
    openings: new Int32Array(prompts.length),
    title: createWords(),
    key: createWords(),
    said: new Map(),
    letters: { language: '', matches: new Map() },
  }
}

/** Takes up to `count` more prompts in, so that many can be taken in bit by bit. False once all are in. */
export function extendIndex(index: PromptIndex, count = Infinity): boolean {
  if (index.size === index.prompts.length) return false
  for (const prompt of index.prompts.slice(index.size, index.size + count)) {
    const title = fold(prompt.title)
    const opening = learnIn(index.title, title, index.size)
    index.openings[index.size] = /^\s/.test(title) ? -1 : opening
    learnIn(index.key, `${prompt.key} ${fold(prompt.category)}`, index.size)
    for (const { language, text } of prompt.recordings) {
      if (text === undefined) continue
      const words = index.said.get(baseOf(language)) ?? createWords()
      index.said.set(baseOf(language), words)
      learnIn(words, fold(text), index.size)
    }
    index.size += 1
  }
  return index.size < index.prompts.length
}

const learnIn = ({ draft }: Words, folded: string, place: number): number =>
  draft ? learn(draft, folded, place) : -1

/** A first letter finds so much of a large catalogue that it is looked for beforehand. */
const firstLetters = 'abcdefghijklmnopqrstuvwxyz'
/** Prompts taken in at a time: a few milliseconds. */
const portion = 60

/**
 * The next part of what can be done before somebody types: each takes a few milliseconds. False once nothing is left to do.
 * @param language as in `findPrompts`
 */
export function readAhead(index: PromptIndex, language: string): boolean {
  if (extendIndex(index, portion) || packIndex(index)) return true
  const base = baseOf(language)
  if (index.letters.language !== base) index.letters = { language: base, matches: new Map() }
  const { matches } = index.letters
  const next = firstLetters[matches.size]
  if (next !== undefined) matches.set(next, matchWord(index, next, base))
  return matches.size < firstLetters.length
}

/** Packs the words of one kind or language more, after all prompts that are left. False where all were packed. */
function packIndex(index: PromptIndex): boolean {
  extendIndex(index)
  const kinds = [index.title, index.key, ...index.said.values()]
  const next = kinds.find(({ packed }) => packed === null)
  if (next) packWords(next)
  return next !== undefined
}

function packWords(words: Words): Vocabulary {
  words.packed ??= packDraft(words.draft ?? createDraft())
  words.draft = null
  return words.packed
}

/**
 * The prompts that have each word of the query in title, key, category or what is said. `before`: what was found until now.
 * A word that is still there is not looked for again.
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
  const letters = index.letters.language === base ? index.letters.matches : null
  const matches = wordsOf(query).map(
    (word) =>
      known.find((match) => match.word === word) ?? letters?.get(word) ?? matchWord(index, word, base),
  )
  const ranks = worstOf(matches, index.size)
  // Plain loops: some ten thousand rounds a key, most of them before the browser has compiled any of this.
  const counts = new Uint32Array(unmatched + 1)
  for (let place = 0; place < ranks.length; place += 1) {
    const level = ranks[place] ?? unmatched
    counts[level] = (counts[level] ?? 0) + 1
  }
  const bySaid = (counts[levelOf.words] ?? 0) + (counts[levelOf['other-words']] ?? 0)
  return { index, language: base, matches, places: inOrder(ranks, counts), bySaid }
}

/** The word that matches worst says how good the whole is. */
function worstOf(matches: readonly WordMatch[], size: number): Readonly<Uint8Array> {
  const [first, ...more] = matches
  if (!first) return new Uint8Array(size)
  if (more.length === 0) return first.levels
  const ranks = first.levels.slice()
  for (const { levels } of more)
    for (let place = 0; place < size; place += 1) {
      const level = levels[place] ?? unmatched
      if (level > (ranks[place] ?? unmatched)) ranks[place] = level
    }
  return ranks
}

/** Each rank has a stretch of its own, one behind the other: many are put in order without comparing any two. */
function inOrder(ranks: Readonly<Uint8Array>, counts: Uint32Array): Uint32Array {
  const next = new Uint32Array(unmatched)
  let size = 0
  for (let level = 0; level < unmatched; level += 1) {
    next[level] = size
    size += counts[level] ?? 0
  }
  const places = new Uint32Array(size)
  for (let place = 0; place < ranks.length; place += 1) {
    const level = ranks[place] ?? unmatched
    if (level === unmatched) continue
    const at = next[level] ?? 0
    places[at] = place
    next[level] = at + 1
  }
  return places
}

function matchWord(index: PromptIndex, word: string, base: string): WordMatch {
  const levels = new Uint8Array(index.size).fill(unmatched)
  let left = index.size
  const markAll = ({ starts, places }: Vocabulary, number: number, level: number) => {
    const end = starts[number + 1] ?? 0
    for (let at = starts[number] ?? 0; at < end; at += 1) {
      const place = places[at] ?? 0
      const before = levels[place] ?? unmatched
      if (before <= level) continue
      levels[place] = level
      if (before === unmatched) left -= 1
    }
  }
  const { title, key, said, openings } = index
  const titles = packWords(title)
  visitWords(titles, word, (number, beginsSo) => {
    markAll(titles, number, levelOf[beginsSo ? 'title-word' : 'title'])
    if (!beginsSo) return
    const end = titles.starts[number + 1] ?? 0
    for (let at = titles.starts[number] ?? 0; at < end; at += 1) {
      const place = titles.places[at] ?? 0
      if (openings[place] === number) levels[place] = levelOf['title-start']
    }
  })
  const look = (words: Words | undefined, level: MatchLevel) => {
    // From the best level to the worst: once each prompt has one, no further can change anything.
    if (!words || left === 0) return
    const vocabulary = packWords(words)
    visitWords(vocabulary, word, (number) => markAll(vocabulary, number, levelOf[level]))
  }
  look(key, 'key')
  look(said.get(base), 'words')
  for (const [language, words] of said) if (language !== base) look(words, 'other-words')
  return { word, levels }
}
