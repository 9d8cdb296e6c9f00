// All that a panel needs of the platform, as one chunk that is loaded after the shell is painted.
export { createAuth } from './auth'
export { createChannels } from './channels'
export { createPlatformClient } from './client'
export { createConversations } from './conversations'
