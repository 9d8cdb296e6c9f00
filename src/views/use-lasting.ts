// What lasts: true once something has been so for a while, so that a passing state moves nothing on screen.
import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/** False again at once when it is over. */
export function useLasting(isSo: () => boolean, leastMs: number): Readonly<Ref<boolean>> {
  const lasts = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const forget = () => clearTimeout(timer)
  watch(
    isSo,
    (so) => {
      forget()
      lasts.value = false
      if (so) timer = setTimeout(() => (lasts.value = true), leastMs)
    },
    { immediate: true },
  )
  onScopeDispose(forget)
  return readonly(lasts)
}
