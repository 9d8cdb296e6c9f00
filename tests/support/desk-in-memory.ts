// The whole panel over the whole sandbox organisation, in memory under one virtual clock: real services, real adapters
// and the real platform SDK; only wire, storage, decoding and the login page are stand-ins.
import { createConversations } from '../../src/adapters/genesys/conversations'
import { createAuth } from '../../src/adapters/genesys/auth'
import { createChannels } from '../../src/adapters/genesys/channels'
import { createPlatformClient } from '../../src/adapters/genesys/client'
import { createArchitectPrompts } from '../../src/adapters/genesys/prompts'
import { backends, type BackendPorts } from '../../src/adapters/playback/backends'
import type { CheckedAsset } from '../../src/core/asset'
import { readCatalogue, type AudioFormat } from '../../src/core/catalogue'
import { readConfig, type Config } from '../../src/core/config'
import { answered } from '../../src/core/errors'
import type { OAuthReturn } from '../../src/core/launch'
import type { PlaybackBackend, Telemetry } from '../../src/core/ports'
import { createMetricsService } from '../../src/services/metrics'
import { createFollowers } from '../../src/services/followers'
import { createPanel, type Panel } from '../../src/services/panel'
import type { PanelPorts } from '../../src/services/panel-ports'
import type { CallChange } from '../../sandbox/org/call-wish'
import { createVirtualClock, type VirtualClock } from '../../sandbox/org/clock'
import { createOrg, type Org } from '../../sandbox/org/org'
import { findPrompt } from '../../sandbox/org/prompt-library'
import { createSeededRandom } from '../../sandbox/org/random'
import { busOf, createSharedBrowser, locksOf, type SharedBrowser } from './browser-in-memory'
import { counted, countedClock, hostOf, keptStorageOf, tabStorageOf } from './desk-parts'
import { createInMemoryFetch, createInMemorySocket, signInInMemory } from '../../sandbox/org/wire'
import { keepingParts, type SavedFile } from './keeping-parts'
import { watchTraffic, type Traffic } from './sdk-traffic'

// The SDK publishes itself on `window`: in Node the global object stands in for it.
Object.assign(globalThis, { window: globalThis })

export const promptMs = 3_000
const origin = 'http://localhost:4680'
const appUrl = 'http://127.0.0.1:4681/'
export const promptKeys = ['welcome', 'terms-of-sale', 'goodbye'] as const

/** The media server is told what it decodes; other carriers hold the organisation's own recordings. */
const catalogueFor = (backend: Config['backend']) =>
  readCatalogue({
    prompts: promptKeys.map((key) => ({
      key,
      title: key,
      pinned: true,
      formats: ['mp3'],
      recordings: [
        {
          language: 'en',
          tier: 'standard',
          text: `Words of ${key}.`,
          durationMs: backend === 'media-api' ? promptMs : lengthInLibrary(key),
        },
      ],
    })),
  })

function lengthInLibrary(key: string): number {
  return findPrompt(key)?.recordings.find(({ language }) => language === 'en')?.durationMs ?? promptMs
}

/** What a browser keeps: it outlives every panel of a desk. Each place where a panel can be open is a tab of its own. */
export interface Browser extends SharedBrowser {
  readonly tabs: Map<string, string>[]
  readonly kept: Map<string, string>
}

export interface DeskInMemory {
  readonly clock: VirtualClock
  readonly org: Org
  /** What passed between the panels and the organisation, held against the SDK's types. */
  readonly traffic: Traffic
  readonly browser: Browser
  readonly interactionId: string
  /** Every request that a panel sent to the platform, whatever became of it. */
  readonly requests: readonly { readonly method: string; readonly path: string }[]
  /** To the organisation as its panels send; noted among the requests. */
  readonly send: (url: string, init?: RequestInit) => Promise<Response>
  /** Files that panels handed to the browser. */
  readonly saved: readonly SavedFile[]
  /** How many sockets the panels of this desk hold open now. */
  openSockets(): number
  /** How many timers of theirs are waiting. */
  pendingTimers(): number
  /** Changes the call as the control door does: `held`, `disconnected`, … */
  change(wish: CallChange): void
  /** A panel, signed in; in another tab where several are open at once. */
  open(tab?: number, of?: PanelWishes): Promise<OpenPanel>
}

