// Mirror of the session: signed in or not, and the way to the login.
import { defineStore } from 'pinia'
import { mirror, usePanelServices } from './mirror'

export const useSessionStore = defineStore('session', () => {
  const { session } = usePanelServices()
  return { state: mirror(session.snapshot), signIn: () => session.signIn() }
})
