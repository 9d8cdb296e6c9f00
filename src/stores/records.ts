// Mirror of the records: whether their long form is kept, and the agent's word that they read a prompt aloud.
import { defineStore } from 'pinia'
import { mirror, usePanelServices } from './mirror'

export const useRecordsStore = defineStore('records', () => {
  const state = mirror(usePanelServices().records.snapshot)
  return {
    state,
    readAloud: (playbackId: string) => state.value.keeping?.readAloud(playbackId),
  }
})
