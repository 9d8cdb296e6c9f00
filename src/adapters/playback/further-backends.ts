// The backends of which each is a chunk of its own, loaded where it is configured. A type and lines only: the page's own script has them.
import type { Config } from '../../core/config'
import type { CallFeed, Clock, Platform, PlaybackBackend, Wire } from '../../core/ports'

export interface BackendPorts {
  readonly platform: Platform
  readonly wire: Wire
  readonly calls: CallFeed
  readonly clock: Clock
}

export type CreateBackend = (ports: BackendPorts, config: Config) => PlaybackBackend
export type Backends = Readonly<Record<string, () => Promise<CreateBackend>>>

export const furtherBackends: Backends = {
  async 'secure-flow'() {
    const { createFlowSessions, createSecureFlow } = await import('./flow-backend')
    return (ports, { secureFlow: { flowId, pollEveryMs } }) => {
      // readConfig has refused a secure-flow without its flow.
      const settings = { flowId: flowId ?? '', pollEveryMs }
      const sessions = createFlowSessions(ports.platform, settings.flowId)
      return createSecureFlow({ ...ports, sessions }, settings)
    }
  },
  'announcement-leg': async () => (await import('./announcement-leg')).createAnnouncementLeg,
}

/** What config.json may name: a wrong name is told before anybody signs in. */
export const backendNames: readonly string[] = ['media-api', ...Object.keys(furtherBackends)]
