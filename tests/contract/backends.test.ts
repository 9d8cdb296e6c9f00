// Every backend over the whole panel and the whole sandbox organisation: one contract, one line for each.
import { announcementLeg, mediaApi, secureFlow } from '../support/backend-desk'
import { describeBackend } from '../support/backend-contract'
import { fourthBackend } from '../support/fourth-backend'

for (const backend of [
  mediaApi,
  secureFlow,
  announcementLeg,
  // All that another way of playing needs: its own file, and this line.
  fourthBackend,
])
  describeBackend(backend)
