// The notification channel over time: always a connection that lives, or the way to the next one.
import type { Refusal } from '../core/errors'
import type { ChannelEvent } from '../core/notification'
import type { Chance, MediaEvent, RefusedTopic, Wire } from '../core/ports'
import { reconnectDelayMs } from '../core/retry'
import { openConnection, type Connection, type ConnectionPorts, type LiveChannel } from './connection'
import { createSnapshot } from './snapshot'

export interface ChannelState {
  readonly status: 'connecting' | 'live' | 'lost' | 'closed'
  readonly refusedTopics: readonly RefusedTopic[]
  /** Frames that could not be understood: counted, ignored. */
  readonly unknownFrames: number
  readonly problem: string | null
}

export interface ChannelPorts extends ConnectionPorts {
  readonly chance: Chance
  /** True while somebody waits for a truth that only the channel can bring. */
  hurry(): boolean
  /** The platform says that the sign-in was revoked. */
  onTokenRevoked(): void
}

/** The platform ends a channel after 24 h: the next one is there before. */
const renewAfterMs = 23 * 3_600_000
/** Backends have to subscribe on the new connection first: until then the old one still brings their events. */
const overlapMs = 5_000
/** What breaks sooner did not stand: the next attempts wait as if it had never been. */
const lastsMs = 60_000

/** `topics` are subscribed on every new connection, before it is called live. */
export function createChannel(ports: ChannelPorts, topics: () => readonly string[]) {
  const { clock, chance } = ports
  const snapshot = createSnapshot<ChannelState>({
    status: 'connecting',
    refusedTopics: [],
    unknownFrames: 0,
    problem: null,
  })
  const topicListeners = new Set<(topic: string, body: unknown) => void>()
  const mediaListeners = new Set<(event: MediaEvent) => void>()
  const connectedListeners = new Set<() => void>()
  let current: Connection | null = null
  /** Opened beside the current one when that is about to end, so that no event falls between them. */
  let successor: Connection | null = null
  /** The one before, for as long as the overlap lasts. */
  let retiring: Connection | null = null
  let undoTimer: (() => void) | null = null
  let undoOverlap: (() => void) | null = null
  const added = new Set<string>()
  let attempt = 0
  /** Infinity: it is not. */
  let liveAtMs = Infinity
  /** What the newest connection stands on: when it breaks, the next takes it again, since an agent has few channels. */
  let left: LiveChannel | null = null

  function connect(): void {
    undoTimer?.()
    current?.close()
    const before = left
    // It is tried once: where nothing comes of it, the next attempt makes a new one.
    left = null
    current = open(before)
  }

  /** Make before break: the old connection goes only when the new one stands. */
  function replace(): void {
    if (successor === null && current !== null) successor = open(null)
  }

  function open(before: LiveChannel | null): Connection {
    const connection: Connection = openConnection(
      ports,
      [...topics(), ...added],
      {
        opened(refusedTopics, channel) {
          if (successor === connection) {
            retire(current)
            current = connection
            successor = null
          }
          left = channel
          live(refusedTopics, channel.bornAtMs)
        },
        event: (event) => receive(event, connection),
        lost(problem, refusal) {
          if (connection === successor) replaceLater(refusal)
          else if (connection === current) lost(problem, refusal)
        },
      },
      before,
    )
    return connection
  }

  function retire(connection: Connection | null): void {
    endOverlap()
    retiring = connection
    undoOverlap = clock.after(overlapMs, endOverlap)
  }

  function endOverlap(): void {
    undoOverlap?.()
    undoOverlap = null
    retiring?.close()
    retiring = null
  }

  /** The old connection still lives, but not for long: the next attempt must not wait for its end. */
  function replaceLater(refusal: Refusal | null): void {
    successor = null
    undoTimer?.()
    attempt += 1
    undoTimer = clock.after(reconnectDelayMs(attempt, refusal, ports.hurry(), chance.number()), replace)
  }

  function live(refusedTopics: readonly RefusedTopic[], bornAtMs: number): void {
    liveAtMs = clock.now()
    undoTimer?.()
    undoTimer = clock.after(bornAtMs + renewAfterMs - liveAtMs, replace)
    snapshot.patch({ status: 'live', refusedTopics, problem: null })
    for (const listener of [...connectedListeners]) listener()
  }

  function lost(problem: string, refusal: Refusal | null): void {
    if (snapshot.value.status === 'closed') return
    undoTimer?.()
    if (clock.now() - liveAtMs >= lastsMs) attempt = 0
    liveAtMs = Infinity
    attempt += 1
    // A successor that is on its way already takes over; else the next attempt waits its turn.
    current = successor
    successor = null
    snapshot.patch({ status: 'lost', problem })
    if (current !== null) return
    undoTimer = clock.after(reconnectDelayMs(attempt, refusal, ports.hurry(), chance.number()), connect)
  }

  function receive(event: ChannelEvent, from: Connection): void {
    switch (event.type) {
      case 'topic':
        for (const listener of [...topicListeners]) listener(event.topic, event.body)
        break
      case 'media':
        tellMedia({ state: event.state, url: event.url, error: event.error })
        break
      case 'subscribe-refused':
        tellMedia({ state: 'subscribe-refused', url: null, error: event.reason })
        break
      case 'closing':
        if (from === current) replace()
        break
      case 'dropped':
        if (from !== current) break
        current.close()
        left = null
        if (event.reason === 'token-revoked') ports.onTokenRevoked()
        lost(
          event.reason === 'token-revoked' ? 'the sign-in was revoked' : 'the platform dropped the channel',
          null,
        )
        break
      case 'unknown':
        snapshot.patch({ unknownFrames: snapshot.value.unknownFrames + 1 })
        break
      case 'heartbeat':
      case 'pong':
        break
    }
  }

  function tellMedia(event: MediaEvent): void {
    for (const listener of [...mediaListeners]) listener(event)
  }

  const wire: Wire = {
    sendAndConfirm: async (text) => current?.sendAndConfirm(text) ?? false,
    async addTopics(more) {
      const fresh = more.filter((topic) => !added.has(topic))
      for (const topic of fresh) added.add(topic)
      if (fresh.length === 0 || current === null) return []
      return (await current.addTopics(fresh)) ?? []
    },
    onTopic: (listener) => listen(topicListeners, listener),
    onMedia: (listener) => listen(mediaListeners, listener),
    onConnected: (listener) => listen(connectedListeners, listener),
  }

  return {
    snapshot,
    wire,
    connect,
    /** The machine is online again: no need to wait for the next turn. */
    retryNow(): void {
      if (snapshot.value.status === 'lost') connect()
    },
    close(): void {
      snapshot.patch({ status: 'closed' })
      undoTimer?.()
      current?.close()
      successor?.close()
      endOverlap()
      current = successor = null
    },
  }
}

export type Channel = ReturnType<typeof createChannel>

function listen<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
