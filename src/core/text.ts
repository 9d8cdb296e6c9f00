// The words of the interface. English stands in the code, and each English sentence is the key of its translations.

/** A translated sentence, or one for each plural category that the language has (`Intl.PluralRules`). */
export type Translation = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>
export type Dictionary = Readonly<Record<string, Translation>>
type Values = Readonly<Record<string, string | number>>

interface Speech {
  readonly tag: string
  readonly dictionary: Dictionary
}

const english: Speech = { tag: 'en', dictionary: {} }
/** Chosen once, before anything is drawn: the host gives a panel one language for its life. */
let speech = english

/** What is not in `dictionary` is said in English. A later call with the same tag adds sentences: those of a further view. */
export function speak(tag: string, dictionary: Dictionary = {}): void {
  const known = speech.tag === tag ? speech.dictionary : {}
  speech = { tag, dictionary: { ...known, ...dictionary } }
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
  const category = new Intl.PluralRules(speech.tag).select(n)
  const found = speech.dictionary[many]
  const forms =
    typeof found === 'object' ? found : found === undefined ? { one, other: many } : { other: found }
  return fill(forms[category] ?? forms.other ?? many, { n, ...values })
}

/** Marks a sentence that stands in a table and is said later, by `t`. */
export function m<T extends string>(sentence: T): T {
  return sentence
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name]
    if (value === undefined) return hole
    return typeof value === 'number' ? formatNumber(value) : value
  })
}

export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(speech.tag, options).format(value)
}

/** "3.4 s": one decimal below ten seconds, whole seconds above. */
export function seconds(ms: number): string {
  const digits = ms < 10_000 ? 1 : 0
  const number = formatNumber(ms / 1000, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return t('{number} s', { number })
}
