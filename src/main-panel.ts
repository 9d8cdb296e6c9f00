// Composition root of the panel: builds adapters and services, mounts. Loaded by main.ts, by nobody else, where its page stays.
import { createPinia } from 'pinia'
import { createApp, shallowRef, type Component } from 'vue'
import App from './App.vue'
import { showAppearance } from './adapters/appearance'
import type { AskedAhead } from './adapters/asked-ahead'
import { createAssets } from './adapters/assets'
import {
  browserChance,
  browserClock,
  browserLocks,
  onBrowserOnline,
  openBrowserSocket,
} from './adapters/browser'
import { createCdnCatalogue } from './adapters/catalogue'
import { createGenesys } from './adapters/genesys/platform'
import { connectHost } from './adapters/host'
import { backends } from './adapters/playback/backends'
import type * as storages from './adapters/storage'
import type { Boot } from './core/boot'
import { readConfig, type Config } from './core/config'
import type { Launch, OAuthReturn, TabName } from './core/launch'
import { languageName } from './core/prompt'
import type { Bus, CallFeed, Host, Platform, Wire } from './core/ports'
import type { Notes } from './services/notes'
import { createPanel } from './services/panel'
import type { Sharing } from './services/sharing'
import { createLateParts } from './stores/late-parts'
import { checklistKey, panelServicesKey, partsKey, previewKey, settingsKey } from './stores/services'

/** What the page's own script has found out, and what it has begun. */
export interface PanelStart {
  readonly launch: Launch
  /** A promise where a way to the login is under way in a frame. */
  readonly returned: OAuthReturn | Promise<OAuthReturn>
  /** The launch parameters, to come back to after the login. */
  readonly search: string
  /** Waited for before anything is said. */
  readonly speaking: Promise<void>
  /** Why there is no panel to show, as a sentence; null where there is one. */
  readonly problem: (() => string) | null
  /** The text of config.json; rejects with a sentence. */
  fetchConfig(): Promise<string>
  readonly bus: Bus
  readonly sharing: Sharing
  readonly ahead: AskedAhead
  /**
   * The module as a value: what the bundler needs to make such a value then stands in the page's own script, and this one has
   * no third one to wait for.
   */
  readonly storages: typeof storages
}

const loadRecords = () => import('./main-records')
const loadMetrics = () => import('./main-metrics')
/** One chunk. */
async function loadParts() {
  const [{ panelParts }, { createPromptSearch }] = await Promise.all([
    import('./views/panel-parts'),
    import('./core/prompt-search'),
  ])
  return { ...panelParts, createPromptSearch }
}

export async function openPanel(start: PanelStart): Promise<void> {
  const { launch, speaking } = start
  const boot = shallowRef<Boot>({ stage: 'starting' })
  /** The views beside the panel, in the order of their tabs. Each is a chunk of its own, loaded when it is first opened. */
  const views: Partial<Record<TabName, () => Promise<Component>>> = {
    team: () => enter(import('./main-team'), ({ openTeam }) => openTeam(app, ground)),
    records: () => enter(loadRecords(), ({ RecordsView }) => RecordsView),
    metrics: () =>
      enter(loadMetrics(), (metrics) => metrics.createMetricsView(app, ground, ground.panel.notes)),
  }
  /** What a view builds on: there as soon as the panel runs, and no view is opened before. */
  let ground: Awaited<ReturnType<typeof buildPanel>>
  const app = createApp(App, { boot, missing: launch.missing, view: launch.view, views })
  app.provide(checklistKey, () => enter(loadRecords(), ({ RequiredList }) => RequiredList))
  app.provide(previewKey, async () => (await import('./main-preview')).openPreview(ground))
  app.provide(settingsKey, async () => (await import('./main-settings')).SettingsSheet)
  const parts = createLateParts(loadParts, browserClock)
  app.provide(partsKey, parts)
  app.use(createPinia())
  let isShown = false
  const show = () => {
    if (!isShown) app.mount('#app')
    isShown = true
  }
  const inDesktop = launch.context.hostOrigin !== null && window.parent !== window
  const { host, problem } = connectHost(inDesktop)
  try {
    await speaking
    if (start.problem !== null) throw new Error(start.problem())
    // No view of the panel: an admin's own sign-in, and none of the panel's services.
    if (launch.view === 'setup' || launch.view === 'health') {
      show()
      return await (await import('./main-setup')).openSetup(app, boot, start, { createGenesys, host })
    }
    const reading = readConfig(await start.fetchConfig(), Object.keys(backends))
    if (!reading.ok) {
      boot.value = { stage: 'misconfigured', complaints: reading.complaints }
      return
    }
    ground = await buildPanel(reading.config, host, start)
    const { panel } = ground
    app.provide(panelServicesKey, panel)
    panel.preferences.snapshot.subscribe(showAppearance)
    boot.value = { stage: 'running', embedded: host.embedded, hostProblem: problem }
    // What the platform is asked leaves before anything is drawn.
    const started = panel.start(start.returned)
    void panel.firstScreen().then(parts.ask)
    show()
    // While others answer: a browser takes longer for the first name of a language than for a hundred others.
    const { language } = reading.config.defaults
    browserClock.after(0, () => languageName(language))
    await started
  } catch (error) {
    boot.value = { stage: 'failed', detail: error instanceof Error ? error.message : String(error) }
  } finally {
    // The desktop waits for this word, up to a limit of its own: it comes whatever happened here. On the way to the login nobody says it.
    host.bootstrapped()
    show()
  }
}

