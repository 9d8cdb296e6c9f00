// The search behind the list of prompts. A chunk of its own: while nothing is typed, nobody needs any of it.
import type { Prompt } from './catalogue'
import { titleWidths, type ShownPrompts } from './prompt-list'
import { describeFound } from './prompt-row-words'
import { createIndex, findPrompts, readAhead, type Found } from './search'
import { markMatches, saidSnippet } from './search-marks'

/** Holds for as long as these prompts do. `language`: the tag of the language that would be played first. */
export function createPromptSearch(prompts: readonly Prompt[]) {
  const index = createIndex(prompts)
  let widths: Uint16Array | null = null
  let last: Found | null = null

  function find(query: string, language: string): ShownPrompts {
    const found = (last = findPrompts(index, query, language, last))
    const [{ places }, allWidths] = [found, (widths ??= titleWidths(prompts))]
    const members = new Array<Prompt>(places.length)
    const foundWidths = new Uint16Array(places.length)
    for (let row = 0; row < places.length; row += 1) {
      const place = places[row] ?? 0
      members[row] = prompts[place] as Prompt
      foundWidths[row] = allWidths[place] ?? 0
    }
    return {
      sections: members.length > 0 ? [{ kind: 'found', name: '', prompts: members }] : [],
      widths: foundWidths,
      bySaid: found.bySaid,
      words: found.matches.map(({ word }) => word),
    }
  }

  /** The first letter does not wait for code that never ran and for formats that nobody asked for. */
  function rehearse(language: string): void {
    const { sections, words } = find('e', language)
    const first = sections[0]?.prompts[0]
    if (first) {
      markMatches(first.title, words)
      saidSnippet(first, words, language)
    }
    describeFound(prompts.length)
  }

  return {
    find,
    /** Makes some more of the prompts ready to be searched; false once all of them are. */
    readOn(language: string): boolean {
      if (prompts.length === 0) return false
      const isMore = readAhead(index, language)
      if (!isMore) rehearse(language)
      return isMore
    },
    mark: markMatches,
    snippet: saidSnippet,
  }
}

export type CreatePromptSearch = typeof createPromptSearch
