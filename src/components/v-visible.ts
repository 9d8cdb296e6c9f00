// v-visible="act": calls `act` each time the element comes into view, so that what is seen is made ready.
import type { ObjectDirective } from 'vue'

const acts = new WeakMap<Element, () => void>()
const observers = new WeakMap<Element, IntersectionObserver>()

export const vVisible: ObjectDirective<Element, () => void> = {
  mounted(element, { value }) {
    acts.set(element, value)
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) acts.get(element)?.()
    })
    observer.observe(element)
    observers.set(element, observer)
  },
  updated(element, { value }) {
    acts.set(element, value)
  },
  unmounted(element) {
    observers.get(element)?.disconnect()
  },
}
