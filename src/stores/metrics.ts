// Mirror of the numbers, and the intents of those who look at them.
import { defineStore } from 'pinia'
import { inject, type InjectionKey } from 'vue'
import type { MetricsService } from '../services/metrics'
import { mirror } from './mirror'

/** Given by whoever loads the view: the panel itself only notes what it sees. */
export const metricsKey: InjectionKey<Pick<MetricsService, 'snapshot' | 'watch' | 'forget'>> =
  Symbol('metrics')

export const useMetricsStore = defineStore('metrics', () => {
  const metrics = inject(metricsKey)
  if (!metrics) throw new Error('The view of the numbers was mounted without its service.')
  return {
    state: mirror(metrics.snapshot),
    /** The report comes, and comes anew, until the undo. */
    watch: () => metrics.watch(),
    forget: () => void metrics.forget(),
  }
})
