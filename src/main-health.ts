// The door to the catalogue's health: its services, built when the view is first opened. Loaded by main.ts, by nobody else.
import type { App, Component } from 'vue'
import { createAssetProbe } from './adapters/asset-probe'
import { createSoundConverter } from './adapters/asset-sound'
import { createCatalogueTable } from './adapters/genesys/catalogue-table'
import { createPromptUploads } from './adapters/genesys/prompt-uploads'
import type { Config } from './core/config'
import type { CatalogueSource, Clock, Platform } from './core/ports'
import { carrierReach } from './core/reach'
import { createHealth } from './services/health'
import { createHealthRows } from './services/health-rows'
import { createHealthUpload } from './services/health-upload'
import type { Panel } from './services/panel'
import { healthKey, type HealthServices } from './stores/health'
import HealthView from './views/HealthView.vue'

export interface HealthGround {
  readonly platform: Platform
  readonly clock: Clock
  readonly catalogues: readonly CatalogueSource[]
  readonly config: Config
  readonly panel: { readonly playback: Pick<Panel['playback'], 'capabilities'> }
}

function createHealthServices({ platform, clock, catalogues, config, panel }: HealthGround): HealthServices {
  const { medium } = panel.playback.capabilities
  const rules = { ...config, cdnBase: config.cdn.base, carrier: carrierReach(config, medium) }
  const health = createHealth({ clock, catalogues, probe: createAssetProbe(config.asset) }, rules)
  const table = config.dataTableId === null ? null : createCatalogueTable(platform, config.dataTableId)
  const uploads = createPromptUploads(platform, (url, init) => fetch(url, init))
  const ports = { clock, converter: createSoundConverter(), uploads }
  return {
    health,
    rows: createHealthRows(table, health.stale),
    upload: createHealthUpload(ports, config.architect.prefix, health.stale),
  }
}

let isBuilt = false

/** What was checked stands while other views are shown. */
export function openHealth(app: App, ground: HealthGround): Component {
  if (!isBuilt) app.provide(healthKey, createHealthServices(ground))
  isBuilt = true
  return HealthView
}
