// Every way by which audio can reach the call, loaded only where it is configured. A new one needs its own file and one
// line here.
import type { Config } from '../../core/config'
import type { CallFeed, Clock, Platform, PlaybackBackend, Wire } from '../../core/ports'

export interface BackendPorts {
  readonly platform: Platform
  readonly wire: Wire
  readonly calls: CallFeed
  readonly clock: Clock
}

export type CreateBackend = (ports: BackendPorts, config: Config) => PlaybackBackend

export const backends: Readonly<Record<string, () => Promise<CreateBackend>>> = {
  'media-api': async () => {
    const { createMediaApi } = await import('./media-api')
    return ({ platform, wire }) => createMediaApi(platform, wire)
  },
  'secure-flow': async () => {
    const [{ createSecureFlow }, { createFlowSessions }] = await Promise.all([
      import('./secure-flow'),
      import('./flow-sessions'),
    ])
    return (ports, { secureFlow: { flowId, pollEveryMs } }) => {
      // readConfig has refused a secure-flow without its flow.
      const settings = { flowId: flowId ?? '', pollEveryMs }
      return createSecureFlow(
        { ...ports, sessions: createFlowSessions(ports.platform, settings.flowId) },
        settings,
      )
    }
  },
  'announcement-leg': async () => {
    const { createAnnouncementLeg } = await import('./announcement-leg')
    return (ports) => createAnnouncementLeg(ports)
  },
}
