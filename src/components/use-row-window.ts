// Which rows of a long list are near enough to be drawn: all have one height, so that it is a division.
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'

/** Drawn beyond each edge, so that a scroll never shows a hole. */
const spareRows = 6

/** `heightOf`: a row's height for the list's width, both in CSS pixels. */
export function useRowWindow(
  list: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  heightOf: (width: number) => number,
) {
  const top = ref(0)
  const size = ref({ width: 0, height: 0 })
  const rowHeight = computed(() => heightOf(size.value.width))
  const onScroll = () => (top.value = list.value?.scrollTop ?? 0)
  const measure = new ResizeObserver(([entry]) => {
    if (entry) size.value = { width: entry.contentRect.width, height: entry.contentRect.height }
  })
  const leave = (element: HTMLElement | null | undefined) => {
    element?.removeEventListener('scroll', onScroll)
    measure.disconnect()
  }
  watch(
    list,
    (element, before) => {
      leave(before)
      element?.addEventListener('scroll', onScroll, { passive: true })
      if (element) measure.observe(element)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => leave(list.value))
  const first = computed(() => Math.max(0, Math.floor(top.value / rowHeight.value) - spareRows))
  const last = computed(() =>
    Math.min(count(), Math.ceil((top.value + size.value.height) / rowHeight.value) + spareRows),
  )
  return { first, last, rowHeight }
}
