// Mirror of the session: signed in or not, the way to the login, and which scopes the token lacks.
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { mirror, usePanelServices } from './mirror'

export const useSessionStore = defineStore('session', () => {
  const { session, rights } = usePanelServices()
  const state = mirror(session.snapshot)
  return {
    state,
    missingScopes: computed(() =>
      state.value.status === 'signed-in' ? rights.missing(state.value.identity.scopes) : [],
    ),
    signIn: () => session.signIn(),
  }
})
