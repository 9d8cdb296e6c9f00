// Mirror of the prompts on offer, plus what is typed into the search.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { groupPrompts, pinnedPrompts, searchPrompts } from '../core/catalogue'
import { mirror, usePanelServices } from './mirror'

export const usePromptsStore = defineStore('prompts', () => {
  const { prompts, search } = usePanelServices()
  const state = mirror(prompts.snapshot)
  const typed = ref(search.read())
  const query = computed({
    get: () => typed.value,
    set(text) {
      typed.value = text
      search.write(text)
    },
  })
  const found = computed(() => searchPrompts(state.value.prompts, query.value))
  const groups = computed(() => groupPrompts(found.value, query.value.trim() === ''))
  const pinned = computed(() => pinnedPrompts(state.value.prompts).slice(0, 9))
  return {
    state,
    query,
    found,
    groups,
    pinned,
    load: () => prompts.load(),
    prepare: (key: string) => prompts.prepare(key),
    localCopy: (key: string) => prompts.localCopy(key),
  }
})
