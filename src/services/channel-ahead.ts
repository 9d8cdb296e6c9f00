// A channel asked for while it is still unknown who is signed in, so that the live connection does not wait for both in turn.
import { channelLock } from '../core/panels'
import type { Channels, Clock, Locks } from '../core/ports'

interface ChannelAheadPorts {
  readonly channels: Channels
  readonly locks: Pick<Locks, 'isHeld'>
  readonly clock: Clock
}

/** Longer than the platform may take to say who is signed in; a channel that nobody used for longer is not relied on. */
const aheadMs = 20_000
/** A way through the login that needs nobody takes less. */
const freshMs = 2_000

export function createChannelAhead({ channels, locks, clock }: ChannelAheadPorts) {
  let ahead: (() => ReturnType<Channels['createChannel']>) | null = null
  let over = false
  let held: { readonly answer: Promise<boolean>; readonly atMs: number } | null = null

  return {
    /** Asks already whether another panel has the connection: sooner than anybody is known to be signed in. */
    expect(): void {
      held = { answer: locks.isHeld(channelLock), atMs: clock.now() }
    },
    async begin(): Promise<void> {
      // Where another panel has the connection, none is made: an agent has few channels.
      const isFresh = held !== null && clock.now() - held.atMs < freshMs
      const isHeld = isFresh && held ? held.answer : locks.isHeld(channelLock)
      if (ahead !== null || (await isHeld) || over) return
      const answer = channels.createChannel()
      const atMs = clock.now()
      ahead = async () => {
        const asked = clock.now() - atMs < aheadMs ? await answer : null
        // What was refused then may work by now; only a platform that named a time is not asked before it.
        return asked?.ok || asked?.refusal.retryAfterMs ? asked : channels.createChannel()
      }
    },
    /** In place of the port: who asks first gets what was begun. */
    channels: {
      ...channels,
      createChannel() {
        const take = ahead ?? (() => channels.createChannel())
        ahead = null
        over = true
        return take()
      },
    } satisfies Channels,
  }
}
