// The secure call flow that the organisation published: how it is invoked, how it tells its progress.
import { findPrompt, type PromptRecording, recordingIn } from './prompt-library'

export const promptFlow = {
  id: 'f10e5ec0-0000-4000-8000-000000000001',
  name: 'cueline-prompt',
  type: 'SECURECALL',
} as const

/** The participant attribute in which the flow tells its progress. */
export const progressAttribute = 'cueline.flow'

export type FlowProgress = 'playing' | 'completed' | 'failed'

/** `v1|playbackId|playing`, `v1|playbackId|completed` or `v1|playbackId|failed|reason`. */
export const progressText = (playbackId: string, progress: FlowProgress, reason?: string): string =>
  ['v1', playbackId, progress, ...(reason === undefined ? [] : [reason])].join('|')

export type FlowPlan =
  { playbackId: string; recording: PromptRecording } | { playbackId: string; failure: string }

/** What the flow makes of its invocation data, `v1|promptKey|language|playbackId`. */
export function planOf(userData: string): FlowPlan {
  const [version, key, language, playbackId, ...more] = userData.split('|')
  if (version !== 'v1' || !key || !language || !playbackId || more.length > 0) {
    return { playbackId: playbackId ?? '', failure: 'user_data_invalid' }
  }
  const prompt = findPrompt(key)
  const recording = prompt && recordingIn(prompt, language)
  if (!recording) return { playbackId, failure: 'prompt_missing' }
  if (recording.status !== 'transcoded') return { playbackId, failure: 'prompt_without_audio' }
  return { playbackId, recording }
}
