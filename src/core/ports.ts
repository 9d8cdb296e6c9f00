// Every interface that the outside must implement for the panel, on one page. The team view's stand in team-ports.ts, the preview's in preview.ts.
import type { AssetCheck, CheckedAsset } from './asset'
import type { Catalogue } from './catalogue'
import type { Conversation } from './conversation'
import type { Answer } from './errors'
import type { OAuthReturn } from './launch'
import type { Seen } from './observation'
import type { PanelMessage } from './panels'
import type { Candidate } from './prompt'

export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Runs once after `delayMs`; returns its undo. */
  after(delayMs: number, run: () => void): () => void
}

export interface Chance {
  /** In [0, 1). */
  number(): number
  /** A new UUID. */
  id(): string
}

/** Per-tab storage that may refuse: every method says whether it worked, none throws. */
export interface TabStorage {
  read(key: string): string | null
  write(key: string, value: string): boolean
  remove(key: string): void
}

/** Storage that outlives the tab, of this browser profile. May refuse: then `write` is false and nothing is kept. */
export interface KeptStorage {
  entries(prefix: string): readonly (readonly [key: string, value: string])[]
  write(key: string, value: string): boolean
  remove(key: string): void
}

/** One holder at a time among all panels of this browser; where the browser has no locks, each panel holds its own. */
export interface Locks {
  /** The release, or null while another panel holds it. Never waits. */
  tryHold(name: string): Promise<(() => void) | null>
  /** Calls `held` once the lock is this panel's; the undo gives up waiting, or the lock. */
  whenHeld(name: string, held: () => void): () => void
  isHeld(name: string): Promise<boolean>
}

/** What panels of one desktop say to each other. A panel does not hear itself. */
export interface Bus {
  /** False where the browser refuses it: nobody is heard, and nobody hears. */
  readonly isShared: boolean
  post(message: PanelMessage): void
  onMessage(listener: (message: PanelMessage) => void): () => void
}

/** What a chain of records needs of the machine. */
export interface Sealing {
  /** SHA-256 of the text's UTF-8 bytes, 64 hexadecimal digits. Rejects where the browser has none (no secure origin). */
  digest(text: string): Promise<string>
  /** Minutes east of UTC, where this machine stands, at that moment. */
  utcOffsetMin(atMs: number): number
}

export interface Downloads {
  /** Hands the text to the browser as a file for its user. */
  save(fileName: string, mediaType: string, text: string): void
}

/** The signed-in person and what the token allows. */
export interface Identity {
  readonly userId: string
  readonly name: string
  /** Null where the platform did not say. */
  readonly organizationId?: string | null
  readonly scopes: readonly string[] | null
}

export interface TokenGrant {
  readonly token: string
  /** Seconds from now; null where the login did not say. */
  readonly expiresInS: number | null
}

export interface Auth {
  /**
   * Leaves the page for the organisation's login; comes back with `state`. `keep` notes what the way back will need. Rejects where
   * the code for it did not arrive: the page stays.
   */
  redirectToSignIn(state: string, keep: (note: string) => void): Promise<void>
  /** Whether this browser lets the login know in a frame who is signed in there. */
  mayPassQuietly(): Promise<boolean>
  /** The same in a frame that nobody sees: the page stays. Null where the login would have to be seen. */
  signInQuietly(state: string, keep: (note: string) => void): Promise<OAuthReturn | null>
  /** The same in a window of its own, on the agent's click; null when the window was closed or could not open. */
  signInByPopup(state: string, keep: (note: string) => void): Promise<OAuthReturn | null>
  /** Makes a token of what came back; `note` is what was kept on the way out. Rejects where the code for it did not arrive. */
  redeem(returned: OAuthReturn, note: string): Promise<Answer<TokenGrant>>
  useToken(token: string): void
  fetchIdentity(): Promise<Answer<Identity>>
  signOut(): Promise<Answer<void>>
}

export interface Conversations {
  fetchCall(conversationId: string): Promise<Answer<Conversation>>
  fetchMyCalls(): Promise<Answer<readonly Conversation[]>>
  /** The same as the platform sent them, each a body for `readCall`: for other panels too. */
  fetchMyCallBodies(): Promise<Answer<readonly unknown[]>>
  /** Adds these attributes to the participant's; others stay. Values under 256 characters. */
  writeAttributes(
    conversationId: string,
    participantId: string,
    attributes: Readonly<Record<string, string>>,
  ): Promise<Answer<void>>
  /** A body from a notification; null when it is not a call. */
  readCall(body: unknown): Conversation | null
}

export interface ChannelAddress {
  readonly id: string
  readonly connectUri: string
}

export interface RefusedTopic {
  readonly topic: string
  readonly reason: string
}

export interface Channels {
  createChannel(): Promise<Answer<ChannelAddress>>
  /** Adds topics; answers with those that were refused. */
  subscribe(channelId: string, topics: readonly string[]): Promise<Answer<readonly RefusedTopic[]>>
}

export interface Socket {
  /** False when it could not be handed to an open socket. */
  send(text: string): boolean
  close(): void
}

export interface SocketListener {
  open(): void
  message(text: string): void
  closed(): void
}

export type OpenSocket = (uri: string, listener: SocketListener) => Socket

