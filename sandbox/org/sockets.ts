// The notification sockets: one per channel, a heartbeat each, answers in the order of the frames.
import type { Clock } from './clock'
import { readFrame } from './frames'
import type { MediaFrameError, MediaPlaybackEvent } from './media-contract'
import type { Random } from './random'
import type { Channel } from './channels'

const heartbeatMs = 30_000
const closingNoticeMs = 60_000

/** The organisation's end of a wire that somebody else provides. */
export interface Socket {
  send(text: string): void
  close(code: number, reason: string): void
}

/** What the wire tells the organisation. */
export interface Connection {
  receive(text: string): void
  closed(): void
}

interface Live {
  channel: Channel
  socket: Socket
  interactions: Set<string>
  ignoredFrames: number
  undo: Set<() => void>
}

export interface SocketSummary {
  channelId: string
  interactions: string[]
  ignoredFrames: number
}

export interface Sockets {
  open(channel: Channel, socket: Socket): Connection
  isOpen(channelId: string): boolean
  publish(topicName: string, eventBody: unknown): void
  sendMedia(interactionId: string, event: MediaPlaybackEvent): void
  /** Sends a system topic to one channel's socket. */
  notice(channel: Channel, topicName: string, message: string): void
  /** Announces the end of the socket, and ends it a minute later. */
  announceClosing(channelId: string): boolean
  close(channelId: string, code: number, reason: string): void
  summaries(): SocketSummary[]
}

interface SocketsParts {
  clock: Clock
  random: Random
  /** May this user follow the media events of this interaction? */
  mayFollow(interactionId: string, userId: string): boolean
  changed(): void
}

export function createSockets({ clock, random, mayFollow, changed }: SocketsParts): Sockets {
  const open = new Map<string, Live>()

  const say = (live: Live, frame: unknown): void => live.socket.send(JSON.stringify(frame))
  const event = (topicName: string, eventBody: unknown): unknown => ({
    topicName,
    version: '2',
    eventBody,
    metadata: { CorrelationId: random.id() },
  })
  const metadata = (message: string): unknown => ({ topicName: 'channel.metadata', eventBody: { message } })

  const drop = (live: Live): void => {
    live.undo.forEach((undo) => undo())
    if (open.get(live.channel.id) === live) {
      open.delete(live.channel.id)
      changed()
    }
  }
  const close = (live: Live, code: number, reason: string): void => {
    drop(live)
    live.socket.close(code, reason)
  }
  const later = (live: Live, delayMs: number, run: () => void): void => {
    const undo = clock.after(delayMs, () => {
      live.undo.delete(undo)
      run()
    })
    live.undo.add(undo)
  }
  const beat = (live: Live): void =>
    later(live, heartbeatMs, () => {
      say(live, metadata('WebSocket Heartbeat'))
      beat(live)
    })

  const receive = (live: Live, text: string): void => {
    const frame = readFrame(text)
    if (frame.kind === 'ping') return say(live, metadata('pong'))
    if (frame.kind === 'refused') return say(live, frameError(frame.action, frame.error))
    if (frame.kind === 'unknown') {
      live.ignoredFrames += 1
      return changed()
    }
    if (!mayFollow(frame.interactionId, live.channel.userId)) {
      return say(live, frameError('subscribe', `There is no interaction "${frame.interactionId}".`))
    }
    live.interactions.add(frame.interactionId)
    changed()
  }

  return {
    open(channel, socket) {
      const before = open.get(channel.id)
      if (before) close(before, 1000, 'Another socket was opened on this channel.')
      const live: Live = { channel, socket, interactions: new Set(), ignoredFrames: 0, undo: new Set() }
      open.set(channel.id, live)
      beat(live)
      changed()
      return {
        receive: (text) => {
          if (open.get(channel.id) === live) receive(live, text)
        },
        closed: () => drop(live),
      }
    },
    isOpen: (channelId) => open.has(channelId),
    publish(topicName, eventBody) {
      for (const live of open.values()) {
        if (live.channel.topics.has(topicName)) say(live, event(topicName, eventBody))
      }
    },
    sendMedia(interactionId, mediaEvent) {
      for (const live of open.values()) {
        if (live.interactions.has(interactionId)) say(live, mediaEvent)
      }
    },
    notice(channel, topicName, message) {
      const live = open.get(channel.id)
      if (live) say(live, event(topicName, { message }))
    },
    announceClosing(channelId) {
      const live = open.get(channelId)
      if (!live) return false
      say(live, event('v2.system.socket_closing', { message: 'The socket is about to close.' }))
      later(live, closingNoticeMs, () => close(live, 1001, 'The socket was closed as announced.'))
      return true
    },
    close(channelId, code, reason) {
      const live = open.get(channelId)
      if (live) close(live, code, reason)
    },
    summaries: () =>
      [...open.values()].map(({ channel, interactions, ignoredFrames }) => ({
        channelId: channel.id,
        interactions: [...interactions],
        ignoredFrames,
      })),
  }
}

const frameError = (action: string, error: string): MediaFrameError => ({ type: 'error', action, error })
