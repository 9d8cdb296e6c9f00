// Keeps where the agent was, per interaction, and gives it back once after a reload or a way through the login.
import { readPlace, type Place } from '../core/place'
import type { Locks, TabStorage } from '../core/ports'

/** Panels of one interaction in one tab share its storage: each keeps its own place there, under the first free number. */
const numbers = [0, 1, 2, 3]
const keyOf = (interactionId: string | null, number: number) =>
  `cueline.place.${interactionId ?? 'standalone'}${number === 0 ? '' : `.${number}`}`

interface PlacePorts {
  readonly storage: TabStorage
  readonly locks: Locks
}

/** `read` tells the place as it is now; it is written each time one of its sources says that something changed. */
export function createPlaceKeeper(ports: PlacePorts, launchedFor: string | null, read: () => Place) {
  const { storage, locks } = ports
  let key: string | null = null
  let release: (() => void) | null = null
  let last = ''
  let over = false

  /** Places that hold something come first: another tab may have taken the number that was ours before. */
  async function choose(): Promise<string | null> {
    const keys = numbers.map((number) => keyOf(launchedFor, number))
    const filled = keys.filter((candidate) => storage.read(candidate) !== null)
    for (const candidate of [...filled, ...keys.filter((one) => !filled.includes(one))]) {
      release = await locks.tryHold(candidate)
      if (release !== null) return candidate
    }
    return null
  }

  let choosing: ReturnType<typeof choose> | null = null

  return {
    /** Asks the browser for the place's number already: what lies there is read when it is known whose panel it is. */
    expect(): void {
      choosing ??= choose()
    },
    /** Before the place was given back there is nothing better to keep than what is kept. */
    save(): void {
      if (key === null || over) return
      const text = JSON.stringify(read())
      if (text === last) return
      last = text
      storage.write(key, text)
    },
    async load(): Promise<Place | null> {
      const chosen = await (choosing ?? choose())
      choosing = null
      if (over) release?.()
      if (over || chosen === null) return null
      key = chosen
      return readPlace(storage.read(chosen))
    },
    dispose(): void {
      over = true
      release?.()
    },
  }
}
