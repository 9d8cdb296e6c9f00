// The second script of every page, named in its head: the outside (platform, desktop, backends, file check) and the parts of the panel that wait for it.
// be fetched once the configuration is read. The page names it in its head.
export { createAssets } from './adapters/assets'
export { createGenesys } from './adapters/genesys/platform'
export { connectHost } from './adapters/host'
export { backends } from './adapters/playback/backends'
export { panelParts } from './views/panel-parts'
