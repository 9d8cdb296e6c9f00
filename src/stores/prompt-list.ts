// The prompts as the list shows them: in sections or as found, and the agent's own pins. Loaded with the list.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Prompt } from '../core/catalogue'
import { movePin, pinnedPrompts, togglePin } from '../core/pins'
import { listPrompts, titleWidths, type ShownPrompts } from '../core/prompt-list'
import { mirror, useLateParts, usePanelServices } from './mirror'

export const usePromptListStore = defineStore('prompt-list', () => {
  const services = usePanelServices()
  const { preferences } = services
  const state = mirror(services.prompts.snapshot)
  const own = mirror(preferences.snapshot)
  const prompts = computed(() => state.value.prompts)
  const pins = computed(() => own.value.pins)
  const language = computed(() => state.value.wish?.language ?? '')
  const { parts } = useLateParts()
  /** Null until its code is there. */
  const search = computed(() => parts.value?.createPromptSearch(prompts.value) ?? null)
  /** As it was when the list was opened: what is played now must not move a row under the pointer. */
  const recent = ref(own.value.recent)
  const sections = computed(() => listPrompts(prompts.value, pins.value, recent.value))
  const listed = computed((): ShownPrompts => ({
    sections: sections.value,
    widths: titleWidths(sections.value.flatMap((section) => section.prompts)),
    bySaid: 0,
    words: [],
  }))
  /** Pins of prompts that are not on offer now stay, behind the others. */
  function changePins(change: (visible: readonly string[]) => readonly string[]): void {
    const visible = pinnedPrompts(prompts.value, pins.value).map(({ key }) => key)
    const hidden = (pins.value ?? []).filter((key) => !visible.includes(key))
    preferences.change({ pins: [...change(visible), ...hidden] })
  }

  return {
    sections,
    listed,
    /** Null while the search's code is not there. */
    find: (query: string): ShownPrompts | null => search.value?.find(query, language.value) ?? null,
    hasOwnPins: computed(() => pins.value !== null),
    isCompact: computed(() => own.value.density === 'compact'),
    /** The list is opened, or another call is on the line: the order of what was played last may change now. */
    settle: () => void (recent.value = own.value.recent),
    /** Another one has to be read ahead. */
    ahead: computed(() => ({ search: search.value, language: language.value })),
    /** Makes some more of the catalogue ready to be searched; false once all of it is. */
    readOn: () => search.value?.readOn(language.value) ?? false,
    mark: (title: string, words: readonly string[]) => search.value?.mark(title, words) ?? null,
    snippet: (prompt: Prompt, words: readonly string[]) =>
      search.value?.snippet(prompt, words, language.value) ?? null,
    togglePin: (key: string) => changePins((visible) => togglePin(visible, key)),
    movePin: (key: string, by: -1 | 1) => changePins((visible) => movePin(visible, key, by)),
    dropPins: () => preferences.change({ pins: null }),
  }
})
