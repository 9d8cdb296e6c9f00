// Mirror of what the agent has set for themself, and the intent to change it.
import { defineStore } from 'pinia'
import type { Preferences } from '../core/preferences'
import { mirror, usePanelServices } from './mirror'

export const usePreferencesStore = defineStore('preferences', () => {
  const { preferences } = usePanelServices()
  return {
    state: mirror(preferences.snapshot),
    change: (change: Partial<Preferences>) => preferences.change(change),
  }
})
