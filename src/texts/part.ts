// How a part of a dictionary is fetched: the sentences of one door, in one language.
import { speak, spokenTag, type Dictionary } from '../core/text'

/** By path: `./texts/de/team.json`. */
export type Part = Readonly<Record<string, () => Promise<{ readonly default: Dictionary }>>>

/** No screen waits longer for its words: then it is drawn in English. */
const patienceMs = 3_000

/** Null where there is none, as for English, which stands in the code; and where it did not arrive: English is understood, a blank screen is not. */
export async function fetchPart(language: string, part: Part): Promise<Dictionary | null> {
  const path = Object.keys(part).find((name) => name.includes(`/${language}/`))
  const fetched = path && part[path]?.().then((loaded) => loaded.default)
  if (!fetched) return null
  const patience = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null))
  return Promise.race([fetched, patience]).catch(() => null)
}

/** The sentences of a further view, before it is drawn. */
export async function speakFurther(part: Part): Promise<void> {
  const dictionary = await fetchPart(spokenTag(), part)
  if (dictionary) speak(spokenTag(), dictionary)
}
