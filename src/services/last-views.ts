// How each call of late was seen last: a playback may become known after the panel has turned to the next call.
import type { Interaction } from '../core/conversation'

const limit = 10

export function createLastViews() {
  const views = new Map<string, Interaction>()

  return {
    note(interaction: Interaction): void {
      views.delete(interaction.id)
      views.set(interaction.id, interaction)
      const [oldest] = views.keys()
      if (views.size > limit && oldest !== undefined) views.delete(oldest)
    },
    of: (interactionId: string): Interaction | null => views.get(interactionId) ?? null,
  }
}
