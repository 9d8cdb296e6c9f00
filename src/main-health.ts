// The door to the catalogue's health: its services, built when the view is first opened. Loaded by main.ts, by nobody else.
import type { App, Component } from 'vue'
import { createAssetProbe } from './adapters/asset-probe'
import { createSoundConverter } from './adapters/asset-sound'
import { createCatalogueTable } from './adapters/genesys/catalogue-table'
import { createPromptUploads } from './adapters/genesys/prompt-uploads'
import type { Config } from './core/config'
import type { Capabilities, CatalogueSource, Clock, Platform } from './core/ports'
import { carrierReach } from './core/reach'
import { createHealth } from './services/health'
import { createHealthRows } from './services/health-rows'
import { createHealthUpload } from './services/health-upload'
import type { Panel } from './services/panel'
import { healthKey, type HealthServices } from './stores/health'
import HealthScreen from './views/HealthScreen.vue'
import HealthView from './views/HealthView.vue'
import { speakFurther, type Part } from './texts/part'

/** Waited for before the view is shown. */
export const words = speakFurther(import.meta.glob('./texts/*/health.{json,ts}') as Part)

export interface HealthGround {
  readonly platform: Platform
  readonly clock: Clock
  readonly catalogues: readonly CatalogueSource[]
  readonly config: Config
  /** What the configured backend needs of a recording. */
  readonly medium: Capabilities['medium']
}

function createHealthServices({ platform, clock, catalogues, config, medium }: HealthGround): HealthServices {
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

/** For an app that signs people in by itself. What was checked stands while other views are shown. */
export function openCatalogue(app: App, ground: HealthGround): Component {
  if (!isBuilt) app.provide(healthKey, createHealthServices(ground))
  isBuilt = true
  return HealthView
}

interface PanelGround extends Omit<HealthGround, 'medium'> {
  readonly panel: { readonly playback: Pick<Panel['playback'], 'capabilities'> }
}

/** Beside the panel, whose session it waits for. */
export function openHealth(app: App, { panel, ...ground }: PanelGround): Component {
  openCatalogue(app, { ...ground, medium: panel.playback.capabilities.medium })
  return HealthScreen
}
