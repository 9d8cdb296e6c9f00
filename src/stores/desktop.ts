// What a view may ask of the desktop around it: to open an agent or an interaction.
import { defineStore } from 'pinia'
import { inject, type InjectionKey } from 'vue'
import type { Host } from '../core/ports'

export const desktopKey: InjectionKey<Pick<Host, 'embedded' | 'showUser' | 'showInteraction'>> =
  Symbol('desktop')

export const useDesktopStore = defineStore('desktop', () => {
  const host = inject(desktopKey)
  if (!host) throw new Error('The view was mounted without the desktop: main.ts provides it.')
  return {
    /** False: there is no desktop that could open anything. */
    embedded: host.embedded,
    showUser: (userId: string) => host.showUser(userId),
    showInteraction: (conversationId: string) => host.showInteraction(conversationId),
  }
})
