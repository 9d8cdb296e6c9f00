// Composition root: reads the launch, builds adapters and services, mounts. The only file that sees everything.
import '@fontsource/noto-sans/latin-400.css'
import '@fontsource/noto-sans/latin-600.css'
import '@fontsource/urbanist/latin-600.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import { createPinia } from 'pinia'
import { createApp, shallowRef, type Component } from 'vue'
import App from './App.vue'
import { showAppearance } from './adapters/appearance'
import {
  createBrowserBus,
  browserChance,
  browserClock,
  browserLocks,
  onBrowserOnline,
  openBrowserSocket,
} from './adapters/browser'
import { createCdnCatalogue } from './adapters/catalogue'
import * as storages from './adapters/storage'
import type { Boot } from './core/boot'
import { readConfig, type Config } from './core/config'
import { chooseLanguage, chooseLocale } from './core/language'
import { launchSearch, readLaunch, readOAuthReturn, type PopupAnswer, type TabName } from './core/launch'
import type { CallFeed, Host, Platform, Wire } from './core/ports'
import { speak, spokenTag, t } from './core/text'
import type { Notes } from './services/notes'
import { createPanel } from './services/panel'
import { createPreferences } from './services/preferences'
import { checklistKey, panelServicesKey, partsKey, previewKey, settingsKey } from './stores/services'

const returned = readOAuthReturn(location.hash, location.search)
const search = launchSearch(returned, location.search)
const { hash: returnedHash, search: returnedSearch } = location
// Before anything else runs: no token or code in the address bar, and the launch parameters where the Client App SDK reads them.
history.replaceState(null, '', location.pathname + search)
const launch = readLaunch(search)

/** Fetched beside everything else; the shell that is drawn meanwhile has no words to see. */
const speaking = speakInterface([launch.context.languageTag, ...navigator.languages])
const isSignInWindow = 'state' in returned && returned.state?.popup === true

const boot = shallowRef<Boot>({ stage: 'starting' })
/** The views beside the panel, in the order of their tabs. Each is a chunk of its own, loaded when it is first opened. */
const views: Partial<Record<TabName, () => Promise<Component>>> = {
  team: () => enter(import('./main-team'), ({ openTeam }) => openTeam(app, ground)),
  records: () => enter(loadRecords(), ({ RecordsView }) => RecordsView),
  metrics: () =>
    enter(loadMetrics(), (metrics) => metrics.createMetricsView(app, ground, ground.panel.notes)),
}
/** On its way since the page's head was read. */
const loadEdge = () => import('./main-edge')
const loadRecords = () => import('./main-records')
const loadMetrics = () => import('./main-metrics')
/** What a view builds on: there as soon as the panel runs, and no view is opened before. */
let ground: Awaited<ReturnType<typeof buildPanel>>
// As it looked last on this browser, before anything is drawn.
showAppearance(createPreferences(storages.keptStorage).snapshot.value)
const app = createApp(App, { boot, missing: launch.missing, view: launch.view, views })
app.provide(checklistKey, () => enter(loadRecords(), ({ RequiredList }) => RequiredList))
app.provide(previewKey, async () => (await import('./main-preview')).openPreview(ground))
app.provide(settingsKey, async () => (await import('./main-settings')).SettingsSheet)
app.use(createPinia())
app.mount('#app')
if (isSignInWindow) void handOver()
else void start()

