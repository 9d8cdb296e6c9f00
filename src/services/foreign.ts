// A playback of another panel in this call, as far as the carrier's events tell of it.
import type { Clock } from '../core/ports'

/** Long for a prompt: an end that never comes must not stand in the way for ever. The platform refuses a second one anyway. */
const forgetAfterMs = 120_000
/** Late and doubled events of a playback of our own come within this time after its end. */
const echoMs = 30_000

export function createForeign(clock: Clock, show: (url: string | null) => void) {
  const endedAtMs = new Map<string, number>()
  let undo: (() => void) | null = null

  function clear(): void {
    undo?.()
    undo = null
    show(null)
  }

  function isEcho(url: string | null): boolean {
    const at = url === null ? undefined : endedAtMs.get(url)
    return at !== undefined && clock.now() - at < echoMs
  }

  return {
    /** A playback of our own with this file is over. */
    ownEnded: (url: string): unknown => endedAtMs.set(url, clock.now()),
    note(url: string | null, playing: boolean): void {
      if (playing && isEcho(url)) return
      clear()
      if (!playing) return
      undo = clock.after(forgetAfterMs, clear)
      show(url)
    },
    clear,
    dispose: () => undo?.(),
  }
}
