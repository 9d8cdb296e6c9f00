// Which rows of a long list are near enough to be drawn, where rows differ in height and the page around them scrolls.
import { computed, nextTick, onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from 'vue'

/** Drawn beyond each edge, in CSS pixels, so that a scroll never shows a hole. */
const sparePx = 240
/** While the list changes with each key: for rows that are less high than was estimated. */
const hurriedPx = 24
/** So long after the last key the rows out of sight are drawn too. */
const hurriedMs = 300

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
  const spare = ref(sparePx)
  let patience: ReturnType<typeof setTimeout> | undefined
  function measure(): void {
    const box = list.value?.getBoundingClientRect()
    if (!box) return
    const { top, bottom, width } = sight.value
    const end = Math.min(
      window.innerHeight,
      scrollerOf(list.value)?.getBoundingClientRect().bottom ?? Infinity,
    )
    const next = { top: -box.top, bottom: end - box.top, width: box.width }
    if (next.top !== top || next.bottom !== bottom || next.width !== width) sight.value = next
  }
  function rest(): void {
    clearTimeout(patience)
    spare.value = sparePx
  }
  function onScroll(): void {
    rest()
    measure()
  }
  const resizes = new ResizeObserver(measure)
  onMounted(() => {
    measure()
    // What stands above the list may grow and push it down; whatever scrolls, the list is in it.
    resizes.observe(document.body)
    const scroller = scrollerOf(list.value)
    if (scroller) resizes.observe(scroller)
    document.addEventListener('scroll', onScroll, { capture: true, passive: true })
    window.addEventListener('resize', measure)
  })
  onBeforeUnmount(() => {
    clearTimeout(patience)
    resizes.disconnect()
    document.removeEventListener('scroll', onScroll, { capture: true })
    window.removeEventListener('resize', measure)
  })
  const count = () => tops().length - 1
  const first = computed(() => (drawsAll() ? 0 : Math.max(0, rowAt(tops(), sight.value.top - spare.value))))
  const last = computed(() =>
    drawsAll() ? count() : Math.min(count(), rowAt(tops(), sight.value.bottom + spare.value) + 1),
  )
  return {
    first,
    last,
    width: computed(() => sight.value.width),
    /** The list is another with each key: what is out of sight is drawn once no further key comes. */
    hurry(): void {
      clearTimeout(patience)
      spare.value = hurriedPx
      patience = setTimeout(rest, hurriedMs)
    },
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

/** What cuts the list off at its edges; null where the page itself scrolls. */
function scrollerOf(list: Element | null): Element | null {
  let element = list?.parentElement ?? null
  while (element && !/auto|scroll/.test(getComputedStyle(element).overflowY)) element = element.parentElement
  return element
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
