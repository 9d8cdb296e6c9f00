// A service's snapshot as a Vue ref: the one way by which stores see services.
import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Snapshot } from '../services/snapshot'
import { panelServicesKey, partsKey, type LateParts, type PanelServices } from './services'

export function mirror<T>(snapshot: Snapshot<T>): Readonly<ShallowRef<T>> {
  const ref = shallowRef(snapshot.value)
  snapshot.subscribe((value) => {
    ref.value = value
  })
  return ref
}

export const usePanelServices = (): PanelServices => provided(panelServicesKey)
export const useLateParts = (): LateParts => provided(partsKey)

function provided<T>(key: InjectionKey<T>): T {
  const found = inject(key)
  if (!found)
    throw new Error(
      'The panel was mounted without its services: main-panel.ts provides them before it mounts.',
    )
  return found
}
