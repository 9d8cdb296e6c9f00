// What follows from the playbacks that a panel still has open: for the agent's next click, for the carrier, for other panels.
import type { Interaction } from './conversation'
import type { OpenPlay } from './panels'
import type { Playback } from './playback'

/** Whether the customer may still hear an earlier playback: of this prompt, or of another. */
export function stillOpenOf(open: readonly Playback[], promptKey: string): 'same' | 'other' | null {
  const unknown = open.filter((p) => p.state === 'unknown' && p.times.requestedAtMs !== null)
  if (unknown.length === 0) return null
  return unknown.some((p) => p.promptKey === promptKey) ? 'same' : 'other'
}

/** What the carrier is asked for; null before the playback is prepared. */
export function requestOf({ id, interactionId, promptKey, asset, choice }: Playback) {
  if (asset === null || choice === null) return null
  const { participantId, language } = choice
  return { playbackId: id, interactionId, participantId, promptKey, language, asset }
}

/** What a panel tells the others. */
export function openPlaysOf(open: readonly Playback[], interaction: Interaction | null): OpenPlay[] {
  const heard = interaction?.callState === 'connected' ? interaction.id : null
  return open.flatMap(({ asset, interactionId }) =>
    asset === null ? [] : [{ interactionId, url: asset.url, hears: interactionId === heard }],
  )
}
