// The present, four times a second, while somebody needs it: computed from timestamps, so slowed timers do no harm.
import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

export function useNow(wanted: () => boolean): Readonly<Ref<number>> {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(timer)
  watch(
    wanted,
    (on) => {
      stop()
      now.value = Date.now()
      if (on) timer = setInterval(() => (now.value = Date.now()), 250)
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(stop)
  return readonly(now)
}
