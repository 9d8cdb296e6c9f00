// The notification channel on in-memory ground: the test opens its sockets, speaks for the platform and moves the clock.
import { pingFrame } from '../../../src/core/notification'
import type { SocketListener } from '../../../src/core/ports'
import { createChannel } from '../../../src/services/channel'
import {
  createTestChance,
  createTestChannels,
  createTestClock,
  createTestSockets,
  settled,
} from '../../support/ports'

/** What the browser's WebSocket throws at, as at an address that is none. */
export const noSocket = 'wss://%'

export function setUp() {
  const clock = createTestClock()
  const sockets = createTestSockets()
  const { fake, channels } = createTestChannels()
  const facts = { hurry: false, revoked: 0 }
  const ports = {
    clock,
    chance: createTestChance(),
    channels,
    openSocket(uri: string, listener: SocketListener) {
      if (uri === noSocket) throw new Error('no socket for this address')
      return sockets.openSocket(uri, listener)
    },
    hurry: () => facts.hurry,
    onTokenRevoked: () => void (facts.revoked += 1),
  }
  const channel = createChannel(ports, () => ['v2.users.user-me.conversations.calls'])
  const state = () => channel.snapshot.value
  const connect = async () => {
    channel.connect()
    await settled()
  }
  const goLive = async () => {
    await connect()
    sockets.open()
  }
  /** Answers pings as the platform does, from now on. */
  const pings = () => sockets.newest().sent.filter((text) => text === pingFrame).length
  return { clock, sockets, fake, channel, facts, state, connect, goLive, pings }
}
