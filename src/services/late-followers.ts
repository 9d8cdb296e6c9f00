// Tells the followers of playbacks what happens. Until their code is there, what happened waits for it, in its order.
import type { Interaction } from '../core/conversation'
import type { EvidenceRecord } from '../core/evidence'
import { outboxPrefix } from '../core/evidence-record'
import type { Playback } from '../core/playback'
import type { createFollowers, FollowerPorts, Followers } from './followers'
import type { OutboxState } from './outbox'
import { createSnapshot } from './snapshot'

export interface LateFollowerPorts extends FollowerPorts {
  loadFollowers(): Promise<typeof createFollowers>
}

const againMs = 3_000
/** Some thirty playbacks. */
const waitingLimit = 300

/** `legOf`: the agent's own participant in this interaction, null where it is not on the line. */
export function createLateFollowers(
  ports: LateFollowerPorts,
  legOf: (interactionId: string) => string | null,
) {
  const { clock, host, kept } = ports
  const outbox = createSnapshot<OutboxState>({ waiting: 0, kept: true, problem: null })
  const records = new Map<string, EvidenceRecord>()
  /** Of these an earlier page has left a record: its write may still be under way. */
  const found = new Set<string>()
  let followers: Followers | null = null
  let waiting: readonly (readonly [playback: Playback, legId: string | null])[] = []
  let seen: Interaction | null = null
  let focused = true
  let over = false
  let undoTimer = () => {}
  const undo = [host.onFocus(() => void (focused = true)), host.onBlur(() => void (focused = false))]

  /** What did not arrive is asked for again until it does. Records of this agent are sent from then on. */
  async function begin(agentId: string): Promise<void> {
    const create = await ports.loadFollowers().catch(() => null)
    if (over) return
    if (create) handOver(create(ports, focused), agentId)
    else undoTimer = clock.after(againMs, () => void begin(agentId))
  }

  function handOver(loaded: Followers, agentId: string): void {
    followers = loaded
    loaded.outbox.snapshot.subscribe(outbox.set)
    if (seen) loaded.outbox.look(seen)
    // This page's own are not to be taken for what an earlier one has left.
    for (const id of records.keys()) if (!found.has(id)) kept.remove(outboxPrefix + id)
    for (const record of records.values()) loaded.outbox.add(record)
    records.clear()
    for (const [playback, legId] of waiting) loaded.follow(playback, legId)
    waiting = []
    void loaded.outbox.begin(agentId)
  }

  return {
    begin,
    /** The leg is the one of now: the call may be over before anybody is told. */
    follow(playback: Playback | null): void {
      if (playback === null) return
      const legId = legOf(playback.interactionId)
      if (followers) return followers.follow(playback, legId)
      const last = waiting.at(-1)
      if (last?.[0] !== playback || last[1] !== legId)
        waiting = [...waiting, [playback, legId] as const].slice(-waitingLimit)
    },
    outbox: {
      snapshot: outbox,
      /** In the storage at once: a panel that goes before anything is sent leaves it to the next one. */
      add(record: EvidenceRecord): void {
        if (followers) return followers.outbox.add(record)
        const { playbackId } = record
        const key = outboxPrefix + playbackId
        if (!records.has(playbackId) && kept.entries(key).length > 0) found.add(playbackId)
        records.set(playbackId, record)
        const isKept = kept.write(key, JSON.stringify(record))
        outbox.patch({ waiting: records.size, kept: isKept })
      },
      look(interaction: Interaction): void {
        seen = interaction
        followers?.outbox.look(interaction)
      },
      flush: (): Promise<void> => followers?.outbox.flush() ?? Promise.resolve(),
    },
    dispose(): void {
      over = true
      undoTimer()
      for (const off of undo) off()
      followers?.dispose()
    },
  }
}
