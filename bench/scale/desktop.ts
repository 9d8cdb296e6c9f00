// One agent's desktop for the measurement of many: real services over the sandbox in memory, and all that they send noted.
import { ordinaryCall } from '../../sandbox/org/call-build'
import { floorQueue } from '../../sandbox/org/directory'
import { agentId } from '../../sandbox/org/people'
import { createCdnCatalogue } from '../../src/adapters/catalogue'
import { fetchBytes } from '../../src/adapters/asset-bytes'
import { createChannels } from '../../src/adapters/genesys/channels'
import { createPlatformClient } from '../../src/adapters/genesys/client'
import { createConversations } from '../../src/adapters/genesys/conversations'
import { createDirectory } from '../../src/adapters/genesys/directory'
import type { AssetCheck } from '../../src/core/asset'
import { decodeOAuthState, type OAuthReturn, type OAuthState } from '../../src/core/launch'
import type { Candidate } from '../../src/core/prompt'
import { createSnapshot } from '../../src/services/snapshot'
import type { SessionState } from '../../src/services/session'
import { createTeam, type Team } from '../../src/services/team'
import { createSeededRandom, type Random } from '../../sandbox/org/random'
import { createInMemorySocket, signInInMemory } from '../../sandbox/org/wire'
import { keptStorageOf, tabStorageOf } from '../../tests/support/desk-parts'
import {
  checked,
  createDeskInMemory,
  type DeskInMemory,
  type DeskWishes,
  type OpenPanel,
} from '../../tests/support/desk-in-memory'
import { cdnOf, type Caching } from './cdn'
import { createHttpCache, type CdnRequest } from './http-cache'

const gateway = 'http://localhost:4680'
/** A panel of usual height shows so many prompts without scrolling: their files are checked ahead. */
const promptsInView = 8
const fromNowhere: OAuthReturn = { kind: 'none' }

/** One request of a desktop's panels to the platform. */
export interface SentRequest {
  readonly atMs: number
  /** Method and path, ids as `*`. */
  readonly what: string
  readonly status: number
}

export interface Seat {
  readonly open: OpenPanel
  readonly callId: string | null
  /** Which of the desktop's frames it is in. */
  readonly place: number
}

export interface DesktopWishes extends Pick<DeskWishes, 'config' | 'settings'> {
  readonly caching?: Caching
  /** Catalogue and files come from the CDN; else they are there at once, as for carriers that hold the sound. */
  readonly cdn?: boolean
  /** There is a team to be looked at, whose members are in calls. */
  readonly team?: TeamWishes
}

export interface TeamWishes {
  readonly members: number
  /** The agent may follow the calls of the others; else their presence only. */
  readonly isLead: boolean
}

const leadPermissions = ['conversation:communication:view', 'routing:queue:view', 'groups:team:view']

const idPattern = /[0-9a-f]{8}-[0-9a-f-]{27}|streaming-[0-9a-f]+/g

