// What can be made to go wrong, by name: which faults exist, what each may be limited to, what each needs to know.
export const garbageKinds = ['no-json', 'no-topic', 'unknown-topic', 'missing-fields', 'huge'] as const
export type GarbageKind = (typeof garbageKinds)[number]

/** Narrows a fault down; what is left out fits everything of its family. */
export interface FaultMatch {
  /** Of a request, e.g. `POST`. */
  method?: string
  /** Of a request: how its path begins, or the whole path with `*` for any part. Without it: everything in /api/v2. */
  path?: string
  /** Named in a request's path or body, in a conversation's event, in a media event, in a play. */
  interactionId?: string
  /** Of a frame: how its topic begins, or the whole topic with `*`. Without it: everything but channel.metadata. */
  topic?: string
  /** Of a media event. */
  state?: string
  channelId?: string
  /** Whose tokens. Without it: the agent's of this desktop. */
  userId?: string
}

export interface Fault {
  kind: FaultKind
  match?: FaultMatch
  /** How often it strikes; null: until it is cleared. 1 where nothing is said. */
  times?: number | null
  /** Of an answer. */
  status?: number
  /** Of an answer, as its `Retry-After`. */
  retryAfterS?: number
  /** Of an answer's error body. */
  code?: string
  message?: string
  /** Of an answer's error body: makes a 403 name them. */
  missingPermissions?: string[]
  delayMs?: number
  /** How long it sounds before it fails. */
  afterMs?: number
  /** null: until it is cleared. */
  forMs?: number | null
  /** A delayed frame keeps its place in the order of its socket unless it may be overtaken. */
  overtaken?: boolean
  /** Which garbage; without it one of each. */
  what?: GarbageKind
  /** With it a cut socket gets a close frame with this code, without it none. */
  closeCode?: number
  /** Is the channel told that it is removed? True where nothing is said. */
  told?: boolean
  /** false: the network is up again. */
  down?: boolean
  /** What the media server says when a play fails midway. */
  error?: string
}

type Field = Exclude<keyof Fault, 'kind' | 'match' | 'times'>

interface KindRule {
  family: 'request' | 'frame' | 'play' | 'strike'
  match: readonly (keyof FaultMatch)[]
  needs?: readonly Field[]
  allows?: readonly Field[]
}

const request = { family: 'request', match: ['method', 'path', 'interactionId'] } as const
const frame = { family: 'frame', match: ['topic', 'state', 'interactionId', 'channelId'] } as const
const play = { family: 'play', match: ['interactionId'] } as const
const words = ['retryAfterS', 'code', 'message', 'missingPermissions'] as const
const onChannel = { family: 'strike', match: ['channelId'] } as const
const onToken = { family: 'strike', match: ['userId'] } as const

/** Requests, frames and plays are struck when they come by; a strike happens at once. */
export const faultKinds = {
  /** Refused before anything happens. */
  status: { ...request, needs: ['status'], allows: words },
  /** Carried out, but answered like this; 500 where nothing is said. */
  'done-but-status': { ...request, allows: ['status', ...words] },
  /** Never arrives; the caller's connection breaks. */
  'lose-request': request,
  /** Carried out; the caller's connection breaks instead of an answer. */
  'lose-answer': request,
  /** Never carried out and never answered: the caller has to give up. */
  hang: request,
  /** Carried out now, answered later. */
  late: { ...request, needs: ['delayMs'] },
  /** Arrives later: carried out and answered then, whether or not the caller still waits. */
  slow: { ...request, needs: ['delayMs'] },
  lose: frame,
  duplicate: frame,
  delay: { ...frame, needs: ['delayMs'], allows: ['overtaken'] },
  /** Plays, and never says a word of it. */
  'no-events': play,
  /** Buffers for ever. */
  stuck: play,
  'fail-midway': { ...play, needs: ['afterMs'], allows: ['error'] },
  'end-twice': { ...play, allows: ['delayMs'] },
  /** The first sound comes so much later. */
  'start-late': { ...play, needs: ['delayMs'] },
  /** Sends the last event of the interaction's latest play that has ended. */
  'old-event': { family: 'strike', match: ['interactionId'] },
  cut: { ...onChannel, allows: ['closeCode'] },
  /** The sockets now open hear nothing, and are not heard; new ones are. */
  silence: { ...onChannel, needs: ['forMs'] },
  garbage: { ...onChannel, allows: ['what'] },
  /** A second connection takes the channel, and keeps it until somebody connects. */
  steal: onChannel,
  'remove-channel': { ...onChannel, allows: ['told'] },
  'revoke-token': onToken,
  'expire-token': onToken,
  /** The API and the channels cannot be reached. */
  network: { family: 'strike', match: [], allows: ['forMs', 'down'] },
} as const satisfies Record<string, KindRule>

export type FaultKind = keyof typeof faultKinds

/** One way to read all kinds. */
export const ruleOf = (kind: FaultKind): KindRule => faultKinds[kind]
