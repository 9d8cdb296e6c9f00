// Every sound that reaches a call, by whichever carrier: who hears it, and whether the recording contains it.
import type { DesktopFeed } from './feed'
import type { Recordings } from './recordings'
import type { Ear, Telephone } from './telephone'
import type { Settings } from './settings'

export interface Sound {
  id: string
  interactionId: string
  url: string
  volume: number
  backend: Settings['backend']
  heardBy: readonly Ear[]
  isRecorded: boolean
}

export interface Sounds {
  started(sound: Sound, durationMs: number): void
  /** `reason`: "completed", or why it was cut. A second end of the same sound changes nothing. */
  ended(soundId: string, reason: string): void
  /** It goes on, but the customer hears no more of it. */
  lostCustomer(soundId: string, reason: string): void
}

interface SoundsParts {
  telephone: Telephone
  feed: Pick<DesktopFeed, 'play' | 'stop'>
  recordings: Recordings
}

export const createSounds = ({ telephone, feed, recordings }: SoundsParts): Sounds => ({
  started(sound, durationMs) {
    telephone.started(sound, durationMs)
    if (sound.isRecorded) recordings.started(sound)
    if (sound.heardBy.includes('customer')) feed.play(sound, durationMs)
  },
  ended(soundId, reason) {
    telephone.ended(soundId, reason)
    recordings.ended(soundId)
    if (reason !== 'completed') feed.stop(soundId, reason)
  },
  lostCustomer(soundId, reason) {
    telephone.ended(soundId, reason)
    feed.stop(soundId, reason)
  },
})