export interface PanelWishes {
  /** The call that the panel is about; the desk's only call where nothing is said. */
  readonly interactionId?: string
  /** What came back from the login; a token where nothing is said. */
  readonly returned?: OAuthReturn
  /** It follows whatever call the agent has, instead of one. */
  readonly standalone?: boolean
}

export interface OpenPanel {
  readonly panel: Panel
  /** The panel was left for the login with this state; null while it was not. */
  left(): string | null
  /** The frame is gone without a word, as after a crash. */
  crash(): void
  /** The desktop's stop hook, waited for. */
  stop(): Promise<void>
}

export interface DeskWishes {
  /** Of the organisation, as its control door takes them. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Fields of config.json. */
  readonly config?: Readonly<Record<string, unknown>>
  /** For a desk that lives so long that remembering each request would be measured. */
  readonly forgetsRequests?: boolean
  /** How many plays that have ended the organisation remembers. */
  readonly keepPlays?: number
  /** The panel follows whatever call the agent has, instead of one. */
  readonly standalone?: boolean
  /** Where the numbers go besides the browser. */
  readonly telemetry?: Telemetry
  /** Is told of each request of the panels when its answer is there. */
  readonly onAnswer?: (method: string, path: string, status: number) => void
  /** Traffic is not held against the SDK's types: that takes most of the time of a long run. */
  readonly unwatched?: boolean
  /** Catalogue and files of the test's own, for one panel. */
  readonly createEdge?: () => Pick<PanelPorts, 'catalogues' | 'assets'>
  /** A carrier of the test's own; `config.backend` then says what the catalogue looks like. */
  readonly carrier?: (ports: BackendPorts) => PlaybackBackend
}

const noTraffic: Traffic = { seen: new Map(), complaints: new Set(), verify: () => undefined }

