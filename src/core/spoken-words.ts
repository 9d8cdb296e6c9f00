// Which sentence of a prompt is being spoken: an estimate by the length of what was said, and shown as one.

/** Ends that are no end of a sentence: what they belong to goes on. Compared in lower case. */
const abbreviations = new Set(
  (
    'dr mr mrs ms prof st no nr tel fig art vs etc approx dept inc ltd co corp jr sr ' +
    'bzw ca evtl ggf usw str hr fr abs sra srta ud uds pág núm av ee uu m mm mme mlle ex apr'
  ).split(' '),
)
/** "z. B.", "e.g.", "J. Smith", "Nr. 5" cut off after the dot. */
const goesOn = /(?:^|[\s(])(?:\p{L}\.)*\p{L}\.\s*$|\d\.\s*$/u
const lastWord = /(\p{L}+)\.\s*$/u

/** In the order in which they are said; joined they are the words again. Empty text has none. */
export function sentencesOf(words: string, language = 'en'): readonly string[] {
  const sentences: string[] = []
  for (const piece of piecesOf(words, language)) {
    const before = sentences.at(-1)
    if (before !== undefined && (isCutOff(before, piece) || !/[\p{L}\p{N}]/u.test(piece)))
      sentences[sentences.length - 1] = before + piece
    else sentences.push(piece)
  }
  return sentences
}

function isCutOff(before: string, next: string): boolean {
  const [, word = ''] = lastWord.exec(before) ?? []
  if (abbreviations.has(word.toLowerCase())) return true
  // A single letter or a number ends a sentence too: "Press 1." Then what follows begins with a capital.
  return (
    goesOn.test(before) &&
    (/^(?:\p{Ll}|\d|\p{L}\.)/u.test(next) || /(?:^|\s)(?:\p{L}\.)*\p{Lu}\.\s*$/u.test(before))
  )
}

function piecesOf(words: string, language: string): readonly string[] {
  if ('Segmenter' in Intl) {
    const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })
    return [...segmenter.segment(words)].map(({ segment }) => segment)
  }
  return (
    words
      .match(/[^.!?…。！？]*(?:[.!?…]+["'”’»)\]]*(?:\s+|$)|[。！？]+[」』）]*\s*|[.!?…]+|$)/gu)
      ?.filter(Boolean) ?? []
  )
}

/**
 * The place in `sentencesOf(words)` of the sentence that is spoken after `playedMs` of `durationMs`: each takes as long
 * as its share of the letters. Null where that cannot be said.
 */
export function spokenSentence(
  words: string,
  playedMs: number,
  durationMs: number,
  language = 'en',
): number | null {
  const sentences = sentencesOf(words, language)
  if (sentences.length === 0 || !(durationMs > 0)) return null
  const share = Math.min(1, Math.max(0, playedMs / durationMs))
  const all = sentences.reduce((sum, sentence) => sum + sentence.trim().length, 0)
  let said = 0
  for (const [place, sentence] of sentences.entries()) {
    said += sentence.trim().length
    if (share * all < said) return place
  }
  return sentences.length - 1
}
