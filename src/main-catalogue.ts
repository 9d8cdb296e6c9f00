// The catalogue as the second half of the setup: health, dry run, rows and uploads, for the config.json that the setup makes.
import type { Pinia } from 'pinia'
import { h, type App, type Component } from 'vue'
import { createCdnCatalogue } from './adapters/catalogue'
import { createDataTable } from './adapters/genesys/datatables'
import { createArchitectPrompts } from './adapters/genesys/prompts'
import { backendMedia } from './core/backend-media'
import { backendNames } from './core/backend-names'
import { readConfig, type Config } from './core/config'
import type { Clock, Platform } from './core/ports'
import { createHealthServices } from './main-health'
import { healthKey, useHealthStore } from './stores/health'
import HealthView from './views/HealthView.vue'
import SetupCatalogueGap from './views/SetupCatalogueGap.vue'

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
    const name = reading.ok ? backendNames.find((one) => one === reading.config.backend) : undefined
    if (!reading.ok || name === undefined) {
      const complaints = reading.ok ? [] : reading.complaints
      return () => h(SetupCatalogueGap, { complaints })
    }
    if (builtFor === text) return HealthView
    if (builtFor !== null) forget(pinia)
    const catalogues = sourcesOf(reading.config, platform)
    const ground = { platform, clock, catalogues, config: reading.config, medium: backendMedia[name] }
    app.provide(healthKey, createHealthServices(ground))
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

/** A data table names prompts before the CDN does, Architect adds to both: in the order of the panel. */
function sourcesOf({ dataTableId, architect, cdn, catalogue, asset }: Config, platform: Platform) {
  return [
    ...(dataTableId === null ? [] : [createDataTable(platform, dataTableId)]),
    createCdnCatalogue(cdn.base, catalogue, asset.timeoutMs),
    ...(architect.read ? [createArchitectPrompts(platform, architect.prefix)] : []),
  ]
}
