// Mirror of the prompts on offer, plus what is typed into the search and which prompts the keys 1 to 9 play.
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { pinKeys, pinnedPrompts } from '../core/pins'
import { mirror, usePanelServices } from './mirror'

export const usePromptsStore = defineStore('prompts', () => {
  const { prompts, preferences, search } = usePanelServices()
  const state = mirror(prompts.snapshot)
  const own = mirror(preferences.snapshot)
  const typed = mirror(search.snapshot)
  const query = computed({
    get: () => typed.value.query,
    set: search.write,
  })
  // Each on its own: what becomes ready changes the state many times, and thousands of prompts are not looked through for that.
  const all = computed(() => state.value.prompts)
  const pins = computed(() => own.value.pins)
  const pinned = computed(() => pinnedPrompts(all.value, pins.value))
  return {
    state,
    query,
    pinned,
    /** Those that answer to the keys 1 to 9. */
    withKey: computed(() => pinned.value.slice(0, pinKeys)),
    load: () => prompts.load(),
    prepare: (key: string) => prompts.prepare(key),
    localCopy: (key: string) => prompts.localCopy(key),
  }
})
