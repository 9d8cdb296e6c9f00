// Which element of the page shows which row: another list is written into the elements that are there, not built anew.

/** By prompt key: a number that stands for one element. */
export type RowSlots = ReadonlyMap<string, number>

/**
 * A prompt that is still drawn keeps its element, the others take those that became free, then new ones.
 * `held`: the prompt whose element has the focus. It is never given to another one: Enter would play what nobody chose.
 */
export function assignSlots(before: RowSlots, keys: readonly string[], held: string | null): RowSlots {
  const slots = new Map<string, number>()
  const isDrawn = new Set(keys)
  const free: number[] = []
  let next = 0
  for (const [key, slot] of before) {
    next = Math.max(next, slot + 1)
    if (!isDrawn.has(key) && key !== held) free.push(slot)
  }
  free.sort((a, b) => b - a)
  for (const key of keys) slots.set(key, before.get(key) ?? free.pop() ?? next++)
  return slots
}
