// The beginning of a way to the login: the nonce that has to come back, and where what the grant needs is kept meanwhile.
import { encodeOAuthState } from '../core/launch'
import type { Chance, TabStorage } from '../core/ports'

interface WayPorts {
  readonly storage: TabStorage
  readonly chance: Chance
}

export interface LoginWay {
  /** What goes to the login as `state`. */
  readonly state: string
  /** Keeps what the grant will need when the login answers. */
  keep(note: string): void
}

export const nonceKey = (nonce: string) => `cueline.nonce.${nonce}`

/** Null: the browser keeps nothing here, so whatever came back could not be told from a forgery. */
export function prepareWay({ storage, chance }: WayPorts, search: string, popup = false): LoginWay | null {
  const nonce = chance.id()
  if (!storage.write(nonceKey(nonce), '')) return null
  const keep = (note: string) => void storage.write(nonceKey(nonce), note)
  return { state: encodeOAuthState({ nonce, search, popup }), keep }
}
