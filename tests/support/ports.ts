// The outside of the services, in memory: each port does what a test tells it, and remembers what it was asked.
import { answered, refused, type Answer } from '../../src/core/errors'
import type {
  Auth,
  Capabilities,
  CarrierEvent,
  Chance,
  ChannelAddress,
  Channels,
  Clock,
  Conversations,
  Identity,
  OpenSocket,
  PlaybackBackend,
  RefusedTopic,
  SocketListener,
  StartRequest,
} from '../../src/core/ports'
import { createVirtualClock } from '../../sandbox/org/clock'

/** Virtual time that also knows how many timers wait. */
export function createTestClock(startMs = 0) {
  const clock = createVirtualClock(startMs)
  const waiting = new Set<symbol>()
  const counted: Clock = {
    now: () => clock.now(),
    after(delayMs, run) {
      const mark = Symbol('timer')
      waiting.add(mark)
      const undo = clock.after(delayMs, () => {
        waiting.delete(mark)
        run()
      })
      return () => {
        waiting.delete(mark)
        undo()
      }
    },
  }
  return { ...counted, advance: (ms: number) => clock.advance(ms), timers: () => waiting.size }
}

/** Always the middle; ids count up. */
export function createTestChance(): Chance {
  let ids = 0
  return { number: () => 0.5, id: () => `id-${++ids}` }
}

/** Storage that outlives a panel: hand the same one to the next. What it refuses it does not keep, as a closed frame shows. */
/** The locks of one browser: hand the same ones to each panel in it. */
/** Remembers each write of attributes; `nextAnswer` may be replaced at any time. */
export function createTestAttributes() {
  const written: { conversationId: string; participantId: string; attributes: Record<string, string> }[] = []
  const fake = {
    written,
    nextAnswer: (): Promise<Answer<void>> => Promise.resolve(answered(undefined)),
  }
  const writeAttributes: Conversations['writeAttributes'] = (conversationId, participantId, attributes) => {
    written.push({ conversationId, participantId, attributes: { ...attributes } })
    return fake.nextAnswer()
  }
  return { fake, writeAttributes }
}

/** Listeners of one kind, and the moment when the test calls them all. */
export function createTestAuth(identity: Answer<Identity>) {
  const states: string[] = []
  const tokens: string[] = []
  const auth: Auth = {
    redirectToSignIn: (state) => Promise.resolve(void states.push(state)),
    mayPassQuietly: () => Promise.resolve(false),
    signInQuietly: () => Promise.resolve(null),
    signInByPopup: () => Promise.resolve(null),
    redeem: (returned) =>
      Promise.resolve(
        returned.kind === 'token'
          ? answered({ token: returned.token, expiresInS: returned.expiresInS })
          : refused({ kind: 'rejected', message: 'no token came' }),
      ),
    useToken: (token) => void tokens.push(token),
    fetchIdentity: () => Promise.resolve(identity),
    signOut: () => Promise.resolve(answered(undefined)),
  }
  return { ...auth, states, tokens }
}

/** `nextChannel` and `nextSubscription` may be replaced at any time. */
export function createTestChannels() {
  const subscribed: { channelId: string; topics: readonly string[] }[] = []
  let made = 0
  const fake = {
    subscribed,
    made: () => made,
    nextChannel: (): Promise<Answer<ChannelAddress>> =>
      Promise.resolve(
        answered({ id: `channel-${made}`, connectUri: `wss://streaming.example/channel-${made}` }),
      ),
    nextSubscription: (): Promise<Answer<readonly RefusedTopic[]>> => Promise.resolve(answered([])),
  }
  const channels: Channels = {
    createChannel() {
      made += 1
      return fake.nextChannel()
    },
    subscribe(channelId, topics) {
      subscribed.push({ channelId, topics })
      return fake.nextSubscription()
    },
  }
  return { fake, channels }
}

interface TestSocket {
  readonly uri: string
  readonly listener: SocketListener
  readonly sent: string[]
  isOpen: boolean
  closed: boolean
}

/** Sockets that open, speak and break only when the test says so. */
export function createTestSockets() {
  const all: TestSocket[] = []
  const openSocket: OpenSocket = (uri, listener) => {
    const socket: TestSocket = { uri, listener, sent: [], isOpen: false, closed: false }
    all.push(socket)
    return {
      send(text) {
        if (socket.isOpen) socket.sent.push(text)
        return socket.isOpen
      },
      close() {
        socket.isOpen = false
        socket.closed = true
      },
    }
  }
  const newest = (): TestSocket => {
    const socket = all.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }
  return {
    openSocket,
    all,
    newest,
    open() {
      newest().isOpen = true
      newest().listener.open()
    },
    say: (text: string) => newest().listener.message(text),
  }
}

/** A backend whose carrier speaks only when the test says so. */
export function createTestBackend(of: Partial<Capabilities> = {}) {
  const listeners = new Set<(event: CarrierEvent) => void>()
  const requests: StartRequest[] = []
  const watched: string[] = []
  const adopted: string[] = []
  const stopped: string[] = []
  const fake = {
    requests,
    watched,
    adopted,
    stopped,
    nextStop: (): Promise<Answer<void>> => Promise.resolve(answered(undefined)),
    disposed: false,
    nextAnswer: (): ReturnType<PlaybackBackend['start']> => Promise.resolve(answered({ carrierId: null })),
    nextWatch: (): Answer<void> | Promise<Answer<void>> => Promise.resolve(answered(undefined)),
    emit(event: Partial<CarrierEvent> & Pick<CarrierEvent, 'state'>) {
      const whole = {
        interactionId: 'call-1',
        playbackId: null,
        url: null,
        carrierId: null,
        error: null,
        ...event,
      }
      for (const listener of listeners) listener(whole)
    },
    listeners: () => listeners.size,
  }
  const backend: PlaybackBackend = {
    name: 'test',
    capabilities: {
      stop: false,
      medium: 'url',
      looksHeld: false,
      refusesMonitored: false,
      agentHears: 'no',
      recorded: 'no',
      ...of,
    },
    watch(interactionId) {
      watched.push(interactionId)
      return fake.nextWatch()
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start(request) {
      requests.push(request)
      return fake.nextAnswer()
    },
    adopt({ playbackId }) {
      adopted.push(playbackId)
    },
    dispose() {
      fake.disposed = true
    },
    ...(of.stop === true && {
      stop(playbackId: string) {
        stopped.push(playbackId)
        return fake.nextStop()
      },
    }),
  }
  return { fake, backend }
}

/** A desktop that remembers what it was shown. */
/** Lets promises that are already settled run out: no timers, so a bounded number of turns is enough. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

/** A promise that the test keeps until it lets go. */
export function createHeld<T>() {
  let release: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    release = resolve
  })
  return { promise, release: (value: T) => release(value) }
}
