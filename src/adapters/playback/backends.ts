// Every way by which audio can reach the call. A new one needs its own file and one line here.
import type { Config } from '../../core/config'
import type { CallFeed, Clock, Platform, PlaybackBackend, Wire } from '../../core/ports'
import { createAnnouncementLeg } from './announcement-leg'
import { createFlowSessions } from './flow-sessions'
import { createMediaApi } from './media-api'
import { createSecureFlow } from './secure-flow'

export interface BackendPorts {
  readonly platform: Platform
  readonly wire: Wire
  readonly calls: CallFeed
  readonly clock: Clock
}

export type CreateBackend = (ports: BackendPorts, config: Config) => PlaybackBackend

export const backends: Readonly<Record<string, CreateBackend>> = {
  'media-api': ({ platform, wire }) => createMediaApi(platform, wire),
  'secure-flow': (ports, { secureFlow: { flowId, pollEveryMs } }) => {
    // readConfig has refused a secure-flow without its flow.
    const settings = { flowId: flowId ?? '', pollEveryMs }
    const sessions = createFlowSessions(ports.platform, settings.flowId)
    return createSecureFlow({ ...ports, sessions }, settings)
  },
  'announcement-leg': (ports) => createAnnouncementLeg(ports),
}
