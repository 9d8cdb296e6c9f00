// Which rows of a long list are near enough to be drawn, where rows differ in height and the page around them scrolls.
import { computed, nextTick, onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue'

/** Drawn beyond each edge, in CSS pixels, so that a scroll never shows a hole. */
const sparePx = 240

/**
 * `tops`: where each row begins and, as one more, where the last one ends, in CSS pixels from the top of the list. Only
 * what is not drawn is taken from it: rows that are drawn have the height that they have.
 */
export function useListWindow(
  list: Readonly<Ref<HTMLElement | null>>,
  tops: () => Readonly<Float64Array>,
  drawsAll: () => boolean,
) {
  const sight = shallowRef({ top: 0, bottom: 800, width: 320 })
  function measure(): void {
    const box = list.value?.getBoundingClientRect()
    if (!box) return
    const { top, bottom, width } = sight.value
    const next = { top: -box.top, bottom: window.innerHeight - box.top, width: box.width }
    if (next.top !== top || next.bottom !== bottom || next.width !== width) sight.value = next
  }
  const resizes = new ResizeObserver(measure)
  onMounted(() => {
    measure()
    // What stands above the list may grow and push it down; whatever scrolls, the list is in it.
    resizes.observe(document.body)
    document.addEventListener('scroll', measure, { capture: true, passive: true })
    window.addEventListener('resize', measure)
  })
  onBeforeUnmount(() => {
    resizes.disconnect()
    document.removeEventListener('scroll', measure, { capture: true })
    window.removeEventListener('resize', measure)
  })
  const count = () => tops().length - 1
  const first = computed(() => (drawsAll() ? 0 : Math.max(0, rowAt(tops(), sight.value.top - sparePx))))
  const last = computed(() =>
    drawsAll() ? count() : Math.min(count(), rowAt(tops(), sight.value.bottom + sparePx) + 1),
  )
  return {
    first,
    last,
    width: computed(() => sight.value.width),
    /** Scrolls until the row is drawn. */
    async reveal(row: number): Promise<void> {
      const mark = document.createElement('i')
      mark.style.cssText = `position:absolute;top:${tops()[row] ?? 0}px`
      list.value?.append(mark)
      mark.scrollIntoView({ block: 'center' })
      mark.remove()
      measure()
      await nextTick()
    },
  }
}

/** The row in which this height lies: the last one that begins at or above it. */
function rowAt(tops: Readonly<Float64Array>, y: number): number {
  let [low, high] = [0, tops.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((tops[middle] ?? Infinity) <= y) low = middle
    else high = middle - 1
  }
  return low
}
