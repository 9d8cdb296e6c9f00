// How a channel goes: pushed out by a newer one, or with the token that made it. Its listener is told before.
import type { Channel, Channels } from './channels'
import type { Sockets } from './sockets'
import type { AccessToken, Tokens } from './tokens'

interface ChannelEndingsParts {
  channels: Pick<Channels, 'all' | 'remove'>
  sockets: Pick<Sockets, 'notice' | 'close'>
  tokens: Pick<Tokens, 'revoke'>
}

export function createChannelEndings({ channels, sockets, tokens }: ChannelEndingsParts) {
  return {
    removeChannel(channel: Channel, isTold: boolean): void {
      const topic = `v2.system.no_longer_subscribed.${channel.id}`
      if (isTold) sockets.notice(channel, topic, 'A newer channel took the place of this one.')
      channels.remove(channel)
      sockets.close(channel.id, 1000, 'The channel was removed.')
    },
    revoke(token: AccessToken): void {
      tokens.revoke(token)
      for (const channel of channels.all().filter((candidate) => candidate.token === token.token)) {
        const topic = `v2.system.token_revoked.${channel.id}`
        sockets.notice(channel, topic, 'The token of this channel was revoked.')
        channels.remove(channel)
        sockets.close(channel.id, 1000, 'The token was revoked.')
      }
    },
  }
}