/** It stays English where the dictionary does not come, or not soon. */
async function speakInterface(wishes: readonly (string | null)[]): Promise<void> {
  const language = chooseLanguage(wishes)
  const patience = new Promise<null>((resolve) => setTimeout(resolve, 3_000, null))
  const fetchPanel = () => import('./texts/panel').then((texts) => texts.fetchPanel(language))
  const dictionary = language === 'en' ? {} : await Promise.race([fetchPanel(), patience]).catch(() => null)
  if (dictionary) speak(language, dictionary, chooseLocale(language, wishes))
  document.documentElement.lang = spokenTag()
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

/** In a sign-in window: the answer goes to the panel that opened it, on our own origin and nowhere else. */
async function handOver(): Promise<void> {
  const answer: PopupAnswer = { kind: 'cueline.sign-in', hash: returnedHash, search: returnedSearch }
  const opener = window.opener as Window | null
  if (opener === null) {
    // A login page with a Cross-Origin-Opener-Policy cuts the tie: whatever came back is of no use to anyone here.
    await speaking
    const detail = t(
      'This sign-in window has lost the panel that opened it. Close it and sign in there again',
    )
    boot.value = { stage: 'failed', detail }
    return
  }
  opener.postMessage(answer, location.origin)
  window.close()
}

async function start(): Promise<void> {
  const inDesktop = launch.context.hostOrigin !== null && window.parent !== window
  const loading = loadEdge().then((edge) => ({ ...edge, ...edge.connectHost(inDesktop) }))
  try {
    // No view of the panel: an admin's own sign-in, and none of the panel's services.
    if (launch.view === 'setup' || launch.view === 'health') {
      await speaking
      return await (await import('./main-setup')).openSetup(app, boot, launch, search, returned, loading)
    }
    const [configText, edge] = await Promise.all([fetchConfig(), loading, speaking])
    const reading = readConfig(configText, Object.keys(edge.backends))
    if (!reading.ok) {
      boot.value = { stage: 'misconfigured', complaints: reading.complaints }
      return
    }
    ground = await buildPanel(reading.config, edge)
    const { panel, host } = ground
    app.provide(panelServicesKey, panel)
    app.provide(partsKey, edge.panelParts)
    panel.preferences.snapshot.subscribe(showAppearance)
    boot.value = { stage: 'running', embedded: host.embedded, hostProblem: edge.problem }
    await panel.start(returned)
  } catch (error) {
    await speaking
    boot.value = { stage: 'failed', detail: error instanceof Error ? error.message : String(error) }
  } finally {
    // The desktop waits for this word, up to a limit of its own: it comes whatever happened, if there is a voice for it.
    loading.then(({ host }) => host.bootstrapped()).catch(() => undefined)
  }
}

async function fetchConfig(): Promise<string> {
  const response = await fetch('config.json', { cache: 'no-cache' })
  if (!response.ok) {
    await speaking
    throw new Error(t('config.json cannot be read (HTTP {status})', { status: String(response.status) }))
  }
  return response.text()
}

type Edge = Awaited<ReturnType<typeof loadEdge>> & { readonly host: Host }

async function buildPanel(config: Config, { createAssets, createGenesys, backends, host }: Edge) {
  const { gateway = null, environment = host.environment } = config.api
  const { platform, ...genesys } = createGenesys(
    { gateway, environment, timeoutMs: config.deadlines.answerMs },
    browserClock,
    (url, init) => fetch(url, init),
    { ...config.oauth, licence: config.licence, redirectUri: location.origin + location.pathname },
  )
  const createBackend = backends[config.backend]
  if (createBackend === undefined) throw new Error(`there is no backend "${config.backend}"`)
  const catalogues = await platformCatalogues(config, platform)
  const ports = {
    clock: browserClock,
    chance: browserChance,
    ...storagePorts(storages),
    locks: browserLocks,
    bus: createBrowserBus('cueline'),
    ...genesys,
    openSocket: openBrowserSocket,
    catalogues: [
      ...catalogues.before,
      createCdnCatalogue(config.cdn.base, config.catalogue, config.asset.timeoutMs),
      ...catalogues.after,
    ],
    assets: createAssets(config.asset),
    host,
    loadKeeping: loadRecords,
    createBackend: (wire: Wire, calls: CallFeed) =>
      createBackend({ platform, wire, calls, clock: browserClock }, config),
    onOnline: onBrowserOnline,
    isVisible: () => document.visibilityState === 'visible',
    ...collectorPorts(config),
    countNotes: async (notes: Notes) => (await loadMetrics()).countNotes(ports, notes),
  }
  const panel = createPanel(ports, config, {
    conversationId: launch.context.conversationId,
    search,
    usePopup: launch.context.usePopupAuth,
    appVersion: __APP_VERSION__,
  })
  return { ...ports, platform, panel, config }
}

/**
 * Takes the module as a value: what the bundler needs to make such a value then stands in the first chunk, and main-edge, which
 * needs it too, has no third one to wait for.
 */
function storagePorts({ tabStorage, keptStorage }: typeof storages) {
  return { storage: tabStorage, kept: keptStorage }
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
