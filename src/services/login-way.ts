// The beginning of a way to the login: the nonce that has to come back, and where what the grant needs is kept meanwhile.
import { encodeOAuthState, type OAuthReturn } from '../core/launch'
import type { Auth, Chance, TabStorage } from '../core/ports'

interface WayPorts {
  readonly storage: TabStorage
  readonly chance: Chance
}

export interface LoginWay {
  /** What goes to the login as `state`. */
  readonly state: string
  /** Keeps what the grant will need when the login answers. */
  keep(note: string): void
  /** Nothing will come back of it. */
  forget(): void
}

export const nonceKey = (nonce: string) => `cueline.nonce.${nonce}`

/** Null: the browser keeps nothing here, so whatever came back could not be told from a forgery. */
export function prepareWay({ storage, chance }: WayPorts, search: string, apart = false): LoginWay | null {
  const nonce = chance.id()
  if (!storage.write(nonceKey(nonce), '')) return null
  return {
    state: encodeOAuthState({ nonce, search, apart }),
    keep: (note) => void storage.write(nonceKey(nonce), note),
    forget: () => storage.remove(nonceKey(nonce)),
  }
}

/** In this tab the login does not let anybody pass unseen: a person has to do something there, or it may not be framed. */
const seenKey = 'cueline.signin.seen'

export const mayPassQuietly = async ({ read }: Pick<TabStorage, 'read'>, way: Pick<Auth, 'mayPassQuietly'>) =>
  read(seenKey) === null && (await way.mayPassQuietly())

/** Through the login without leaving the page, where that may be tried. Null: this is no way here, for the rest of this tab. */
export async function passQuietly(
  ports: WayPorts,
  search: string,
  signIn: Auth['signInQuietly'],
): Promise<OAuthReturn | null> {
  const way = prepareWay(ports, search, true)
  if (way === null) return null
  const answer = await signIn(way.state, way.keep)
  if (answer !== null) return answer
  way.forget()
  ports.storage.write(seenKey, '')
  return null
}
