// The distinct words of very many texts, each with the places of the texts that have it: learnt one by one, then packed.

/** While texts are taken in. A word's number is its rank by first appearance. */
export interface Draft {
  readonly numbers: Map<string, number>
  /** By number: the places of the texts that have the word, ascending. */
  readonly places: number[][]
}

/**
 * All words in one string, parted by line ends, and all places in one array: a search goes through it without making an
 * object, and the memory's collector has five things to look at instead of as many as there are words.
 */
export interface Vocabulary {
  readonly text: string
  /** By number: where the word ends in `text`. */
  readonly ends: Readonly<Uint32Array>
  /** By number: where its places begin in `places`; as one more, where the last one's end. */
  readonly starts: Readonly<Uint32Array>
  readonly places: Readonly<Uint32Array>
}

export const createDraft = (): Draft => ({ numbers: new Map(), places: [] })

/** `folded`: a text; texts come in the order of their places. Returns the number of its first word, -1 without one. */
export function learn({ numbers, places }: Draft, folded: string, place: number): number {
  let first = -1
  for (const word of folded.split(/\s+/)) {
    if (word === '') continue
    const number = numbers.get(word) ?? numbers.size
    if (first === -1) first = number
    const those = places[number]
    if (those === undefined) {
      numbers.set(word, number)
      places.push([place])
    } else if (those[those.length - 1] !== place) those.push(place)
  }
  return first
}

export function packDraft(draft: Draft): Vocabulary {
  const words = [...draft.numbers.keys()]
  const ends = new Uint32Array(words.length)
  const starts = new Uint32Array(words.length + 1)
  let [end, count] = [-1, 0]
  for (let number = 0; number < words.length; number += 1) {
    ends[number] = end += 1 + (words[number]?.length ?? 0)
    starts[number + 1] = count += draft.places[number]?.length ?? 0
  }
  const places = new Uint32Array(count)
  for (let number = 0; number < words.length; number += 1)
    places.set(draft.places[number] ?? [], starts[number])
  return { text: words.join('\n'), ends, starts, places }
}

/** Calls `visit` for each word that has `part` in it, in the order of their numbers. `part` has no white space and is not empty. */
export function visitWords(
  { text, ends }: Vocabulary,
  part: string,
  visit: (number: number, beginsSo: boolean) => void,
): void {
  let number = 0
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, ends[number])) {
    while ((ends[number] ?? Infinity) <= at) number += 1
    visit(number, at === (number === 0 ? 0 : (ends[number - 1] ?? 0) + 1))
  }
}
