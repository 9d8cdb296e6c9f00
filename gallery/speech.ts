// The gallery speaks the language that is chosen, as the panel does.
import type { Language } from '../src/core/language'
import { speak, type Dictionary } from '../src/core/text'

/** All parts: a page of the gallery shows things of every door. */
const dictionaries = import.meta.glob<Dictionary>('../src/texts/*/*.{json,ts}', { import: 'default' })

/** Before anything is drawn: a page speaks one language for its life. */
export async function speakTo(language: Language): Promise<void> {
  const parts = Object.entries(dictionaries).filter(([path]) => path.includes(`/texts/${language}/`))
  speak(
    language,
    Object.assign({}, ...(await Promise.all(parts.map(([, fetchPart]) => fetchPart())))) as Dictionary,
  )
  document.documentElement.lang = language
}
