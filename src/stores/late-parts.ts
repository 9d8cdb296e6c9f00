// Asks for the parts of the panel that no first click needs, until they are there.
import { shallowRef } from 'vue'
import type { Clock } from '../core/ports'
import type { LateParts, PanelParts } from './services'

const againMs = 3_000

/** What did not arrive is asked for again until it does: with it come the search, and the words to be read aloud. */
export function createLateParts(load: () => Promise<PanelParts>, clock: Pick<Clock, 'after'>): LateParts {
  const parts = shallowRef<PanelParts | null>(null)
  const failures = shallowRef(0)
  let isLoading = false
  let undo = () => {}
  async function ask(): Promise<void> {
    if (isLoading || parts.value) return
    undo()
    isLoading = true
    try {
      parts.value = await load()
    } catch {
      failures.value += 1
      undo = clock.after(againMs, () => void ask())
    }
    isLoading = false
  }
  return { parts, failures, ask: () => void ask() }
}
