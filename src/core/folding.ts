// Text as somebody types it in a hurry: case and accents do not matter, and neither does how a letter is encoded.

/** Folds letter by letter: the folded text of two parts is the folded parts, one behind the other. */
export function fold(value: string): string {
  return value
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/ς/g, 'σ')
}

/** The words of a query, folded, each once. */
export function wordsOf(query: string): readonly string[] {
  return [...new Set(fold(query).split(/\s+/).filter(Boolean))]
}