/** The part of the live channel that a backend may use: frames out, frames in, and when a new connection stands. */
export interface Wire {
  /** Sends, then resolves once the platform has answered a ping behind it; false when the connection went first. */
  sendAndConfirm(text: string): Promise<boolean>
  /** Adds topics of the platform to this and every later connection; refused ones are answered, not thrown. */
  addTopics(topics: readonly string[]): Promise<readonly RefusedTopic[]>
  onTopic(listener: (topic: string, body: unknown) => void): () => void
  onMedia(listener: (event: MediaEvent) => void): () => void
  /** `byAnother`: the connection is another panel's, so what was missed is missed by all of them. */
  onConnected(listener: (byAnother?: boolean) => void): () => void
}

/** The conversation as it was last seen, and each new view of it. */
export interface CallFeed {
  conversation(): Conversation | null
  onConversation(listener: (conversation: Conversation) => void): () => void
}

export interface MediaEvent {
  readonly state: 'buffering' | 'playing' | 'completed' | 'error' | 'subscribe-refused'
  readonly url: string | null
  readonly error: string | null
  /** May be an old word, said again because somebody subscribed. */
  readonly late?: boolean | undefined
}

export interface Capabilities {
  readonly stop: boolean
  /** What the carrier needs of a recording: its URL, an Architect prompt by name, or an address to dial. */
  readonly medium: 'url' | 'prompt' | 'address'
  /** The call may look held or confined while the carrier plays: that is no interruption. */
  readonly looksHeld: boolean
  /** The platform refuses to play while a supervisor listens in. */
  readonly refusesMonitored: boolean
  readonly agentHears: 'yes' | 'no' | 'as the gateway does'
  readonly recorded: 'yes' | 'no' | 'as the gateway does'
}

export interface StartRequest {
  readonly playbackId: string
  readonly interactionId: string
  /** The customer's participant. */
  readonly participantId: string
  readonly promptKey: string
  readonly language: string
  readonly asset: CheckedAsset
  /** 0 to 1. */
  readonly volume: number
}

export interface CarrierEvent {
  readonly interactionId: string
  /** The panel's own id, where the carrier hands it back. */
  readonly playbackId: string | null
  /** `stopped`: ended early because the agent wanted it. */
  readonly state: 'buffering' | 'playing' | 'completed' | 'stopped' | 'error'
  readonly url: string | null
  readonly carrierId: string | null
  readonly error: string | null
  /** Told some time after it happened: that is known to have been, but not when. */
  readonly late?: boolean
  /** Deduced from what was seen, not told by the carrier: it holds only where nothing went unseen. */
  readonly deduced?: boolean
}

/** A way by which audio reaches the call. */
export interface PlaybackBackend {
  readonly name: string
  readonly capabilities: Capabilities
  /**
   * Makes sure that events of this interaction arrive: answers when they do, or with the reason why they will not. At once
   * where that is known, so that a click need not wait.
   */
  watch(interactionId: string): Answer<void> | Promise<Answer<void>>
  onEvent(listener: (event: CarrierEvent) => void): () => void
  start(request: StartRequest): Promise<Answer<{ readonly carrierId: string | null }>>
  /** A playback from before a reload, whose request was sent: take up its events again. */
  adopt(
    request: Omit<StartRequest, 'volume'> & {
      readonly requestedAtMs: number
      readonly carrierId: string | null
    },
  ): void
  /** Ends a playback early; only where `capabilities.stop` says so. */
  stop?(playbackId: string): Promise<Answer<void>>
  dispose(): void
}

export interface CatalogueSource {
  /** The platform's own sources can be read only once somebody is signed in. */
  readonly needsSignIn?: boolean
  fetchCatalogue(): Promise<Answer<Catalogue>>
}

export interface Assets {
  /** Fetches, sniffs, decodes and hashes; answers with what was found, never throws. */
  check(candidate: Candidate): Promise<AssetCheck>
}

export interface Toast {
  readonly title: string
  readonly message: string
  readonly kind: 'info' | 'error' | 'success'
}

/** The desktop around the panel; outside a desktop `embedded` is false and the rest does nothing. */
export interface Host {
  readonly embedded: boolean
  /** The region's domain as the desktop says it, e.g. `mypurecloud.de`; null where it says none. */
  readonly environment: string | null
  bootstrapped(): void
  showToast(toast: Toast): void
  setAttentionCount(count: number): void
  /** Opens somebody's profile in the desktop, or an interaction's details; whether the agent may see it is the desktop's to say. */
  showUser(userId: string): void
  showInteraction(conversationId: string): void
  onFocus(listener: () => void): () => void
  onBlur(listener: () => void): () => void
  /** The frame is about to go: the promise is waited for before the desktop is told. */
  onStop(listener: () => Promise<void>): () => void
}

/** Where the numbers go besides this browser: a collector of the organisation. */
export interface Telemetry {
  /** Counts only; nothing is sent before its turn. Never throws. */
  take(seen: Seen): void
  /** Sends what is counted. Resolves when it is delivered or given up, within 2 s. */
  flush(): Promise<void>
  readonly delivery: Delivery
}

export interface Delivery {
  readonly sent: number
  /** Exports that the collector did not take. */
  readonly dropped: number
  readonly problem: string | null
}

export interface RequestSpec {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With placeholders, as the SDK writes them: `/api/v2/conversations/calls/{conversationId}`. */
  readonly path: string
  readonly pathParams?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** The platform's HTTP interface. */
export interface Platform {
  /** `body` is whatever came: the caller parses it. */
  request(spec: RequestSpec): Promise<Answer<{ readonly status: number; readonly body: unknown }>>
}
