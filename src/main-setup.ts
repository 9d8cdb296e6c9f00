// The door to the setup: what the admin's view needs, built only when that view is opened. Loaded by main-panel.ts, by nobody else.
import { createPinia } from 'pinia'
import { createApp, type App, type Component, type ShallowRef } from 'vue'
import flowFile from '../manifest/flows/cueline-prompt.yaml?raw'
import { browserChance, browserClock } from './adapters/browser'
import { saveFile } from './adapters/download'
import { createPeople } from './adapters/genesys/people'
import { createProvisioning } from './adapters/genesys/provisioning'
import { keptStorage, tabStorage } from './adapters/storage'
import type { Boot } from './core/boot'
import { readRecord } from './core/evidence'
import type { Launch, OAuthReturn } from './core/launch'
import type { Host } from './core/ports'
import { readSetupConfig, type SetupConfig } from './core/setup-config'
import { createSetup } from './services/setup'
import { setupKey } from './stores/setup'
import SetupView from './views/SetupView.vue'
import { speakFurther, type Part } from './texts/part'

/** Waited for before the view is shown. */
export const words = speakFurther(import.meta.glob('./texts/*/setup.{json,ts}') as Part)

/** Nobody is in a call here: an answer may take longer. */
const answerMs = 30_000

/** Puts the setup in the place of the panel. Rejects where something could not be loaded: main-panel.ts says so. */
export async function openSetup(
  panel: App,
  boot: ShallowRef<Boot>,
  start: {
    launch: Launch
    search: string
    returned: OAuthReturn | Promise<OAuthReturn>
    fetchConfig(): Promise<string>
  },
  { createGenesys, host }: { readonly host: Host; readonly createGenesys: CreateGenesys },
): Promise<void> {
  const { launch, search, returned } = start
  const [configText] = await Promise.all([start.fetchConfig(), words])
  const reading = readSetupConfig(configText)
  if (!reading.ok) {
    boot.value = { stage: 'misconfigured', complaints: reading.complaints }
    return
  }
  const { setup, platform, place } = buildSetup(reading.config, createGenesys, host, launch, search)
  panel.unmount()
  const app = createApp(SetupView)
  const pinia = createPinia()
  app.use(pinia)
  const ground = { app, pinia, platform, clock: browserClock, config: setup.catalogueConfig }
  // Loaded when its tab is first opened.
  let catalogue: Promise<() => Component> | null = null
  const openCatalogue = async (): Promise<Component> => {
    catalogue ??= import('./main-health').then(async (door) => {
      await door.words
      return door.createCatalogueDoor(ground)
    })
    // A chunk that did not arrive is asked for again by the next click.
    catalogue.catch(() => (catalogue = null))
    return (await catalogue)()
  }
  const beginsWith = launch.view === 'health' ? 'catalogue' : 'installation'
  app.provide(setupKey, { ...setup, place, save: saveFile, catalogue: openCatalogue, beginsWith })
  app.mount('#app')
  await setup.start(returned)
}

type CreateGenesys = (typeof import('./adapters/genesys/platform'))['createGenesys']

function buildSetup(
  { gateway, signIn, file, ...configured }: SetupConfig,
  createGenesys: CreateGenesys,
  host: Host,
  launch: Launch,
  search: string,
) {
  const { languageTag, usePopupAuth } = launch.context
  const environment = configured.environment ?? host.environment
  const appUrl = location.origin + location.pathname
  const send = (url: string, init: RequestInit) => fetch(url, init)
  const { platform, auth, onTokenRefused } = createGenesys(
    { gateway, environment, timeoutMs: answerMs },
    browserClock,
    send,
    { ...signIn, redirectUri: appUrl },
  )
  const setup = createSetup(
    {
      provisioning: createProvisioning(platform, { clock: browserClock, file: flowFile, upload: send }),
      people: createPeople(platform),
      auth,
      onTokenRefused,
      clock: browserClock,
      chance: browserChance,
      storage: tabStorage,
      file,
      host: { environment: host.environment, languageTag },
      records: () => keptStorage.entries('cueline.outbox.').flatMap(([, text]) => readRecord(text) ?? []),
    },
    { appUrl, search, usePopup: usePopupAuth },
  )
  return { setup, platform, place: { environment, gateway, languageTag } }
}
