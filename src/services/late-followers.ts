// Tells the followers of playbacks what happens. Until their code is there, what happened waits for it, in its order.
import type { Playback } from '../core/playback'
import type { Clock, Host } from '../core/ports'
import type { createFollowers, FollowerPorts, Followers } from './followers'

export interface LateFollowerPorts extends FollowerPorts {
  readonly host: Host
  readonly clock: Clock
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
  let followers: Followers | null = null
  let waiting: readonly (readonly [playback: Playback, legId: string | null])[] = []
  let focused = true
  let over = false
  let undoTimer = () => {}
  const undo = [
    ports.host.onFocus(() => void (focused = true)),
    ports.host.onBlur(() => void (focused = false)),
  ]

  /** What did not arrive is asked for again until it does. */
  async function begin(): Promise<void> {
    try {
      const create = await ports.loadFollowers()
      if (over) return
      followers = create(ports, focused)
      for (const [playback, legId] of waiting) followers.follow(playback, legId)
      waiting = []
    } catch {
      if (!over) undoTimer = ports.clock.after(againMs, () => void begin())
    }
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
    dispose(): void {
      over = true
      undoTimer()
      for (const off of undo) off()
      followers?.dispose()
    },
  }
}
