// What the organisation needs from outside: time, chance, its addresses, and the media server's two senses.
import type { Clock } from './clock'
import type { DecodedAudio, FetchedAsset } from './media'
import type { Random } from './random'

export interface OrgParts {
  clock: Clock
  random: Random
  /** Where the sandbox is reached, e.g. `http://localhost:4680`. */
  origin: string
  /** Where the app runs, ending in a slash; null while none does. */
  appUrl: string | null
  /** Fetches what the media server is told to play; rejects with a reason where there is no answer at all. */
  fetchAsset(url: string): Promise<FetchedAsset>
  /** Rejects with the reason where the bytes are no whole, playable audio. */
  decodeAudio(bytes: Uint8Array): Promise<DecodedAudio>
  /** How many plays, sounds and calls that have ended the organisation remembers of each; 1000 where nothing is said. */
  keepPlays?: number
}
