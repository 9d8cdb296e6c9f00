// The catalogue as the second half of the setup: health, dry run, rows and uploads, for the config.json that the setup makes.
import type { Pinia } from 'pinia'
import { h, type App, type Component } from 'vue'
import { createAssetProbe } from './adapters/asset-probe'
import { createSoundConverter } from './adapters/asset-sound'
import { createCdnCatalogue } from './adapters/catalogue'
import { createCatalogueTable } from './adapters/genesys/catalogue-table'
import { createDataTable } from './adapters/genesys/datatables'
import { createPromptUploads } from './adapters/genesys/prompt-uploads'
import { createArchitectPrompts } from './adapters/genesys/prompts'
import { createQueueDirectory } from './adapters/genesys/queues'
import { backendMedia } from './core/backend-media'
import { backendNames, type BackendName } from './core/backend-names'
import { readConfig, type Config } from './core/config'
import type { Clock, Platform } from './core/ports'
import { carrierReach } from './core/reach'
import { createHealth } from './services/health'
import { createDryRun } from './services/health-dry-run'
import { createHealthRows } from './services/health-rows'
import { createHealthUpload } from './services/health-upload'
import { healthKey, useHealthStore, type HealthServices } from './stores/health'
import HealthView from './views/HealthView.vue'
import SetupCatalogueGap from './views/SetupCatalogueGap.vue'
import { speakFurther, type Part } from './texts/part'

/** Waited for before the view is shown. */
export const words = speakFurther(import.meta.glob('./texts/*/health.{json,ts}') as Part)

export interface CatalogueGround {
  readonly app: App
  readonly pinia: Pinia
  readonly platform: Platform
  readonly clock: Clock
  /** config.json as it stands now, with what the setup has made. */
  config(): string
}

/** Opens the catalogue again and again: what was checked stands for as long as config.json says the same. */
export function createCatalogueDoor({ app, pinia, platform, clock, config }: CatalogueGround) {
  let builtFor: string | null = null
  return (): Component => {
    const text = config()
    const reading = readConfig(text, backendNames)
    if (!reading.ok) return () => h(SetupCatalogueGap, { complaints: reading.complaints })
    if (builtFor === text) return HealthView
    if (builtFor !== null) forget(pinia)
    app.provide(healthKey, createServices(reading.config, platform, clock))
    builtFor = text
    return HealthView
  }
}

/** The store mirrors the services that it was made with: for new ones it has to be made anew. */
function forget(pinia: Pinia): void {
  const store = useHealthStore(pinia)
  store.$dispose()
  delete pinia.state.value[store.$id]
}

function createServices(config: Config, platform: Platform, clock: Clock): HealthServices {
  // Judged by its name before.
  const medium = backendMedia[config.backend as BackendName]
  const rules = { ...config, cdnBase: config.cdn.base, carrier: carrierReach(config, medium) }
  const catalogues = sourcesOf(config, platform)
  const health = createHealth({ clock, catalogues, probe: createAssetProbe(config.asset) }, rules)
  const table = config.dataTableId === null ? null : createCatalogueTable(platform, config.dataTableId)
  const uploads = createPromptUploads(platform, (url, init) => fetch(url, init))
  const ports = { clock, converter: createSoundConverter(), uploads }
  return {
    health,
    dryRun: createDryRun({ clock, queues: createQueueDirectory(platform), ...health }, rules),
    rows: createHealthRows(table, health.stale),
    upload: createHealthUpload(ports, config.architect.prefix, health.stale),
  }
}

/** A data table names prompts before the CDN does, Architect adds to both: in the order of the panel. */
function sourcesOf({ dataTableId, architect, cdn, catalogue, asset }: Config, platform: Platform) {
  return [
    ...(dataTableId === null ? [] : [createDataTable(platform, dataTableId)]),
    createCdnCatalogue(cdn.base, catalogue, asset.timeoutMs),
    ...(architect.read ? [createArchitectPrompts(platform, architect.prefix)] : []),
  ]
}
