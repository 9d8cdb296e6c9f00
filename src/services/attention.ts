// Draws the agent back when something failed while they could not see the panel: a toast, and a count on the panel.
import { isOutcome, type Playback } from '../core/playback'
import { describePlayback } from '../core/playback-words'
import type { Host } from '../core/ports'
import type { Snapshot } from './snapshot'

/** `isVisible` is asked at the moment of the failure. `focused`: does the panel have the focus now? Returns the undo of all listeners. */
export function createAttention(
  host: Host,
  playback: Snapshot<{ readonly current: Playback | null }>,
  isVisible: () => boolean,
  focused = true,
) {
  let unseen = 0
  let last: Playback | null = null
  const show = (count: number) => {
    if (count === unseen) return
    unseen = count
    host.setAttentionCount(count)
  }
  const undo = [
    host.onFocus(() => {
      focused = true
      show(0)
    }),
    host.onBlur(() => {
      focused = false
    }),
    playback.subscribe(({ current }) => {
      const before = last
      last = current
      // What was over when it is seen for the first time was told by the page before a reload.
      if (before === null || current === null || !isOutcome(current.state)) return
      if (before.state === current.state) return
      const { tone, word, sentence } = describePlayback(current)
      if ((tone !== 'failed' && tone !== 'unknown') || (focused && isVisible())) return
      show(unseen + 1)
      host.showToast({ title: `${current.title}: ${word}`, message: sentence, kind: 'error' })
    }),
  ]
  return () => undo.forEach((off) => off())
}
