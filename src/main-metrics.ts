// What the view of the numbers brings along: the counting, and the view with its service.
import type { App, Component } from 'vue'
import { createMetricsService, type MetricsPorts, type MetricsService } from './services/metrics'
import type { Notes } from './services/notes'
import { metricsKey } from './stores/metrics'
import MetricsView from './views/MetricsView.vue'
import { speakFurther, type Part } from './texts/part'

/** Waited for before the view is shown. */
export const words = speakFurther(import.meta.glob('./texts/*/metrics.{json,ts}') as Part)

/** One per panel: where the browser keeps nothing, the sums are in it. */
let service: MetricsService | null = null

export async function countNotes(ports: MetricsPorts, notes: Notes): Promise<void> {
  service ??= createMetricsService(ports, notes)
  await service.count()
}

export function createMetricsView(app: App, ports: MetricsPorts, notes: Notes): Component {
  service ??= createMetricsService(ports, notes)
  app.provide(metricsKey, service)
  return MetricsView
}
