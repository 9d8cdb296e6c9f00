// The prompts as the list shows them: in sections or as found, and the agent's own pins. Loaded with the list.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Prompt } from '../core/catalogue'
import { movePin, pinnedPrompts, togglePin } from '../core/pins'
import { listPrompts, titleWidths, type PromptSection } from '../core/prompt-list'
import { describeFound } from '../core/prompt-row-words'
import { createIndex, findPrompts, readAhead, type Found } from '../core/search'
import { markMatches, saidSnippet } from '../core/search-marks'
import { mirror, usePanelServices } from './mirror'

/** What the list shows, section by section. */
export interface ShownPrompts {
  readonly sections: readonly PromptSection[]
  /** Of each row's title, in letters. */
  readonly widths: Readonly<Uint16Array>
  /** So many of the last rows were found by what is said. */
  readonly bySaid: number
  /** What is searched for, folded; empty while nothing is. */
  readonly words: readonly string[]
}

export const usePromptListStore = defineStore('prompt-list', () => {
  const services = usePanelServices()
  const { preferences } = services
  const state = mirror(services.prompts.snapshot)
  const own = mirror(preferences.snapshot)
  const prompts = computed(() => state.value.prompts)
  const pins = computed(() => own.value.pins)
  const language = computed(() => state.value.wish?.language ?? '')
  const index = computed(() => createIndex(prompts.value))
  /** As it was when the list was opened: what is played now must not move a row under the pointer. */
  const recent = ref(own.value.recent)
  const sections = computed(() => listPrompts(prompts.value, pins.value, recent.value))
  const listed = computed((): ShownPrompts => ({
    sections: sections.value,
    widths: titleWidths(sections.value.flatMap((section) => section.prompts)),
    bySaid: 0,
    words: [],
  }))
  const widths = computed(() => titleWidths(prompts.value))
  let last: Found | null = null

  function find(query: string): ShownPrompts {
    const found = (last = findPrompts(index.value, query, language.value, last))
    const [all, allWidths, { places }] = [prompts.value, widths.value, found]
    const members = new Array<Prompt>(places.length)
    const foundWidths = new Uint16Array(places.length)
    for (let row = 0; row < places.length; row += 1) {
      const place = places[row] ?? 0
      members[row] = all[place] as Prompt
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
  function rehearse(): void {
    const { sections: found, words } = find('e')
    const first = found[0]?.prompts[0]
    if (first) {
      markMatches(first.title, words)
      saidSnippet(first, words, language.value)
    }
    describeFound(prompts.value.length)
  }

  /** Pins of prompts that are not on offer now stay, behind the others. */
  function changePins(change: (visible: readonly string[]) => readonly string[]): void {
    const visible = pinnedPrompts(prompts.value, pins.value).map(({ key }) => key)
    const hidden = (pins.value ?? []).filter((key) => !visible.includes(key))
    preferences.change({ pins: [...change(visible), ...hidden] })
  }

  return {
    sections,
    listed,
    find,
    hasOwnPins: computed(() => pins.value !== null),
    isCompact: computed(() => own.value.density === 'compact'),
    /** The list is opened, or another call is on the line: the order of what was played last may change now. */
    settle: () => void (recent.value = own.value.recent),
    /** Another one has to be read ahead. */
    ahead: computed(() => ({ index: index.value, language: language.value })),
    /** Makes some more of the catalogue ready to be searched; false once all of it is. */
    readOn(): boolean {
      if (widths.value.length === 0) return false
      const isMore = readAhead(index.value, language.value)
      if (!isMore) rehearse()
      return isMore
    },
    mark: markMatches,
    snippet: (prompt: Prompt, words: readonly string[]) => saidSnippet(prompt, words, language.value),
    togglePin: (key: string) => changePins((visible) => togglePin(visible, key)),
    movePin: (key: string, by: -1 | 1) => changePins((visible) => movePin(visible, key, by)),
    dropPins: () => preferences.change({ pins: null }),
  }
})
