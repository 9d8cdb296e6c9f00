// What the playback service shows and what it needs: its state, its ports and its rules.
import type { Prompt } from '../core/catalogue'
import type { Interaction } from '../core/conversation'
import type { GuardAction, GuardRule, Obstacle } from '../core/guard'
import type { Deadlines, Playback } from '../core/playback'
import type { Bus, Chance, Clock, Locks, PlaybackBackend } from '../core/ports'
import type { Readiness } from './prompts'

export interface PlaybackServiceState {
  /** The newest playback, running or ended. */
  readonly current: Playback | null
  /** The last playbacks of this panel as they stand now, the one with the newest news first. */
  readonly recent: readonly Playback[]
  /** The guard asks: the agent may play anyway, or leave it. */
  readonly question: { readonly obstacle: Obstacle; readonly prompt: Prompt } | null
  /** The URL that another panel was seen to play in this interaction. */
  readonly foreign: string | null
  /** Prompt keys that were completed in this interaction. */
  readonly played: readonly string[]
}

export const nothingPlayed: PlaybackServiceState = {
  current: null,
  recent: [],
  question: null,
  foreign: null,
  played: [],
}

export interface PlaybackPorts {
  readonly backend: PlaybackBackend
  readonly clock: Clock
  readonly chance: Chance
  readonly locks: Locks
  readonly bus: Bus
  prepare(promptKey: string): Promise<Readiness>
  /** What was prepared already, without waiting: so that a click costs one request. */
  readiness(promptKey: string): Readiness | null
  interaction(): Interaction | null
  signedIn(): boolean
  channelLive(): boolean
  /** It is on its way, so a click may wait for it. */
  channelOpening(): boolean
  /** Whether it came. */
  whenLive(): Promise<boolean>
  /** This file is under way in another interaction of another panel, and may even be heard there now. */
  playsElsewhere(url: string, interactionId: string): 'open' | 'heard' | null
  /** Each step, for the numbers. */
  observe(before: Playback, after: Playback): void
  /** Each outcome, and each better one that replaces `unknown`. */
  record(playback: Playback): void
}

export interface PlaybackRules {
  readonly deadlines: Deadlines
  readonly volume: number
  readonly guards: Readonly<Record<GuardRule, GuardAction>>
}
