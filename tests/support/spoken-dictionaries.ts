// All that a language can say, of all parts of its dictionary.
import type { Dictionary } from '../../src/core/text'

const partsOf = import.meta.glob<Dictionary>('../../src/texts/*/*.{json,ts}', {
  eager: true,
  import: 'default',
})

export const dictionaryOf = (language: string): Dictionary =>
  Object.fromEntries(
    Object.entries(partsOf)
      .filter(([path]) => path.includes(`/texts/${language}/`))
      .flatMap(([, dictionary]) => Object.entries(dictionary)),
  )
