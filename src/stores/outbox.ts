// Mirror of the outbox: how many records wait for the platform's word.
import { defineStore } from 'pinia'
import { mirror, usePanelServices } from './mirror'

export const useOutboxStore = defineStore('outbox', () => ({
  state: mirror(usePanelServices().outbox.snapshot),
}))
