// Keeps where the agent was, per interaction, and gives it back once after a reload or a way through the login.
import { readPlace, type Place } from '../core/place'
import type { TabStorage } from '../core/ports'

const keyOf = (interactionId: string | null) => `cueline.place.${interactionId ?? 'standalone'}`

/** `read` tells the place as it is now; it is written each time one of `sources` says that something changed. */
export function createPlaceKeeper(storage: TabStorage, launchedFor: string | null, read: () => Place) {
  const key = keyOf(launchedFor)
  let last = ''
  let loaded = false
  return {
    /** Before the place was given back there is nothing better to keep than what is kept. */
    save(): void {
      if (!loaded) return
      const text = JSON.stringify(read())
      if (text === last) return
      last = text
      storage.write(key, text)
    },
    load(): Place | null {
      loaded = true
      return readPlace(storage.read(key))
    },
  }
}
