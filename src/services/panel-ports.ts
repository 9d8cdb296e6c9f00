// What a panel needs of the outside, and what it is launched with.
import type {
  Assets,
  Auth,
  Bus,
  CallFeed,
  CatalogueSource,
  Chance,
  Channels,
  Clock,
  Conversations,
  Downloads,
  Host,
  KeptStorage,
  Locks,
  OpenSocket,
  PlaybackBackend,
  Sealing,
  TabStorage,
  Telemetry,
  Wire,
} from '../core/ports'
import type { createFollowers } from './followers'
import type { Notes } from './notes'
import type { createRecordKeeping } from './record-keeping'
import type { Sharing } from './sharing'

export interface PanelPorts {
  readonly clock: Clock
  readonly chance: Chance
  readonly storage: TabStorage
  readonly kept: KeptStorage
  readonly locks: Locks
  readonly bus: Bus
  /** Begun before the panel, where its page has asked the others already. */
  readonly sharing?: Sharing
  readonly auth: Auth
  readonly conversations: Conversations
  readonly channels: Channels
  readonly openSocket: OpenSocket
  readonly catalogues: readonly CatalogueSource[]
  readonly assets: Assets
  readonly host: Host
  readonly telemetry?: Promise<Telemetry>
  countNotes(notes: Notes): Promise<void>
  /** The part that keeps the records' long form: loaded once somebody is signed in. */
  loadKeeping(): Promise<{ create: typeof createRecordKeeping; sealing: Sealing; downloads: Downloads }>
  /** What follows a playback and no click waits for: loaded with the former. */
  loadFollowers(): Promise<typeof createFollowers>
  createBackend(wire: Wire, calls: CallFeed): PlaybackBackend
  isVisible(): boolean
  /** Tells when the platform refused the token, and when the machine is online again; each returns its undo. */
  onTokenRefused(listener: () => void): () => void
  onOnline(listener: () => void): () => void
}

export interface PanelLaunch {
  readonly conversationId: string | null
  /** The query string to come back to after the login. */
  readonly search: string
  /** Sign-in runs in a window of its own. */
  readonly usePopup: boolean
  readonly appVersion: string
}
