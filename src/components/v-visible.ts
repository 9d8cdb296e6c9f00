// v-visible="{ key, see }": calls `see` with the key each time the element comes into view, and when what is in view becomes another.
import type { ObjectDirective } from 'vue'

interface Sight {
  readonly key: string
  readonly see: (key: string) => void
}
interface Watched {
  sight: Sight
  isInView: boolean
  readonly observer: IntersectionObserver
}
const watched = new WeakMap<Element, Watched>()

export const vVisible: ObjectDirective<Element, Sight> = {
  mounted(element, { value }) {
    const observer = new IntersectionObserver((entries) => {
      const one = watched.get(element)
      if (!one) return
      one.isInView = entries.some((entry) => entry.isIntersecting)
      if (one.isInView) one.sight.see(one.sight.key)
    })
    watched.set(element, { sight: value, isInView: false, observer })
    observer.observe(element)
  },
  updated(element, { value }) {
    const one = watched.get(element)
    if (!one) return
    const isAnother = one.sight.key !== value.key
    one.sight = value
    if (isAnother && one.isInView) value.see(value.key)
  },
  unmounted(element) {
    watched.get(element)?.observer.disconnect()
  },
}
