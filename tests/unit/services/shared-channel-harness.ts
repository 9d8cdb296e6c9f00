// Panels of one browser with one notification channel between them: the test speaks for the platform.
import type { Locks, MediaEvent } from '../../../src/core/ports'
import { pingFrame } from '../../../src/core/notification'
import { createChannel } from '../../../src/services/channel'
import { createSharedChannel } from '../../../src/services/shared-channel'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { pongFrame } from '../../support/frames'
import {
  createTestChance,
  createTestChannels,
  createTestClock,
  createTestSockets,
  settled,
} from '../../support/ports'

export const callsTopic = 'v2.users.user-me.conversations.calls'

/** Where a browser gives its frames no locks, each has them for itself. */
export const unsharedLocks: Locks = {
  tryHold: () => Promise.resolve(() => undefined),
  whenHeld(_name, held) {
    held()
    return () => undefined
  },
  isHeld: () => Promise.resolve(false),
}

export function setUp() {
  const browser = createSharedBrowser()
  const clock = createTestClock()
  const chance = createTestChance()
  const sockets = createTestSockets()
  const { fake, channels } = createTestChannels()

  function open(locks: Locks = locksOf(browser)) {
    const bus = busOf(browser)
    const ports = { bus, locks, clock, chance, channels, openSocket: sockets.openSocket }
    const own = createChannel({ ...ports, hurry: () => false, onTokenRevoked: () => undefined }, () => [
      callsTopic,
    ])
    const channel = createSharedChannel(ports, own)
    const heard = {
      topics: [] as string[],
      media: [] as MediaEvent[],
      connected: 0,
      statuses: [] as string[],
    }
    channel.wire.onTopic((topic) => heard.topics.push(topic))
    channel.wire.onMedia((event) => heard.media.push(event))
    channel.wire.onConnected(() => (heard.connected += 1))
    channel.snapshot.subscribe(({ status }) => {
      if (heard.statuses.at(-1) !== status) heard.statuses.push(status)
    })
    return { bus, channel, wire: channel.wire, heard, status: () => channel.snapshot.value.status }
  }

  /** So many panels, connected one after the other; the first leads and is live. */
  async function openLive(count: number) {
    const panels = Array.from({ length: count }, () => open())
    for (const { channel } of panels) channel.connect()
    await settled()
    sockets.open()
    await settled()
    const [leader, ...followers] = panels
    if (leader === undefined) throw new Error('nobody leads')
    return { panels, leader, followers }
  }

  /** The platform answers this many pings. */
  async function pong(times = 1) {
    for (let time = 0; time < times; time += 1) {
      sockets.say(pongFrame)
      await settled()
    }
  }
  /** What was sent on the newest socket, pings aside. */
  const sent = () => sockets.newest().sent.filter((text) => text !== pingFrame)
  return { browser, clock, sockets, fake, open, openLive, pong, sent }
}

/** What a promise came to; empty while it waits. */
export function outcome<T>(promise: Promise<T>): { value?: T } {
  const answer: { value?: T } = {}
  void promise.then((value) => (answer.value = value))
  return answer
}
