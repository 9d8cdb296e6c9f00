// What follows a playback and no click waits for: its record sent, the note for colleagues, the way back for the agent, what was played last. Loaded late.
import type { Playback } from '../core/playback'
import type { Host, KeptStorage } from '../core/ports'
import { createAttention } from './attention'
import { createBadges, type BadgePorts } from './badges'
import { createOutbox, type OutboxPorts } from './outbox'
import { noteRecent, type RecentKept } from './recent'
import { createSnapshot } from './snapshot'

export interface FollowerPorts extends BadgePorts, Omit<OutboxPorts, 'storage'> {
  readonly kept: KeptStorage
  readonly host: Host
  readonly preferences: RecentKept
  isVisible(): boolean
}

/** `focused`: does the panel have the focus by now? */
export function createFollowers(ports: FollowerPorts, focused: boolean) {
  const playback = createSnapshot<{ readonly current: Playback | null }>({ current: null })
  const outbox = createOutbox({ ...ports, storage: ports.kept })
  let legId: string | null = null
  const badges = createBadges(ports, () => legId)
  const undo = [
    createAttention(ports.host, playback, ports.isVisible, focused),
    noteRecent(playback, ports.preferences),
  ]
  return {
    outbox,
    /** `ofLegId`: the agent's own participant in the playback's call, as far as it is known. */
    follow(current: Playback, ofLegId: string | null): void {
      legId = ofLegId
      badges.follow(current)
      playback.set({ current })
    },
    dispose(): void {
      for (const off of undo) off()
      badges.dispose()
      outbox.dispose()
    },
  }
}

export type Followers = ReturnType<typeof createFollowers>
