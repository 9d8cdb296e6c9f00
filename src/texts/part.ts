// How a part of a dictionary is fetched: the sentences of one door, in the language that is spoken.
import { speak, spokenTag, type Dictionary } from '../core/text'

/** By path: `./texts/de/team.ts`. Nothing is fetched for English, which stands in the code. */
export type Part = Readonly<Record<string, () => Promise<{ readonly default: Dictionary }>>>

/** No screen waits longer for its words: then it is drawn in English. */
const patienceMs = 3_000

async function fetchPart(language: string, part: Part): Promise<Dictionary | null> {
  const path = Object.keys(part).find((name) => name.includes(`/${language}/`))
  if (path === undefined) return null
  const patience = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null))
  const fetched = part[path]?.().then((loaded) => loaded.default) ?? null
  // A chunk that did not arrive: English is understood, a blank screen is not.
  return Promise.race([fetched, patience]).catch(() => null)
}

/** Before anything is drawn. Says whether the page speaks `language` now; it is English where the dictionary did not come. */
export async function speakFirst(language: string, locale: string, part: Part): Promise<void> {
  const dictionary = language === 'en' ? {} : await fetchPart(language, part)
  if (dictionary) speak(language, dictionary, locale)
}

/** The sentences of a further view, before it is drawn. */
export async function speakFurther(part: Part): Promise<void> {
  speak(spokenTag(), (await fetchPart(spokenTag(), part)) ?? {})
}
