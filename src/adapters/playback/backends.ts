// Every way by which audio can reach the call. A new one needs its own file and one line, here or where they are loaded later.
import { furtherBackends, type Backends } from './further-backends'
import { createMediaApi } from './media-api'

export type { BackendPorts } from './further-backends'

/** The one that a config.json without a word about it means is there at once. */
export const backends: Backends = {
  'media-api': () => Promise.resolve(({ platform, wire }) => createMediaApi(platform, wire)),
  ...furtherBackends,
}
