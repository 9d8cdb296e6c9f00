// A service's snapshot as a Vue ref: the one way by which stores see services.
import { inject, shallowRef, type ShallowRef } from 'vue'
import type { Snapshot } from '../services/snapshot'
import { panelServicesKey, type PanelServices } from './services'

export function mirror<T>(snapshot: Snapshot<T>): Readonly<ShallowRef<T>> {
  const ref = shallowRef(snapshot.value)
  snapshot.subscribe((value) => {
    ref.value = value
  })
  return ref
}

export function usePanelServices(): PanelServices {
  const services = inject(panelServicesKey)
  if (!services)
    throw new Error(
      'The panel was mounted without its services: main-panel.ts provides them before it mounts.',
    )
  return services
}
