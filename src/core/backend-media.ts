// What each way of playing is told of a recording, for those who must know it without loading the backend.
import type { BackendName } from './backend-names'
import type { Capabilities } from './ports'

/** Held against the backends' own capabilities by a test. */
export const backendMedia: Readonly<Record<BackendName, Capabilities['medium']>> = {
  'media-api': 'url',
  'secure-flow': 'prompt',
  'announcement-leg': 'address',
}
