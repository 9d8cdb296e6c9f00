// What the panel and the setup have of the outside: one chunk, whichever backend is configured, so that nothing more has to
// be fetched once the configuration is read. The page names it in its head.
export { createAssets } from './adapters/assets'
export { createGenesys } from './adapters/genesys/platform'
export { connectHost } from './adapters/host'
export { backends } from './adapters/playback/backends'
