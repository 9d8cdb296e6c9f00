// The page's own script: what the launch and the login have brought, and whether this page stays or goes to the login. All else is main-panel.ts.
import '@fontsource/urbanist/latin-600.css'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/skeleton.css'
import { showAppearance } from './adapters/appearance'
import { createAskedAhead } from './adapters/asked-ahead'
import { browserChance, browserClock, browserLocks, createBrowserBus } from './adapters/browser'
import * as apart from './adapters/genesys/apart'
import type { Grant } from './adapters/genesys/grant'
import { openGrant } from './adapters/genesys/grants'
import { apiBaseOf, channelsUrl, firstReads, loginBaseOf } from './adapters/genesys/hosts'
import { backendNames, furtherBackends } from './adapters/playback/further-backends'
import * as storages from './adapters/storage'
import { readConfig, type Config } from './core/config'
import { chooseLanguage, chooseLocale } from './core/language'
import { launchSearch, readLaunch, readOAuthReturn, type OAuthReturn, type PopupAnswer } from './core/launch'
import { channelLock, type SharedGrant } from './core/panels'
import { speak, spokenTag, t } from './core/text'
import { mayPassQuietly, nonceKey, passQuietly, prepareWay } from './services/login-way'
import { createPreferences } from './services/preferences'
import { createSharing } from './services/sharing'

const { keptStorage, tabStorage } = storages
const ports = { storage: tabStorage, chance: browserChance }
const { hash: returnedHash, search: returnedSearch } = location
const returned = readOAuthReturn(returnedHash, returnedSearch)
const search = launchSearch(returned, returnedSearch)
// Before anything else runs: no token or code in the address bar, and the launch parameters where the Client App SDK reads them.
history.replaceState(null, '', location.pathname + search)
const launch = readLaunch(search)
const { conversationId, usePopupAuth, languageTag } = launch.context
const isAdmins = launch.view === 'setup' || launch.view === 'health'
/** In a sign-in window, or in the frame of a quiet way. */
const isApart = 'state' in returned && returned.state?.apart === true
const asker = isApart ? apart.findAsker() : null
const isPanel = !isAdmins && !isApart
/** From a login apart: the answer goes to the panel that asked for it, on our own origin and nowhere else. */
if (asker !== null) {
  const answer: PopupAnswer = { kind: 'cueline.sign-in', hash: returnedHash, search: returnedSearch }
  asker.postMessage(answer, location.origin)
  window.close()
}

const ahead = createAskedAhead((url, init) => fetch(url, init), browserClock)
const ignore = () => undefined
/** A page that is no panel may stay when all of them are gone: it would give the next one a token of nobody there. */
const bus = isPanel ? createBrowserBus('cueline') : { isShared: false, post: ignore, onMessage: () => ignore }
const sharing = createSharing({ bus, locks: browserLocks, kept: keptStorage, clock: browserClock })
/** How long the panel's code waits for the configuration, so that what it needs of the platform is asked for first. */
const patienceMs = 60
/** Another panel has the live connection: it is this one's too. */
const connected = browserLocks.isHeld(channelLock).catch(() => true)
let finding: Promise<SharedGrant | null> | null = null
let fetching: Promise<string> | null = null
/** Whether the login may be asked in a frame. */
let passing: Promise<boolean> | null = null
let opening: Promise<void> | null = null
let returning: OAuthReturn | Promise<OAuthReturn> = returned
/** From then on it asks for itself. */
let isPanelRunning = false

// First what others answer: the browser, the host of the configuration.
if (isPanel) void begin().catch(showLost)
else if (asker === null) void open()
/** Fetched beside everything else; the outline that is drawn meanwhile has no words to see. */
const speaking = asker === null ? speakInterface([languageTag, ...navigator.languages]) : Promise.resolve()
// As it looked last on this browser, before anything is drawn.
if (asker === null) showAppearance(createPreferences(keptStorage).snapshot.value)

/** Where it is certain that this page goes to the login, nothing of the panel is run for it; beside a way in a frame all of it is. */
async function begin(): Promise<void> {
  // Asked beside the configuration.
  if (returned.kind === 'none' && !usePopupAuth) {
    finding = sharing.find(() => void open())
    passing = mayPassQuietly(tabStorage, apart).catch(() => false)
  }
  // The panel's code takes the processor for longer than an answer takes that is nearly there.
  else browserClock.after(patienceMs, () => void open())
  const config = await readSoundConfig()
  // Nobody has to wait for a panel that does not go.
  if (config === null) void finding?.then((grant) => grant === null && sharing.unclaim(), ignore)
  // A configuration with an error is shown by the panel; where the platform is, only the desktop may know.
  const base = config && apiBaseOf(config.api)
  // On its way before the panel's code asks for it; where this page goes, it is in the cache when it comes back.
  if (config) furtherBackends[config.backend]?.().catch(ignore)
  if (config === null || base === null) return open()
  if (finding === null) {
    void askAhead(config, base, tokenOf(returned))
    return open()
  }
  // What failed here fails in the panel too, which says so.
  const grant = await finding.catch(ignore)
  if (grant === null && opening === null) {
    if (await passing) returning = passBeside(config, base)
    else if (await leave(config)) return
  }
  // The token of another panel comes with who is signed in, and with that one's connection. The call is read once its frames are heard: one
  // that was read before could be old, with nothing to say so.
  if (grant) void askAhead(config, base, null)
  return open()
}

