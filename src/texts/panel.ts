// The panel's sentences in another language than English: loaded by main.ts where one is spoken, and nowhere else.
import type { Dictionary } from '../core/text'
import { fetchPart, type Part } from './part'

export const fetchPanel = (language: string): Promise<Dictionary | null> =>
  fetchPart(language, import.meta.glob('./*/panel.{json,ts}') as Part)
