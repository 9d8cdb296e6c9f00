// Every way by which audio can reach the call. A new one needs its own file and one line here.
import type { BackendName, Config } from '../../core/config'
import type { CallFeed, Clock, Platform, PlaybackBackend, Wire } from '../../core/ports'
import { createAnnouncementLeg } from './announcement-leg'
import { createMediaApi } from './media-api'
import { createSecureFlow } from './secure-flow'

export interface BackendPorts {
  readonly platform: Platform
  readonly wire: Wire
  readonly calls: CallFeed
  readonly clock: Clock
}

export const backends: Record<BackendName, (ports: BackendPorts, config: Config) => PlaybackBackend> = {
  'media-api': ({ platform, wire }) => createMediaApi(platform, wire),
  // readConfig has refused a secure-flow without its flow.
  'secure-flow': (ports, { secureFlow }) =>
    createSecureFlow(ports, { ...secureFlow, flowId: secureFlow.flowId ?? '' }),
  'announcement-leg': (ports) => createAnnouncementLeg(ports),
}