async function readSoundConfig(): Promise<Config | null> {
  try {
    const reading = readConfig(await fetchConfig(), backendNames)
    return reading.ok ? reading.config : null
  } catch {
    // The panel meets the same, and says so.
    return null
  }
}

/** Of what came back, only a token whose nonce lies here is used for anything. */
function tokenOf(answer: OAuthReturn): string | null {
  if (answer.kind !== 'token' || tabStorage.read(nonceKey(answer.state.nonce)) === null) return null
  return answer.token
}

/** What the panel will read first. Whoever may need a licence is asked for nothing but who they are, by the panel itself. */
async function askAhead(
  { cdn, catalogue, licence }: Config,
  base: string,
  token: string | null,
): Promise<void> {
  if (isPanelRunning) return
  ahead.ask(`${cdn.base}/${catalogue}`)
  if (token === null || licence !== null) return
  for (const url of firstReads(base, conversationId)) ahead.ask(url, token)
  if (!(await connected) && !isPanelRunning) ahead.ask(channelsUrl(base), token, 'POST')
}

/** Nothing came back where the login wants to be seen: the panel goes there itself then. */
async function passBeside(config: Config, base: string): Promise<OAuthReturn> {
  try {
    const came = await passQuietly(ports, search, async (state, keep) => {
      const answer = apart.passQuietly(await (await grantOf(config)).address(state, keep))
      void askAhead(config, base, null)
      return answer
    })
    const answer = came ?? returned
    void askAhead(config, base, tokenOf(answer))
    return answer
  } catch {
    return returned
  }
}

/** False: the browser keeps nothing here, or the grant's code did not come. The panel says so. */
async function leave(config: Config): Promise<boolean> {
  const way = prepareWay(ports, search)
  if (way === null) return false
  try {
    location.replace(await (await grantOf(config)).address(way.state, way.keep))
    return true
  } catch {
    return false
  }
}

function grantOf({ api, oauth }: Config): Promise<Grant> {
  const { origin, pathname } = location
  const redirectUri = origin + pathname
  return openGrant(oauth.grant, { loginBase: loginBaseOf(api), clientId: oauth.clientId, redirectUri })
}

function open(): Promise<void> {
  return (opening ??= import('./main-panel')
    .then(({ openPanel }) => {
      isPanelRunning = true
      return openPanel({
        launch,
        returned: returning,
        search,
        speaking,
        // A login page with a Cross-Origin-Opener-Policy cuts the tie: whatever came back is of no use to anyone here.
        problem: isApart
          ? () => t('This sign-in window has lost the panel that opened it. Close it and sign in there again')
          : null,
        fetchConfig,
        bus,
        sharing: { ...sharing, find: (waits) => finding ?? sharing.find(waits) },
        ahead,
        storages,
      })
    })
    .catch(showLost))
}

/** The panel's code did not arrive, or does not run: there is nothing to say it with but the page itself. */
async function showLost(error: unknown): Promise<void> {
  await speaking
  const detail = error instanceof Error ? error.message : String(error)
  const notice = document.createElement('p')
  notice.role = 'alert'
  notice.textContent = t('{detail}. Reload the panel; if it happens again, tell your admin.', { detail })
  document.getElementById('app')?.replaceChildren(notice)
}

function fetchConfig(): Promise<string> {
  return (fetching ??= fetchConfigOnce())
}

async function fetchConfigOnce(): Promise<string> {
  const response = await fetch('config.json', { cache: 'no-cache' })
  if (response.ok) return response.text()
  await speaking
  throw new Error(t('config.json cannot be read (HTTP {status})', { status: String(response.status) }))
}

/** It stays English where the dictionary does not come, or not soon. */
async function speakInterface(wishes: readonly (string | null)[]): Promise<void> {
  const language = chooseLanguage(wishes)
  const patience = new Promise<null>((resolve) => setTimeout(resolve, 3_000, null))
  const fetchPanel = () => import('./texts/panel').then((texts) => texts.fetchPanel(language))
  const dictionary = language === 'en' ? {} : await Promise.race([fetchPanel(), patience]).catch(() => null)
  if (dictionary) speak(language, dictionary, chooseLocale(language, wishes))
  document.documentElement.lang = spokenTag()
}
