// All that a panel needs of the platform, as one chunk that is loaded after the shell is painted.
import { createAuth, type AuthSettings } from './auth'
import { createChannels } from './channels'
import { createPlatformClient } from './client'
import { createConversations } from './conversations'

type ClientParts = Parameters<typeof createPlatformClient>

/** `fetch` and `clock` come in, so that tests bring their own. */
export function createGenesys(
  client: ClientParts[0],
  clock: ClientParts[1],
  fetch: ClientParts[2],
  auth: AuthSettings,
) {
  const platform = createPlatformClient(client, clock, fetch)
  return {
    platform,
    auth: createAuth(platform, auth),
    conversations: createConversations(platform),
    channels: createChannels(platform),
    onTokenRefused: platform.onTokenRefused,
  }
}
