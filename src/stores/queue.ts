// Mirror of the queue, plus its intents: play now or wait, move, remove, clear, go on.
import { defineStore } from 'pinia'
import type { Prompt } from '../core/catalogue'
import { mirror, usePanelServices } from './mirror'

export const useQueueStore = defineStore('queue', () => {
  const { queue } = usePanelServices()
  return {
    state: mirror(queue.snapshot),
    request: (prompt: Prompt) => queue.request(prompt),
    remove: (id: string) => queue.remove(id),
    move: (id: string, by: -1 | 1) => queue.move(id, by),
    clear: () => queue.clear(),
    goOn: () => queue.goOn(),
  }
})
