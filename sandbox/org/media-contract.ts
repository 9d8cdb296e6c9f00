// Everything in the sandbox beyond the platform SDK's models, by name: the tutorial's Media API, its frames, its events.
import type { Models } from 'purecloud-platform-client-v2'

/** What an endpoint says it can play: a list, or one string with commas. */
export interface MediaCapabilities {
  audio: { supportedCodecs: string[] | string }
}

/** A call's participant as the SDK has it, and the one field a gateway with a Media API adds. */
export type SandboxParticipant = Models.CallMediaParticipant & { mediaCapabilities?: MediaCapabilities }

/** A call as the SDK has it, made of such participants. */
export type SandboxConversation = Omit<Models.CallConversation, 'participants'> & {
  participants: SandboxParticipant[]
}

/** A call's participant in an event, which carries that field as well. */
type EventParticipant = Models.ConversationCallEventTopicCallMediaParticipant & {
  mediaCapabilities?: MediaCapabilities
}

/** A call as the topics of users and queues tell it. */
export type SandboxCallEvent = Omit<Models.ConversationCallEventTopicCallConversation, 'participants'> & {
  participants: EventParticipant[]
}

/** Body of POST /api/v2/media/play. */
export interface MediaPlayRequest {
  interactionId: string
  media: [{ url: string; type: 'audio'; playbackOptions: { volume: number } }]
}

/** Its answer: 202 with "queued", or 200 with "processed". */
export interface MediaPlayAnswer {
  status: 'queued' | 'processed'
}

export type MediaState = 'buffering' | 'playing' | 'completed' | 'error'

/** An event to a socket that subscribed to the interaction. */
export interface MediaPlaybackEvent {
  type: 'media.playback.state'
  state: MediaState
  url: string
  error?: string
}

/** What a client sends on its notification socket to get these events. */
export interface MediaSubscribeFrame {
  action: 'subscribe'
  eventTypes: ['media.playback.state']
  filters: { interactionId: string }
}

/** The answer to a frame with an action that cannot be done. */
export interface MediaFrameError {
  type: 'error'
  action: string
  error: string
}
