// One running panel: its services, joined. Adapters come in as ports, so that tests run the same panel on other ground.
import type { Config } from '../core/config'
import { callsTopic } from '../core/notification'
import type { OAuthReturn } from '../core/launch'
import type {
  Assets,
  Auth,
  CatalogueSource,
  Chance,
  Channels,
  Clock,
  Conversations,
  Host,
  OpenSocket,
  PlaybackBackend,
  TabStorage,
  Wire,
} from '../core/ports'
import { createAttention } from './attention'
import { createChannel } from './channel'
import { createLive } from './live'
import { createPlaybackService } from './playback'
import { createPrompts } from './prompts'
import { createSession } from './session'

export interface PanelPorts {
  readonly clock: Clock
  readonly chance: Chance
  readonly storage: TabStorage
  readonly auth: Auth
  readonly conversations: Conversations
  readonly channels: Channels
  readonly openSocket: OpenSocket
  readonly catalogue: CatalogueSource
  readonly assets: Assets
  readonly host: Host
  createBackend(wire: Wire): PlaybackBackend
  isVisible(): boolean
}

export interface PanelLaunch {
  readonly conversationId: string | null
  /** The query string to come back to after the login. */
  readonly search: string
}

export function createPanel(ports: PanelPorts, config: Config, launch: PanelLaunch) {
  let userId: string | null = null
  const session = createSession(ports, launch.search)
  const channel = createChannel(ports, () => (userId === null ? [] : [callsTopic(userId)]))
  const live = createLive({ ...ports, channel }, launch.conversationId)
  const prompts = createPrompts(ports, {
    cdnBase: config.cdn.base,
    defaults: config.defaults,
    tiers: config.tiers,
    attributes: config.attributes,
  })
  const playback = createPlaybackService(
    {
      clock: ports.clock,
      chance: ports.chance,
      backend: ports.createBackend(channel.wire),
      prepare: prompts.prepare,
      readiness: (key) => prompts.snapshot.value.readiness[key] ?? null,
      interaction: () => live.snapshot.value.interaction,
      signedIn: () => session.snapshot.value.status === 'signed-in',
      channelLive: () => channel.snapshot.value.status === 'live',
      onSignedOut: session.expired,
    },
    { deadlines: config.deadlines, volume: config.volume },
  )
  const followCall = () => {
    prompts.follow(live.snapshot.value.interaction)
    playback.follow(live.snapshot.value.interaction)
  }
  const undo = [
    createAttention(ports.host, playback.snapshot, ports.isVisible),
    session.snapshot.subscribe((state) => {
      if (state.status !== 'signed-in' || userId !== null) return
      userId = state.identity.userId
      void channel.connect()
      void live.begin(userId)
    }),
    live.snapshot.subscribe(followCall),
    channel.snapshot.subscribe(followCall),
  ]
  return {
    session,
    channel,
    live,
    prompts,
    playback,
    /** The catalogue needs no login, so both begin at once. */
    async start(returned: OAuthReturn): Promise<void> {
      await Promise.all([prompts.load(), session.start(returned)])
    },
    dispose(): void {
      for (const off of undo) off()
      playback.dispose()
      live.dispose()
      channel.close()
    },
  }
}

export type Panel = ReturnType<typeof createPanel>
