// One attempt at a live connection: a channel, new or from before, its topics, its socket, its pings. Used once, then thrown away.
import { answered, type Refusal } from '../core/errors'
import { pingFrame, readFrame, type ChannelEvent } from '../core/notification'
import type { ChannelAddress, Channels, Clock, OpenSocket, RefusedTopic, Socket } from '../core/ports'

export interface ConnectionPorts {
  readonly channels: Channels
  readonly openSocket: OpenSocket
  readonly clock: Clock
  /** From a ping to its answer, ms. */
  onRoundTrip?(ms: number): void
}

/** The platform ends it a day after it was made (epoch ms), whatever stands on it. */
export interface LiveChannel extends ChannelAddress {
  readonly bornAtMs: number
}

export interface ConnectionListener {
  opened(refusedTopics: readonly RefusedTopic[], channel: LiveChannel): void
  event(event: ChannelEvent): void
  /** Once, and not after `close()`. `refusal` where the platform said no before there was a socket. */
  lost(problem: string, refusal: Refusal | null): void
}

export interface Connection {
  /** Sends, then resolves once the platform has answered a ping behind it: it answers in order. */
  sendAndConfirm(text: string): Promise<boolean>
  /** Adds topics; answers with the refused ones, or null when the platform did not answer. */
  addTopics(topics: readonly string[]): Promise<readonly RefusedTopic[] | null>
  close(): void
}

const pingEveryMs = 15_000
const silenceLimitMs = 10_000
const openLimitMs = 10_000

/** On the channel `before`, or on a new one. */
export function openConnection(
  ports: ConnectionPorts,
  atFirst: readonly string[],
  listener: ConnectionListener,
  before: LiveChannel | null = null,
): Connection {
  const { channels, openSocket, clock } = ports
  const topics = [...atFirst]
  const timers = new Set<() => void>()
  const pongs: ((alive: boolean) => void)[] = []
  let socket: Socket | null = null
  let channelId: string | null = null
  let isOpen = false
  /** Null until the platform has answered to the topics. */
  let refusedTopics: readonly RefusedTopic[] | null = null
  let over = false

  function after(delayMs: number, run: () => void): () => void {
    const cancel = clock.after(delayMs, () => {
      timers.delete(undo)
      run()
    })
    const undo = () => {
      timers.delete(undo)
      cancel()
    }
    timers.add(undo)
    return undo
  }

  function close(): void {
    over = true
    for (const undo of [...timers]) undo()
    for (const settle of pongs.splice(0)) settle(false)
    socket?.close()
    socket = null
  }

  function lose(problem: string, refusal: Refusal | null = null): void {
    if (over) return
    close()
    listener.lost(problem, refusal)
  }

  async function open(): Promise<void> {
    const channel = before === null ? await channels.createChannel() : answered(before)
    if (over) return
    if (!channel.ok) return lose(channel.refusal.message, channel.refusal)
    const stands = { bornAtMs: clock.now(), ...channel.value }
    channelId = stands.id
    // The topics and the socket do not wait for each other.
    const undoLimit = after(openLimitMs, () => lose('the connection did not open'))
    socket = openSocket(stands.connectUri, {
      open() {
        if (over) return
        undoLimit()
        isOpen = true
        stand(stands)
      },
      message: (text) => !over && received(readFrame(text)),
      closed: () => lose('the connection was closed'),
    })
    const subscribed = await channels.subscribe(stands.id, topics)
    if (over) return
    if (!subscribed.ok) return lose(subscribed.refusal.message, subscribed.refusal)
    refusedTopics = subscribed.value
    stand(stands)
  }

  function stand(channel: LiveChannel): void {
    if (!isOpen || refusedTopics === null) return
    keepAlive()
    listener.opened(refusedTopics, channel)
  }

  function keepAlive(): void {
    after(pingEveryMs, () => void ping().then((alive) => alive && keepAlive()))
  }

  function ping(): Promise<boolean> {
    if (!socket?.send(pingFrame)) {
      // A socket that takes no frames is gone, even where the browser has not said so yet.
      lose('the connection takes no more frames')
      return Promise.resolve(false)
    }
    return new Promise((resolve) => {
      const sentAtMs = clock.now()
      const undo = after(silenceLimitMs, () => lose('the connection went silent'))
      pongs.push((alive) => {
        undo()
        if (alive) ports.onRoundTrip?.(clock.now() - sentAtMs)
        resolve(alive)
      })
    })
  }

  function received(event: ChannelEvent): void {
    if (event.type === 'pong') pongs.shift()?.(true)
    else listener.event(event)
  }

  // Such as an address that the browser takes for no socket's.
  open().catch((error: unknown) => lose(String(error)))
  return {
    async sendAndConfirm(text) {
      if (over || !socket?.send(text)) return false
      return ping()
    },
    async addTopics(more) {
      if (over) return null
      if (channelId === null) {
        // Still on its way to its channel: they go with the others, and so do their refusals.
        topics.push(...more)
        return []
      }
      const answer = await channels.subscribe(channelId, more)
      return answer.ok ? answer.value : null
    },
    close,
  }
}
