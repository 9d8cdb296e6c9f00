// In which language the interface speaks: the host's tag, then its base language, then English.

/** The pseudo-language: English with accents and brackets, a third longer. It shows what cannot be translated and what overflows. */
export const pseudoTag = 'en-XA'
export const languages = ['en', 'de', 'es', 'fr', 'pt-BR', 'ja', pseudoTag] as const
export type Language = (typeof languages)[number]

/** `wishes`: tags in the order of preference, as hosts write them (`en`, `en-us`, `en_US`); what is not understood is passed over. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const tag = (wish ?? '').replaceAll('_', '-').toLowerCase()
    const base = tag.split('-')[0]
    const found =
      languages.find((one) => one.toLowerCase() === tag) ??
      languages.find((one) => one !== pseudoTag && one.split('-')[0] === base)
    if (found) return found
  }
  return 'en'
}
