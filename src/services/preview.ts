// A prompt in the agent's own headset, on their click. It knows no backend: nothing of it can reach the customer.
import { isOutcome, type Playback } from '../core/playback'
import type { Interaction } from '../core/conversation'
import {
  endsPreview,
  type Preview,
  type PreviewGround,
  type PreviewProblem,
  type PreviewSound,
} from '../core/preview'
import type { Preferences } from '../core/preferences'
import type { Clock } from '../core/ports'
import { createSnapshot, type Snapshot } from './snapshot'

export interface PreviewState {
  readonly status: 'quiet' | 'loading' | 'sounding' | 'failed'
  readonly promptKey: string | null
  /** Epoch ms of the panel's clock; null until it sounds. */
  readonly startedAtMs: number | null
  readonly durationMs: number
  readonly problem: PreviewProblem | null
}

export const quietPreview: PreviewState = {
  status: 'quiet',
  promptKey: null,
  startedAtMs: null,
  durationMs: 0,
  problem: null,
}

export interface PreviewPorts {
  readonly preview: Preview
  readonly clock: Clock
  readonly playback: Snapshot<{ readonly current: Playback | null }>
  readonly live: Snapshot<{ readonly interaction: Interaction | null }>
  readonly preferences: Snapshot<Pick<Preferences, 'previewVolume' | 'previewOutput'>>
}

export function createPreviewService({ preview, clock, playback, live, preferences }: PreviewPorts) {
  const snapshot = createSnapshot<PreviewState>(quietPreview)
  let ground: PreviewGround = groundNow()
  /** What comes back for an earlier click changes nothing. */
  let turn = 0

  function groundNow(): PreviewGround {
    const { current } = playback.value
    const { interaction } = live.value
    return {
      playbackId: current !== null && !isOutcome(current.state) ? current.id : null,
      callId: interaction !== null && interaction.callState !== 'ended' ? interaction.id : null,
    }
  }

  const isOn = () => snapshot.value.status === 'loading' || snapshot.value.status === 'sounding'

  function stop(): void {
    if (!isOn()) return
    turn += 1
    preview.stop()
    snapshot.set(quietPreview)
  }

  function look(): void {
    if (isOn() && endsPreview(ground, groundNow())) stop()
  }

  async function start(sound: PreviewSound): Promise<void> {
    const mine = ++turn
    const { promptKey } = sound
    ground = groundNow()
    snapshot.set({ ...quietPreview, status: 'loading', promptKey })
    const { previewVolume: volume, previewOutput: output } = preferences.value
    const over = () => {
      if (mine === turn) snapshot.set(quietPreview)
    }
    const started = await preview.start(sound, { volume, output }, over)
    if (mine !== turn || snapshot.value.status !== 'loading') return
    if (typeof started === 'string')
      return snapshot.set({ ...quietPreview, status: 'failed', promptKey, problem: started })
    snapshot.patch({ status: 'sounding', startedAtMs: clock.now(), durationMs: started.durationMs })
  }

  const undo = [
    playback.subscribe(look),
    live.subscribe(look),
    preferences.subscribe(({ previewVolume }) => preview.setVolume(previewVolume)),
  ]
  return {
    snapshot,
    start,
    stop,
    fetchOutputs: () => preview.fetchOutputs(),
    askOutput: () => preview.askOutput(),
    dispose(): void {
      for (const off of undo) off()
      stop()
    },
  }
}

export type PreviewService = ReturnType<typeof createPreviewService>
