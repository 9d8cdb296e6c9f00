// The notification sockets: one per channel, a heartbeat each, answers in the order of the frames, an end with the channel.
import type { Channel } from './channels'
import type { Clock } from './clock'
import type { FaultList } from './fault-list'
import { readFrame } from './frames'
import type { MediaFrameError, MediaPlaybackEvent } from './media-contract'
import { isJsonObject } from './messages'
import type { Network } from './network'
import { createOutlet, type FrameLabel, type Outlet } from './outlet'
import type { Random } from './random'

const heartbeatMs = 30_000
const closingNoticeMs = 60_000

/** The organisation's end of a wire that somebody else provides. */
export interface Socket {
  send(text: string): void
  close(code: number, reason: string): void
  /** Breaks the wire, without a word. */
  cut(): void
}

/** What the wire tells the organisation. */
export interface Connection {
  receive(text: string): void
  closed(): void
}

interface Live {
  channel: Channel
  socket: Socket
  outlet: Outlet
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
  /** The open socket's way out, or all of them. */
  outlets(channelId?: string): Outlet[]
  /** Announces the end of the socket, and ends it a minute later. */
  announceClosing(channelId: string): boolean
  close(channelId: string, code: number, reason: string): void
  /** Breaks the wires of one channel or of all; the number of them. */
  cut(channelId?: string): number
  summaries(): SocketSummary[]
}

interface SocketsParts {
  clock: Clock
  random: Random
  /** May this user follow the media events of this interaction? */
  mayFollow(interactionId: string, userId: string): boolean
  /** What a new follower of the interaction is told at once; null: nothing. */
  lastMedia(interactionId: string): MediaPlaybackEvent | null
  expired(channel: Channel): void
  faults: FaultList
  network: Network
  changed(): void
}

export function createSockets(parts: SocketsParts): Sockets {
  const { clock, random, mayFollow, changed } = parts
  const open = new Map<string, Live>()

  const say = (live: Live, frame: unknown, label: FrameLabel): void => live.outlet.say(frame, label)
  const event = (topicName: string, eventBody: unknown): unknown => ({
    topicName,
    version: '2',
    eventBody,
    metadata: { CorrelationId: random.id() },
  })
  const sayMetadata = (live: Live, message: string): void =>
    say(live, { topicName: 'channel.metadata', eventBody: { message } }, { topic: 'channel.metadata' })
  const sayTopic = (live: Live, topic: string, body: unknown, interactionId?: string): void =>
    say(live, event(topic, body), { topic, interactionId })
  const sayMedia = (live: Live, interactionId: string, media: MediaPlaybackEvent): void =>
    say(live, media, { topic: media.type, state: media.state, interactionId })
  const refuse = (live: Live, action: string, error: string): void =>
    say(live, frameError(action, error), { topic: 'error' })

  const drop = (live: Live): void => {
    live.undo.forEach((undo) => undo())
    live.outlet.end()
    if (open.get(live.channel.id) === live) {
      open.delete(live.channel.id)
      changed()
    }
  }
  const close = (live: Live, code: number, reason: string): void => {
    const isHeard = !live.outlet.isSilent()
    drop(live)
    if (isHeard) live.socket.close(code, reason)
  }
  const cut = (live: Live): void => {
    drop(live)
    live.socket.cut()
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
      sayMetadata(live, 'WebSocket Heartbeat')
      beat(live)
    })

  const announceClosing = (live: Live): void =>
    sayTopic(live, 'v2.system.socket_closing', { message: 'The socket is about to close.' })
  /** A channel does not outlive its day, and its socket not the channel. */
  const expire = (live: Live): void => {
    const leftMs = Math.max(0, live.channel.expiresAtMs - clock.now())
    later(live, Math.max(0, leftMs - closingNoticeMs), () => announceClosing(live))
    later(live, leftMs, () => {
      close(live, 1001, 'The channel has expired.')
      parts.expired(live.channel)
    })
  }

  const receive = (live: Live, text: string): void => {
    const frame = readFrame(text)
    if (frame.kind === 'ping') return sayMetadata(live, 'pong')
    if (frame.kind === 'refused') return refuse(live, frame.action, frame.error)
    if (frame.kind === 'unknown') {
      live.ignoredFrames += 1
      return changed()
    }
    if (!mayFollow(frame.interactionId, live.channel.userId)) {
      return refuse(live, 'subscribe', `There is no interaction "${frame.interactionId}".`)
    }
    live.interactions.add(frame.interactionId)
    const last = parts.lastMedia(frame.interactionId)
    if (last) sayMedia(live, frame.interactionId, last)
    changed()
  }

  const chosen = (channelId?: string): Live[] =>
    [...open.values()].filter(({ channel }) => channelId === undefined || channel.id === channelId)

  return {
    open(channel, socket) {
      const before = open.get(channel.id)
      if (before) close(before, 1000, 'Another socket was opened on this channel.')
      const { faults, network } = parts
      const outlet = createOutlet({ clock, faults, channelId: channel.id, send: socket.send })
      const interactions = new Set<string>()
      const live: Live = { channel, socket, outlet, interactions, ignoredFrames: 0, undo: new Set() }
      live.undo.add(network.use(() => cut(live)))
      open.set(channel.id, live)
      beat(live)
      expire(live)
      changed()
      return {
        receive: (text) => {
          if (open.get(channel.id) === live && !outlet.isSilent()) receive(live, text)
        },
        closed: () => drop(live),
      }
    },
    isOpen: (channelId) => open.has(channelId),
    publish(topicName, eventBody) {
      for (const live of open.values()) {
        if (live.channel.topics.has(topicName))
          sayTopic(live, topicName, eventBody, idOf(topicName, eventBody))
      }
    },
    sendMedia(interactionId, mediaEvent) {
      for (const live of open.values()) {
        if (live.interactions.has(interactionId)) sayMedia(live, interactionId, mediaEvent)
      }
    },
    notice(channel, topicName, message) {
      const live = open.get(channel.id)
      if (live) sayTopic(live, topicName, { message })
    },
    outlets: (channelId) => chosen(channelId).map(({ outlet }) => outlet),
    announceClosing(channelId) {
      const live = open.get(channelId)
      if (!live) return false
      announceClosing(live)
      later(live, closingNoticeMs, () => close(live, 1001, 'The socket was closed as announced.'))
      return true
    },
    close(channelId, code, reason) {
      const live = open.get(channelId)
      if (live) close(live, code, reason)
    },
    cut(channelId) {
      const wires = chosen(channelId)
      wires.forEach(cut)
      return wires.length
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

/** Of a conversation's event. */
const idOf = (topic: string, body: unknown): string | undefined =>
  topic.endsWith('.conversations.calls') && isJsonObject(body) && typeof body.id === 'string'
    ? body.id
    : undefined
