// Whether the browser has a network at all.
import { onScopeDispose, ref, type Ref } from 'vue'

/** `onBack` is called when the network is back. */
export function useOnline(onBack: () => void): Readonly<Ref<boolean>> {
  const online = ref(navigator.onLine)
  const look = () => {
    online.value = navigator.onLine
    if (online.value) onBack()
  }
  window.addEventListener('online', look)
  window.addEventListener('offline', look)
  onScopeDispose(() => {
    window.removeEventListener('online', look)
    window.removeEventListener('offline', look)
  })
  return online
}
