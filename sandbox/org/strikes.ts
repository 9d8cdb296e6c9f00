// Faults that happen at once: wires that break, channels that go, tokens that end, words that nobody meant.
import type { Channel, Channels } from './channels'
import { type Fault, garbageKinds, type GarbageKind } from './fault-kinds'
import type { MediaServer } from './media'
import type { Network } from './network'
import { agentId } from './people'
import type { Sockets } from './sockets'
import type { AccessToken, Tokens } from './tokens'

interface StrikesParts {
  sockets: Sockets
  channels: Channels
  tokens: Tokens
  network: Network
  media: MediaServer
  removeChannel(channel: Channel, isTold: boolean): void
  revoke(token: AccessToken): void
}

/** Lets one fault happen; the answer is how many sockets, tokens or events it met. */
export function createStrikes(parts: StrikesParts): (fault: Fault) => number {
  const { sockets, channels, tokens, network, media } = parts

  const connected = (channelId: string | undefined): Channel[] =>
    channels.all().filter(({ id }) => sockets.isOpen(id) && (channelId === undefined || id === channelId))
  const each = <T>(things: readonly T[], run: (thing: T) => void): number => {
    things.forEach(run)
    return things.length
  }
  const cut = (channelId: string | undefined, code: number | undefined): number => {
    if (code === undefined) return sockets.cut(channelId)
    return each(connected(channelId), ({ id }) =>
      sockets.close(id, code, 'The sandbox was told to close it.'),
    )
  }
  const cutNetwork = (forMs: number | null): number => {
    const open = sockets.outlets().length
    network.goDown(forMs)
    return open
  }

  return ({ kind, match, ...fault }) => {
    const channelId = match?.channelId
    const held = (): AccessToken[] => tokens.of(match?.userId ?? agentId)
    switch (kind) {
      case 'cut':
        return cut(channelId, fault.closeCode)
      case 'silence':
        return each(sockets.outlets(channelId), (outlet) => outlet.silence(fault.forMs ?? null))
      case 'garbage':
        return each(sockets.outlets(channelId), (outlet) =>
          (fault.what ? [fault.what] : garbageKinds).forEach((what) => garbage[what].forEach(outlet.sayText)),
        )
      case 'steal':
        return each(connected(channelId), (channel) => sockets.open(channel, nobody))
      case 'remove-channel':
        return each(connected(channelId), (channel) => parts.removeChannel(channel, fault.told ?? true))
      case 'revoke-token':
        return each(held(), parts.revoke)
      case 'expire-token':
        return each(held(), tokens.expire)
      case 'old-event':
        return media.repeatOld(match?.interactionId)
      case 'network':
        if (fault.down !== false) return cutNetwork(fault.forMs ?? null)
        network.comeBack()
        return 0
      default:
        throw new Error(`The fault "${kind}" does not happen at once.`)
    }
  }
}

/** A connection that takes a channel and never listens. */
const nobody = { send: () => undefined, close: () => undefined, cut: () => undefined }

export const garbage: Record<GarbageKind, readonly string[]> = {
  'no-json': ['', '<html>502 Bad Gateway</html>', '{"topicName":"channel.meta'],
  'no-topic': ['{}', '[]', 'null', '7', '{"eventBody":{"message":"pong"}}'],
  'unknown-topic': [
    '{"topicName":"v2.nothing.of.the.kind","version":"2","eventBody":{"id":"x"}}',
    '{"type":"media.playback.unheard-of","state":"singing"}',
  ],
  'missing-fields': [
    `{"topicName":"v2.users.${agentId}.conversations.calls","version":"2"}`,
    `{"topicName":"v2.users.${agentId}.conversations.calls","version":"2","eventBody":{"participants":null}}`,
    '{"type":"media.playback.state"}',
    '{"type":"media.playback.state","state":"completed"}',
    '{"type":"media.playback.state","state":7,"url":{}}',
    '{"type":"error"}',
  ],
  huge: [`{"topicName":"v2.nothing.of.the.kind","eventBody":"${'x'.repeat(1024 * 1024)}"}`],
}
