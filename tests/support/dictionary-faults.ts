// What is wrong with a dictionary, held against the sentences that are said: one line for each fault.
import type { Dictionary, Translation } from '../../src/core/text'
import type { Sentence } from './sentences'

const holesOf = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ')

function faultsOf(language: string, { key, one }: Sentence, translation: Translation | undefined): string[] {
  if (translation === undefined) return [`missing: ${key}`]
  const texts = typeof translation === 'string' ? [translation] : Object.values(translation)
  if (texts.some((text) => text.trim() === '')) return [`empty: ${key}`]
  if (texts.some((text) => holesOf(text) !== holesOf(key))) return [`other holes: ${key}`]
  if (one === undefined) return typeof translation === 'string' ? [] : [`by number: ${key}`]
  if (typeof translation === 'string') return [`not by number: ${key}`]
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
  const isWhole =
    pluralCategories.length === Object.keys(translation).length &&
    pluralCategories.every((category) => category in translation)
  return isWhole ? [] : [`forms are not ${[...pluralCategories].sort().join(', ')}: ${key}`]
}

/** `language`: a tag whose plural categories the translations by number must have, each of them. */
export function findFaults(
  language: string,
  sentences: readonly Sentence[],
  dictionary: Dictionary,
): string[] {
  const keys = new Set(sentences.map(({ key }) => key))
  return [
    ...sentences.flatMap((sentence) => faultsOf(language, sentence, dictionary[sentence.key])),
    ...Object.keys(dictionary)
      .filter((key) => !keys.has(key))
      .map((key) => `nobody says: ${key}`),
  ]
}
