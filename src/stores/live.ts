// Mirror of the live call and of the channel that keeps it true.
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { mirror, usePanelServices } from './mirror'

export const useLiveStore = defineStore('live', () => {
  const { live, channel } = usePanelServices()
  const state = mirror(live.snapshot)
  return {
    state,
    channel: mirror(channel.snapshot),
    interaction: computed(() => state.value.interaction),
    read: () => live.read(),
  }
})
