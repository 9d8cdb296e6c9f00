// A panel on screen over snapshots made by hand: real stores and views, no services behind them.
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { shallowRef } from 'vue'
import App from '../../src/App.vue'
import type { Boot } from '../../src/core/boot'
import { panelServicesKey } from '../../src/stores/services'
import { createTestServices } from './panel-services'

const running: Boot = { stage: 'running', embedded: true, hostProblem: null }

/** Which view the launch asks for, and those that there are beside the panel. */
type Launched = Partial<Pick<InstanceType<typeof App>['$props'], 'view' | 'views'>>

interface More {
  readonly provide?: Record<symbol, unknown>
  /** What there is before anything is drawn. */
  before?(snapshots: ReturnType<typeof createTestServices>['snapshots']): void
}

/** Mounts the whole app at this stage of its start. The test unmounts it. */
export function mountApp(
  stage: Boot = running,
  missing: readonly string[] = [],
  launched: Launched = {},
  more: More = {},
) {
  const { asked, snapshots, services } = createTestServices()
  more.before?.(snapshots)
  const boot = shallowRef(stage)
  const wrapper = mount(App, {
    props: { boot, missing, view: 'panel', views: {}, ...launched },
    attachTo: document.body,
    global: {
      plugins: [createPinia()],
      provide: { [panelServicesKey as symbol]: services, ...more.provide },
    },
  })
  return { wrapper, boot, asked, snapshots, text: () => wrapper.text() }
}
