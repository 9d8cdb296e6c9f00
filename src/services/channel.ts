// The notification channel over time: a fresh connection per attempt, pings, and back again after a loss.
import { readFrame, pingFrame, type ChannelEvent } from '../core/notification'
import type {
  Chance,
  Channels,
  Clock,
  MediaEvent,
  OpenSocket,
  RefusedTopic,
  Socket,
  Wire,
} from '../core/ports'
import { backoffMs } from '../core/retry'
import { createSnapshot } from './snapshot'

export interface ChannelState {
  readonly status: 'connecting' | 'live' | 'lost' | 'closed'
  readonly refusedTopics: readonly RefusedTopic[]
  /** Frames that could not be understood: counted, ignored. */
  readonly unknownFrames: number
  readonly problem: string | null
}

export interface ChannelPorts {
  readonly channels: Channels
  readonly openSocket: OpenSocket
  readonly clock: Clock
  readonly chance: Chance
}

const pingEveryMs = 15_000
const silenceLimitMs = 10_000
const openLimitMs = 10_000

/** `topics` are subscribed on every new connection, before it is called live. */
export function createChannel(ports: ChannelPorts, topics: () => readonly string[]) {
  const { channels, openSocket, clock, chance } = ports
  const snapshot = createSnapshot<ChannelState>({
    status: 'connecting',
    refusedTopics: [],
    unknownFrames: 0,
    problem: null,
  })
  const topicListeners = new Set<(topic: string, body: unknown) => void>()
  const mediaListeners = new Set<(event: MediaEvent) => void>()
  const connectedListeners = new Set<() => void>()
  let attempt = 0
  let generation = 0
  let socket: Socket | null = null
  const pongs: ((alive: boolean) => void)[] = []
  const timers: (() => void)[] = []

  function dropConnection(): void {
    generation += 1
    for (const undo of timers.splice(0)) undo()
    for (const settle of pongs.splice(0)) settle(false)
    socket?.close()
    socket = null
  }

  function lose(problem: string): void {
    if (snapshot.value.status === 'closed') return
    dropConnection()
    attempt += 1
    snapshot.patch({ status: 'lost', problem })
    timers.push(clock.after(backoffMs(Math.min(attempt, 5), chance.number()), () => void connect()))
  }

  async function connect(): Promise<void> {
    dropConnection()
    const mine = generation
    const channel = await channels.createChannel()
    if (mine !== generation) return
    if (!channel.ok) return lose(channel.refusal.message)
    const subscribed = await channels.subscribe(channel.value.id, topics())
    if (mine !== generation) return
    if (!subscribed.ok) return lose(subscribed.refusal.message)
    timers.push(clock.after(openLimitMs, () => mine === generation && lose('the connection did not open')))
    socket = openSocket(channel.value.connectUri, {
      open: () => mine === generation && opened(subscribed.value),
      message: (text) => mine === generation && received(readFrame(text)),
      closed: () => mine === generation && lose('the connection was closed'),
    })
  }

  function opened(refusedTopics: readonly RefusedTopic[]): void {
    for (const undo of timers.splice(0)) undo()
    attempt = 0
    snapshot.patch({ status: 'live', refusedTopics, problem: null })
    scheduleKeepAlive()
    for (const listener of [...connectedListeners]) listener()
  }

  function scheduleKeepAlive(): void {
    timers.push(clock.after(pingEveryMs, () => void ping().then((alive) => alive && scheduleKeepAlive())))
  }

  /** The platform answers frames in order: its pong proves that all before it was taken. */
  function ping(): Promise<boolean> {
    const mine = generation
    if (!socket?.send(pingFrame)) {
      // A socket that takes no frames is gone, even where the browser has not said so yet.
      lose('the connection takes no more frames')
      return Promise.resolve(false)
    }
    return new Promise((resolve) => {
      const undo = clock.after(
        silenceLimitMs,
        () => mine === generation && lose('the connection went silent'),
      )
      timers.push(undo)
      pongs.push((alive) => {
        undo()
        resolve(alive)
      })
    })
  }

  function received(event: ChannelEvent): void {
    switch (event.type) {
      case 'pong':
        pongs.shift()?.(true)
        break
      case 'topic':
        for (const listener of [...topicListeners]) listener(event.topic, event.body)
        break
      case 'media':
        for (const listener of [...mediaListeners])
          listener({ state: event.state, url: event.url, error: event.error })
        break
      case 'subscribe-refused':
        for (const listener of [...mediaListeners])
          listener({ state: 'subscribe-refused', url: null, error: event.reason })
        break
      case 'closing':
        lose('the platform is about to close the connection')
        break
      case 'dropped':
        lose(
          event.reason === 'token-revoked'
            ? 'the sign-in was revoked'
            : 'the platform dropped the subscription',
        )
        break
      case 'unknown':
        snapshot.patch({ unknownFrames: snapshot.value.unknownFrames + 1 })
        break
      case 'heartbeat':
        break
    }
  }

  const wire: Wire = {
    async sendAndConfirm(text) {
      if (snapshot.value.status !== 'live' || !socket?.send(text)) return false
      return ping()
    },
    onMedia: (listener) => listen(mediaListeners, listener),
    onConnected: (listener) => listen(connectedListeners, listener),
  }

  return {
    snapshot,
    wire,
    connect,
    onTopic: (listener: (topic: string, body: unknown) => void) => listen(topicListeners, listener),
    close() {
      snapshot.patch({ status: 'closed' })
      dropConnection()
    },
  }
}

export type Channel = ReturnType<typeof createChannel>

function listen<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
