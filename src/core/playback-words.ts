// What a playback is called on screen: a word, a tone (shape and colour), and a sentence for the agent.
import { sentenceFor } from './errors'
import type { Playback, PlaybackState } from './playback'
import { m, seconds, t } from './text'

export type Tone = 'idle' | 'waiting' | 'playing' | 'done' | 'stopped' | 'failed' | 'unknown'

export interface PlaybackWords {
  readonly word: string
  readonly tone: Tone
  readonly sentence: string
  /** True where the agent should say the words themself. */
  readonly readAloud: boolean
}

/** Each state's word, to be said by `t`, and its tone. */
export const stateWords: Record<PlaybackState, readonly [string, Tone]> = {
  preparing: [m('Preparing'), 'waiting'],
  requested: [m('Requested'), 'waiting'],
  queued: [m('Queued'), 'waiting'],
  buffering: [m('Buffering'), 'waiting'],
  playing: [m('Playing'), 'playing'],
  completed: [m('Completed'), 'done'],
  stopped: [m('Stopped'), 'stopped'],
  interrupted: [m('Interrupted'), 'stopped'],
  failed: [m('Failed'), 'failed'],
  rejected: [m('Not played'), 'failed'],
  unknown: [m('Unknown'), 'unknown'],
}

/** What broke it off ended it: it does not go on by itself when the customer is back. */
const breaks = m({
  'hang-up': 'The call ended after {played} of it. Call back if it has to be heard.',
  hold: 'The customer was put on hold after {played} of it. Play it again once they are back.',
  transfer: 'The call was transferred after {played} of it. Ask your colleague to play it again.',
})

export function describePlayback(playback: Playback | null): PlaybackWords {
  if (playback === null)
    return { word: t('Ready'), tone: 'idle', sentence: t('Nothing is playing.'), readAloud: false }
  const [word, tone] = stateWords[playback.state]
  return {
    word: t(word),
    tone,
    sentence: sentenceOf(playback),
    readAloud: playback.state === 'failed' || playback.state === 'rejected',
  }
}

function sentenceOf(playback: Playback): string {
  const played = seconds(playback.playedMs ?? 0)
  switch (playback.state) {
    case 'preparing':
      return t('Checking the recording.')
    case 'requested':
    case 'queued':
    case 'buffering':
      return t('The customer does not hear it yet.')
    case 'playing':
      return t('The customer hears it now.')
    case 'completed':
      return t('The customer heard all {played}.', { played })
    case 'stopped':
      return playback.playedMs === null
        ? t('Stopped by you. A part was not seen: how much was heard is not known.')
        : t('Stopped by you after {played}.', { played })
    case 'interrupted':
      return t(breaks[playback.interruptedBy ?? 'hang-up'], { played })
    default: {
      const { failure } = playback
      // "Rejected" means that nothing was played, also where a request went out and is known not to have arrived.
      const wasSent = playback.state !== 'rejected' && playback.times.requestedAtMs !== null
      return failure ? sentenceFor(failure.code, wasSent) : t('The outcome is not known.')
    }
  }
}
