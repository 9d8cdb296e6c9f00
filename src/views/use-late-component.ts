// A component whose code comes when it is asked for. Where it does not come, that is to be said, and the next asking tries again.
import { shallowRef, type Component } from 'vue'

export function useLateComponent(load: (() => Promise<Component>) | null) {
  const component = shallowRef<Component | null>(null)
  const isLost = shallowRef(false)
  return {
    component,
    isLost,
    async ask(): Promise<void> {
      try {
        component.value = (await load?.()) ?? null
        isLost.value = false
      } catch {
        isLost.value = true
      }
    },
  }
}
