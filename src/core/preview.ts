// A preview: what an agent hears in their own headset before they play it to anyone. When it may go on, and why it cannot.

/** One sound for the agent alone. */
export interface PreviewSound {
  readonly promptKey: string
  readonly url: string
  /** Of the bytes that were checked: others are not played. Null where nobody has seen the bytes. */
  readonly sha256: string | null
}

/** Why nothing is heard. Each has its sentence in preview-words.ts. */
export type PreviewProblem =
  | 'not-fetched'
  | 'changed'
  | 'not-audio'
  | 'click-needed'
  | 'output-missing'
  | 'output-refused'
  | 'not-loaded'

/** Ways to another output than the machine's own: a list, the browser's own question, or none and why. */
export type OutputChoice =
  | { readonly kind: 'list'; readonly outputs: readonly PreviewOutput[] }
  | { readonly kind: 'question' }
  | { readonly kind: 'none'; readonly why: 'unsupported' | 'refused' | 'hidden' }

export interface PreviewOutput {
  /** The browser's id, for this site only. */
  readonly id: string
  readonly label: string
}

/** Sound on the agent's own machine, and nowhere else. */
export interface Preview {
  /**
   * Fetches it anew and plays it from its bytes. Resolves once it sounds, or with why it does not; `over` is called once
   * when it has come to its end. A further start ends the one before.
   * @param volume 0 to 1
   * @param output the browser's id of a device; null is the machine's own
   */
  start(
    sound: PreviewSound,
    settings: { readonly volume: number; readonly output: string | null },
    over: () => void,
  ): Promise<{ readonly durationMs: number } | PreviewProblem>
  setVolume(volume: number): void
  stop(): void
  /** Asks nobody for anything. */
  fetchOutputs(): Promise<OutputChoice>
  /** The browser's own question, on a click; null where the agent chose none or it may not be asked. */
  askOutput(): Promise<PreviewOutput | null>
}

/** What a preview may not talk over: the playback that runs, and the call that the agent is in. Null where there is none. */
export interface PreviewGround {
  readonly playbackId: string | null
  readonly callId: string | null
}

/** A prompt that begins in the customer's ear ends it, and so does the end of the call in which it was begun. */
export function endsPreview(atStart: PreviewGround, now: PreviewGround): boolean {
  const begun = now.playbackId !== null && now.playbackId !== atStart.playbackId
  const lost = atStart.callId !== null && now.callId !== atStart.callId
  return begun || lost
}
