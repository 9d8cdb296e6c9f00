// Which interactions are open at this desktop, and which of them is in front.
import type { DesktopCall } from './world'

const finishedKey = 'desktop.finished'

/** `memory` keeps over a reload which wrap-ups are done, since the organisation does not know of them. */
export function createSelection(memory: Pick<Storage, 'getItem' | 'setItem'>) {
  const finished = new Set((memory.getItem(finishedKey) ?? '').split(' ').filter((id) => id !== ''))
  const seen = new Set<string>()
  let selectedId: string | null = null

  return {
    selectedId: () => selectedId,
    select(id: string): void {
      selectedId = id
    },
    finish(id: string): void {
      finished.add(id)
      memory.setItem(finishedKey, [...finished].join(' '))
    },
    /** The calls to show: live ones and those in wrap-up. A call that is new at a running desktop comes to the front. */
    open(calls: readonly DesktopCall[]): DesktopCall[] {
      const open = calls.filter((call) => !call.over || (call.wrapupRequired && !finished.has(call.id)))
      const running = seen.size > 0
      const fresh = open.filter(({ id }) => !seen.has(id))
      fresh.forEach(({ id }) => seen.add(id))
      const newest = fresh.at(-1)
      const lost = !open.some(({ id }) => id === selectedId)
      if (running && newest && fresh.length === 1) selectedId = newest.id
      else if (lost) selectedId = open[0]?.id ?? null
      return open
    },
  }
}
