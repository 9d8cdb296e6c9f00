// Is the live connection there? A click that comes while it is being opened waits for it, a while.
import type { Clock } from '../core/ports'
import type { ChannelState } from './channel'
import type { Snapshot } from './snapshot'

/** Longer than any start takes; an agent who waits longer should read the words aloud. */
const patienceMs = 5_000

export function createChannelReadiness(channel: Snapshot<Pick<ChannelState, 'status'>>, clock: Clock) {
  const is = (status: ChannelState['status']) => channel.value.status === status
  return {
    channelLive: () => is('live'),
    channelOpening: () => is('connecting'),
    /** False where it is not there in time, or was lost. */
    async whenLive(): Promise<boolean> {
      if (is('connecting'))
        await new Promise<void>((resolve) => {
          const settle = () => {
            undoWait()
            unsubscribe()
            resolve()
          }
          const undoWait = clock.after(patienceMs, settle)
          const unsubscribe = channel.subscribe(({ status }) => status !== 'connecting' && settle())
        })
      return is('live')
    },
  }
}
