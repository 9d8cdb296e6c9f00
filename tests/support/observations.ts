// What was observed of one playback, as tests of the numbers need it.
import type { Observation } from '../../src/core/observation'

export const observation = (of: Partial<Observation> = {}): Observation => ({
  atMs: 1_800_000_119_000,
  prompt: 'welcome',
  language: 'en',
  format: 'mp3',
  codec: 'mp3',
  backend: 'media-api',
  outcome: 'completed',
  code: null,
  sent: true,
  started: true,
  clickToRequest: 10,
  requestToAccepted: 80,
  acceptedToSound: 110,
  clickToSound: 200,
  played: 3_000,
  ...of,
})