/** A door's component, once its sentences are there too. */
async function enter<Door extends { readonly words: Promise<void> }>(
  loading: Promise<Door>,
  open: (door: Door) => Component,
): Promise<Component> {
  const door = await loading
  await door.words
  return open(door)
}

async function buildPanel(config: Config, host: Host, start: PanelStart) {
  const { gateway = null, environment = host.environment } = config.api
  const { platform, ...genesys } = createGenesys(
    { gateway, environment, timeoutMs: config.deadlines.answerMs },
    browserClock,
    start.ahead.fetch,
    { ...config.oauth, licence: config.licence, redirectUri: location.origin + location.pathname },
  )
  const [createBackend, catalogues] = await Promise.all([
    backends[config.backend]?.(),
    platformCatalogues(config, platform),
  ])
  if (createBackend === undefined) throw new Error(`there is no backend "${config.backend}"`)
  const ports = {
    clock: browserClock,
    chance: browserChance,
    storage: start.storages.tabStorage,
    kept: start.storages.keptStorage,
    locks: browserLocks,
    bus: start.bus,
    sharing: start.sharing,
    ...genesys,
    openSocket: openBrowserSocket,
    catalogues: [
      ...catalogues.before,
      createCdnCatalogue(config.cdn.base, config.catalogue, config.asset.timeoutMs, start.ahead.fetch),
      ...catalogues.after,
    ],
    assets: createAssets(config.asset),
    host,
    loadKeeping: loadRecords,
    loadFollowers: async () => (await loadRecords()).createFollowers,
    createBackend: (wire: Wire, calls: CallFeed) =>
      createBackend({ platform, wire, calls, clock: browserClock }, config),
    onOnline: onBrowserOnline,
    isVisible: () => document.visibilityState === 'visible',
    ...collectorPorts(config),
    countNotes: async (notes: Notes) => (await loadMetrics()).countNotes(ports, notes),
  }
  const panel = createPanel(ports, config, {
    conversationId: start.launch.context.conversationId,
    search: start.search,
    usePopup: start.launch.context.usePopupAuth,
    appVersion: __APP_VERSION__,
  })
  return { ...ports, platform, panel, config }
}

/** Not waited for: what is seen before the collector's code is there waits for it. */
function collectorPorts({ telemetry }: Config) {
  if (telemetry === null) return {}
  const loading = import('./adapters/telemetry')
  return {
    telemetry: loading.then(({ createTelemetry }) =>
      createTelemetry(telemetry, { version: __APP_VERSION__, instance: browserChance.id() }),
    ),
  }
}

/** A data table names prompts before the CDN does, Architect adds to both. Loaded only where they are configured. */
async function platformCatalogues({ dataTableId, architect }: Config, platform: Platform) {
  const table =
    dataTableId === null
      ? null
      : (await import('./adapters/genesys/datatables')).createDataTable(platform, dataTableId)
  const prompts = architect.read
    ? (await import('./adapters/genesys/prompts')).createArchitectPrompts(platform, architect.prefix)
    : null
  return { before: table ? [table] : [], after: prompts ? [prompts] : [] }
}