export async function createDesktop(seed: number, wishes: DesktopWishes = {}) {
  const sent: SentRequest[] = []
  const cdn: CdnRequest[] = []
  let logins = 0
  const desk = createDeskInMemory(seed, {
    ...wishes,
    unwatched: true,
    forgetsRequests: true,
    keepPlays: 4,
    onAnswer(method, path, status) {
      sent.push({ atMs: desk.clock.now(), what: `${method} ${path.replaceAll(idPattern, '*')}`, status })
    },
    ...(wishes.cdn === false ? {} : { createEdge: () => edgeOf() }),
  })
  const { org, clock } = desk
  // Whether the platform spares a channel in use is not documented: the harder reading.
  await control('settings', { fullChannels: 'least recently used' })
  for (const { conversation } of [...org.calls.all()])
    org.calls.change(conversation.id, { disconnected: true })
  if (wishes.team !== undefined) await openFloor(wishes.team)
  const cache = createHttpCache(cdnOf(wishes.caching ?? 'as told'), clock, (request) => cdn.push(request))

  function edgeOf() {
    const known = new Map<string, Promise<AssetCheck>>()
    const check = async ({ url, format }: Candidate): Promise<AssetCheck> => {
      const bytes = await fetchBytes(url, { maxBytes: 5_000_000, timeoutMs: 10_000 })
      return 'code' in bytes ? { ok: false, failure: bytes } : { ok: true, asset: checked(url, format) }
    }
    return {
      catalogues: [createCdnCatalogue(`${gateway}/cdn`, 'catalogue.json', 10_000)],
      // As `adapters/assets.ts` remembers them; only the decoder of a browser is missing here.
      assets: {
        check(candidate: Candidate) {
          const running = known.get(candidate.url) ?? check(candidate)
          known.set(candidate.url, running)
          return running
        },
      },
    }
  }

  async function control(path: string, body: object): Promise<void> {
    const answer = await org.http({
      ...{ method: 'POST', path: `/sandbox/${path}`, query: new URLSearchParams(), headers: {} },
      body: JSON.stringify(body),
    })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`)
  }

  async function openFloor({ members, isLead }: TeamWishes): Promise<void> {
    if (isLead) await control(`permissions/${agentId}`, { permissions: leadPermissions })
    await control('floor', { agents: members, eventsPerSecond: 5 })
    const circle = { kind: 'queue', id: floorQueue.id, name: floorQueue.name }
    desk.browser.kept.set('cueline.team', JSON.stringify({ circle, pins: [] }))
  }

  /** Two minutes of a busy floor, so that the view has seen who is in which call; then everybody stays there. */
  async function watchTeam(): Promise<Team> {
    // In the app the view has its panel's token: here one of its own, that outlives the day.
    const { tokenLifetimeS } = org.state().settings
    await control('settings', { tokenLifetimeS: 172_800 })
    const team = await openTeam(desk, createSeededRandom(seed + 7))
    await control('settings', { tokenLifetimeS })
    await clock.advance(120_000)
    await control('floor/pause', {})
    return team
  }
  // The adapters of catalogue and files fetch by the browser's own fetch: here it is this desktop's, with its cache.
  const useFetch = () => {
    globalThis.fetch = (input) => cache.fetch(String(input))
  }

  /** Moves on in small steps until this is so. */
  async function until(isSo: () => boolean, limitMs = 30_000): Promise<void> {
    const since = clock.now()
    while (!isSo()) {
      if (clock.now() - since > limitMs) throw new Error(`not so within ${limitMs} ms`)
      await clock.advance(20)
    }
  }

  /** A page comes back from the login with a token. */
  async function comeBack(place: number, callId: string | null, state: OAuthState): Promise<OpenPanel> {
    logins += 1
    const expiresInS = org.state().settings.tokenLifetimeS
    const returned = { kind: 'token' as const, token: await signInInMemory(org), expiresInS, state }
    return desk.open(place, { ...launchOf(callId), returned })
  }

  /** Through the login where nobody of this browser is signed in, as a page does. */
  async function openPanel(place: number, callId: string | null): Promise<Seat> {
    useFetch()
    let open = await desk.open(place, { ...launchOf(callId), returned: fromNowhere })
    await until(() => isSignedIn(open) || open.left() !== null)
    const state = stateOfLeft(open)
    if (state !== null) {
      open.crash()
      open = await comeBack(place, callId, state)
    }
    return { open, callId, place }
  }

  /** A panel that has gone to the login for a new token comes back; all others stay as they are. */
  async function renew(seat: Seat): Promise<Seat> {
    const state = stateOfLeft(seat.open)
    if (state === null) return seat
    seat.open.crash()
    return { ...seat, open: await comeBack(seat.place, seat.callId, state) }
  }

  /** What is in view is prepared, as the list of prompts does. */
  function lookAtPrompts({ open }: Seat): void {
    const { prompts } = open.panel
    for (const { key } of prompts.snapshot.value.prompts.slice(0, promptsInView)) void prompts.prepare(key)
  }

  /** All at once, after the desktop's word. */
  async function closePanels(seats: readonly Seat[]): Promise<void> {
    await Promise.all(seats.map(({ open }) => open.stop()))
    for (const { open } of seats) open.crash()
  }

  return {
    clock,
    org,
    sent,
    cdn,
    logins: () => logins,
    until,
    control,
    openPanel,
    renew,
    openSockets: desk.openSockets,
    pendingTimers: desk.pendingTimers,
    lookAtPrompts,
    seen: () => {
      const { channels, sockets } = org.state()
      return { channels, sockets }
    },
    startCall: () => org.calls.start(ordinaryCall).conversation.id,
    endCall: (callId: string) => void org.calls.change(callId, { disconnected: true }),
    attributesOf: (callId: string) =>
      org.calls
        .get(callId)
        .conversation.participants.flatMap(({ attributes }) => Object.entries(attributes ?? {})),
    closePanel: (seat: Seat) => closePanels([seat]),
    closePanels,
    click({ open }: Seat, key: string): void {
      const { prompts, queue } = open.panel
      const prompt = prompts.snapshot.value.prompts.find((one) => one.key === key)
      if (prompt === undefined) throw new Error(`There is no prompt ${key}.`)
      queue.request(prompt)
    },
    /** All wires break, and the network is there again at once. */
    cut: () => void org.faults.add({ kind: 'cut' }),
    watchTeam,
  }
}

export type Desktop = Awaited<ReturnType<typeof createDesktop>>

const isSignedIn = ({ panel }: OpenPanel) => panel.session.snapshot.value.status === 'signed-in'
export const isLive = ({ open }: Seat) => open.panel.channel.snapshot.value.status === 'live'
export const stateOf = ({ open }: Seat) => open.panel.playback.snapshot.value.current?.state ?? null

const launchOf = (callId: string | null) =>
  callId === null ? { standalone: true } : { standalone: false, interactionId: callId }
const stateOfLeft = (open: OpenPanel): OAuthState | null => decodeOAuthState(open.left() ?? '')

/** The team view of this agent, over the queue of a busy floor. */
async function openTeam(desk: DeskInMemory, chance: Random): Promise<Team> {
  const platform = createPlatformClient(
    { gateway, environment: null, timeoutMs: 10_000 },
    desk.clock,
    desk.send,
  )
  platform.setToken(await signInInMemory(desk.org))
  const identity = { userId: agentId, name: 'Alex', scopes: null }
  const session: SessionState = { status: 'signed-in', identity, renewalDue: false }
  const team = createTeam({
    clock: desk.clock,
    chance: { number: () => chance.below(1_000) / 1_000, id: () => chance.id() },
    storage: tabStorageOf(new Map()),
    kept: keptStorageOf(desk.browser.kept),
    channels: createChannels(platform),
    openSocket: createInMemorySocket(desk.org),
    conversations: createConversations(platform),
    directory: createDirectory(platform),
    session: { snapshot: createSnapshot<SessionState>(session), refused: () => undefined },
  })
  return team
}
