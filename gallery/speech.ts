// The gallery speaks the language that is chosen, as the panel does.
import type { Language } from '../src/core/language'
import { speak } from '../src/core/text'

/** Before anything is drawn: a page speaks one language for its life. */
export function speakTo(language: Language): Promise<void> {
  speak(language)
  document.documentElement.lang = language
  return Promise.resolve()
}
