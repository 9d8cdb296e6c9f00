// The view of the numbers: nothing yet, few, many, and what an organisation's collector says.
import { createSnapshot } from '../../src/services/snapshot'
import type { MetricsState } from '../../src/services/metrics'
import { metricsKey } from '../../src/stores/metrics'
import MetricsView from '../../src/views/MetricsView.vue'
import { press, view } from '../scene'
import { manyNumbers, reportAfter } from './numbers'
import { panelScene } from './panel-scene'

const views = { metrics: () => Promise.resolve(MetricsView) }
const scene = (state: Partial<MetricsState>, act?: (stage: HTMLElement) => void) =>
  panelScene({
    view: 'metrics',
    views,
    act,
    provide: {
      [metricsKey as symbol]: {
        snapshot: createSnapshot<MetricsState>({ report: null, delivery: null, ...state }),
        watch: () => () => undefined,
        forget: () => undefined,
      },
    },
  })

export const numbers = [
  view('Numbers', {
    'being read': scene({}),
    'nothing played': scene({ report: reportAfter([]) }),
    few: scene({ report: reportAfter([{}, { outcome: 'failed', code: 'carrier_failed' }]) }),
    many: scene({ report: manyNumbers(), delivery: { sent: 12, dropped: 0, problem: null } }),
    'collector out of reach': scene({
      report: manyNumbers(),
      delivery: { sent: 12, dropped: 3, problem: 'HTTP 503' },
    }),
    'about to begin anew': scene({ report: manyNumbers() }, (stage) => press(stage, 'Begin anew')),
  }),
]
