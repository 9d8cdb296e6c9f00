// The words of the interface. English stands in the code, and each English sentence is the key of its translations.
import { numberFormat, pluralRules, timeFormat } from './formats'

/** A translated sentence, or one for each plural category that the language has (`Intl.PluralRules`). */
export type Translation = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>
export type Dictionary = Readonly<Record<string, Translation>>
type Values = Readonly<Record<string, string | number>>

interface Speech {
  /** Whose sentences and plurals. */
  readonly tag: string
  /** Whose numbers and times: `en-GB` writes 14:05 where `en-US` writes 2:05 PM. */
  readonly locale: string
  readonly dictionary: Dictionary
}

const english: Speech = { tag: 'en', locale: 'en', dictionary: {} }
/** Chosen once, before anything is drawn: the host gives a panel one language for its life. */
let speech = english

/** What is not in `dictionary` is said in English. A later call with the same tag adds sentences: those of a further view. */
export function speak(tag: string, dictionary: Dictionary = {}, locale?: string): void {
  const before = speech.tag === tag ? speech : { locale: tag, dictionary: {} }
  speech = { tag, locale: locale ?? before.locale, dictionary: { ...before.dictionary, ...dictionary } }
}

/** The tag of the interface's language, for `Intl` and for the page's `lang`. */
export function spokenTag(): string {
  return speech.tag
}

/** Says a sentence. `{name}` in it is replaced by the value of that name; numbers are written as the language does. */
export function t(sentence: string, values: Values = {}): string {
  const found = speech.dictionary[sentence]
  return fill(typeof found === 'string' ? found : sentence, values)
}

/** Says how many: `{n}` is the number. The dictionary's key is the sentence for many. */
export function tn(one: string, many: string, n: number, values: Values = {}): string {
  const category = pluralRules(speech.tag, {}).select(n)
  const found = speech.dictionary[many]
  const forms =
    typeof found === 'object' ? found : found === undefined ? { one, other: many } : { other: found }
  return fill(forms[category] ?? forms.other ?? many, { n, ...values })
}

/** Marks a sentence, or all texts of a table, that are said later, by `t`. */
export function m<const T>(sentences: T): T {
  return sentences
}

/** Fills the holes of a sentence that stays English: what goes into a record is data, whatever the screen speaks. */
export function inEnglish(sentence: string, values: Readonly<Record<string, string>>): string {
  return fill(sentence, values)
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name]
    if (value === undefined) return hole
    return typeof value === 'number' ? formatNumber(value) : value
  })
}

export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return numberFormat(speech.locale, options).format(value)
}

/** So many decimals, always. */
export function fixed(value: number, digits: number): string {
  return formatNumber(value, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** "3.4 s": one decimal below ten seconds, whole seconds above. */
export function seconds(ms: number): string {
  return t('{number} s', { number: fixed(ms / 1000, ms < 10_000 ? 1 : 0) })
}

/** Time of day, where the agent sits: "14:05"; other parts of the date as `options` ask. */
export function formatTime(
  atMs: number,
  options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' },
): string {
  return timeFormat(speech.locale, options).format(atMs)
}