export function createDeskInMemory(seed: number, wishes: DeskWishes = {}): DeskInMemory {
  const clock = createVirtualClock(1_800_000_000_000)
  const org = createOrg({
    clock,
    random: createSeededRandom(seed),
    origin,
    appUrl,
    fetchAsset: () => Promise.resolve({ status: 200, bytes: new Uint8Array(1) }),
    decodeAudio: () => Promise.resolve({ codec: 'mp3', codecs: ['mp3'], durationMs: promptMs }),
    ...(wishes.keepPlays === undefined ? {} : { keepPlays: wishes.keepPlays }),
  })
  const traffic = wishes.unwatched ? noTraffic : watchTraffic(org)
  setUp(org, wishes.settings ?? {})
  const interactionId = org.state().calls[0]?.id ?? ''
  const browser: Browser = { tabs: [], kept: new Map(), ...createSharedBrowser() }
  const sockets = new Set<object>()
  const timers = new Set<object>()
  const panelClock = countedClock(clock, timers)
  const chance = createSeededRandom(seed + 1)
  const config = configFor(wishes.config ?? {})
  const catalogue = catalogueFor(config.backend)
  const saved: SavedFile[] = []
  const requests: { method: string; path: string }[] = []
  const send = createInMemoryFetch(org)
  const noted: typeof send = async (url, init) => {
    const [method, path] = [init?.method ?? 'GET', new URL(url).pathname]
    if (!wishes.forgetsRequests) requests.push({ method, path })
    const answer = await send(url, init)
    wishes.onAnswer?.(method, path, answer.status)
    return answer
  }
  return {
    clock,
    org,
    traffic,
    browser,
    interactionId,
    requests,
    send: noted,
    saved,
    openSockets: () => sockets.size,
    pendingTimers: () => timers.size,
    change: (wish) => void org.calls.change(interactionId, wish),
    async open(tab = 0, of = {}) {
      const kept = (browser.tabs[tab] ??= new Map<string, string>())
      const bus = busOf(browser)
      let leftWith: string | null = null
      let stopHook: (() => Promise<void>) | null = null
      const platform = createPlatformClient(
        { gateway: origin, environment: null, timeoutMs: config.deadlines.answerMs },
        panelClock,
        noted,
      )
      const createBackend = wishes.carrier ?? (await backends[config.backend]?.())
      if (createBackend === undefined) throw new Error(`There is no backend ${config.backend}.`)
      const auth = createAuth(platform, { ...config.oauth, licence: config.licence, redirectUri: appUrl })
      const ports: PanelPorts = {
        clock: panelClock,
        chance: { number: () => chance.below(1_000_000) / 1_000_000, id: () => chance.id() },
        storage: tabStorageOf(kept),
        kept: keptStorageOf(browser.kept),
        locks: locksOf(browser),
        bus,
        auth: { ...auth, redirectToSignIn: (state) => Promise.resolve(void (leftWith = state)) },
        conversations: createConversations(platform),
        channels: createChannels(platform),
        openSocket: counted(createInMemorySocket(org), sockets),
        catalogues: [
          { fetchCatalogue: () => Promise.resolve(answered(catalogue)) },
          ...(config.architect.read ? [createArchitectPrompts(platform, config.architect.prefix)] : []),
        ],
        assets: {
          check: ({ url, format }) =>
            Promise.resolve({
              ok: true,
              asset: checked(url, format),
            }),
        },
        ...wishes.createEdge?.(),
        host: hostOf((listener) => (stopHook = listener)),
        createBackend: (wire, calls) => createBackend({ platform, wire, calls, clock: panelClock }, config),
        loadKeeping: keepingParts(saved),
        isVisible: () => true,
        loadFollowers: () => Promise.resolve(createFollowers),
        countNotes: (notes) => createMetricsService(ports, notes).count(),
        ...(wishes.telemetry && { telemetry: Promise.resolve(wishes.telemetry) }),
        onTokenRefused: platform.onTokenRefused,
        onOnline: () => () => undefined,
      }
      const panel = createPanel(ports, config, {
        conversationId: (of.standalone ?? wishes.standalone) ? null : (of.interactionId ?? interactionId),
        search: '',
        appVersion: 'test',
        usePopup: false,
      })
      // Not waited for: a slow platform answers only when the clock moves.
      void panel.start(of.returned ?? (await signedIn(org, kept)))
      await clock.advance(50)
      return {
        panel,
        left: () => leftWith,
        crash() {
          bus.close()
          panel.dispose()
        },
        stop: async () => stopHook?.(),
      }
    },
  }
}

/** Changes settings as a page of the sandbox does. */
export function setUp(org: Org, settings: Readonly<Record<string, unknown>>): void {
  const body = JSON.stringify(settings)
  void org
    .http({ method: 'POST', path: '/sandbox/settings', query: new URLSearchParams(), headers: {}, body })
    .then(({ status, body: answer }) => {
      if (status !== 200) throw new Error(`The sandbox refused its settings: ${answer}`)
    })
}

/** As if the login had just come back to this tab. */
async function signedIn(org: Org, tab: Map<string, string>): Promise<OAuthReturn> {
  const nonce = 'nonce'
  tab.set(`cueline.nonce.${nonce}`, '1')
  const expiresInS = org.state().settings.tokenLifetimeS
  return {
    kind: 'token',
    token: await signInInMemory(org),
    expiresInS,
    state: { nonce, search: '', apart: false },
  }
}

function configFor(fields: Readonly<Record<string, unknown>>): Config {
  const text = JSON.stringify({
    oauth: { clientId: 'cueline-panel' },
    cdn: { base: `${origin}/cdn` },
    ...fields,
  })
  const reading = readConfig(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.complaints))
  return reading.config
}

export function checked(url: string, format: AudioFormat): CheckedAsset {
  return { url, format, codec: 'mp3', durationMs: promptMs, sizeBytes: 1, sha256: 'ab'.repeat(32) }
}
