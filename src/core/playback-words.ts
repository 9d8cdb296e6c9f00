// What a playback is called on screen: a word, a tone (shape and colour), and a sentence for the agent.
import { sentenceFor } from './errors'
import type { Playback, PlaybackState } from './playback'
import { seconds } from './text'

export type Tone = 'idle' | 'waiting' | 'playing' | 'done' | 'stopped' | 'failed' | 'unknown'

export interface PlaybackWords {
  readonly word: string
  readonly tone: Tone
  readonly sentence: string
  /** True where the agent should say the words themself. */
  readonly readAloud: boolean
}

const words: Record<PlaybackState, readonly [string, Tone]> = {
  preparing: ['Preparing', 'waiting'],
  requested: ['Requested', 'waiting'],
  queued: ['Queued', 'waiting'],
  buffering: ['Buffering', 'waiting'],
  playing: ['Playing', 'playing'],
  completed: ['Completed', 'done'],
  stopped: ['Stopped', 'stopped'],
  interrupted: ['Interrupted', 'stopped'],
  failed: ['Failed', 'failed'],
  rejected: ['Not played', 'failed'],
  unknown: ['Unknown', 'unknown'],
}

const breaks = {
  'hang-up': 'The call ended',
  hold: 'The customer was put on hold',
  transfer: 'The call was transferred',
}

export function describePlayback(playback: Playback | null): PlaybackWords {
  if (playback === null)
    return { word: 'Ready', tone: 'idle', sentence: 'Nothing is playing.', readAloud: false }
  const [word, tone] = words[playback.state]
  return {
    word,
    tone,
    sentence: sentenceOf(playback),
    readAloud: playback.state === 'failed' || playback.state === 'rejected',
  }
}

function sentenceOf(playback: Playback): string {
  const played = seconds(playback.playedMs ?? 0)
  switch (playback.state) {
    case 'preparing':
      return 'Checking the recording.'
    case 'requested':
    case 'queued':
    case 'buffering':
      return 'The customer does not hear it yet.'
    case 'playing':
      return 'The customer hears it now.'
    case 'completed':
      return `The customer heard all ${played}.`
    case 'stopped':
      return playback.playedMs === null
        ? 'Stopped by you. A part was not seen: how much was heard is not known.'
        : `Stopped by you after ${played}.`
    case 'interrupted':
      return `${breaks[playback.interruptedBy ?? 'hang-up']} after ${played} of it.`
    default: {
      const { failure } = playback
      // "Rejected" means that nothing was played, also where a request went out and is known not to have arrived.
      const wasSent = playback.state !== 'rejected' && playback.times.requestedAtMs !== null
      return failure ? sentenceFor(failure.code, wasSent) : 'The outcome is not known.'
    }
  }
}
