// The setup over the whole sandbox organisation, in memory under a virtual clock: real service, real adapters, the real
// platform SDK. Requests can be made to fail by their number.
import { readFileSync } from 'node:fs'
import { createPlatformClient } from '../../src/adapters/genesys/client'
import { createProvisioning } from '../../src/adapters/genesys/provisioning'
import { usualChoices, type InstallChoices } from '../../src/core/desired'
import { createInstall, type Install } from '../../src/services/install'
import { createVirtualClock, type VirtualClock } from '../../sandbox/org/clock'
import { setupClient } from '../../sandbox/org/oauth-clients'
import { createOrg, type Org } from '../../sandbox/org/org'
import { adminId, agentId } from '../../sandbox/org/people'
import { createSeededRandom } from '../../sandbox/org/random'
import { createInMemoryFetch, signInByCodeInMemory } from '../../sandbox/org/wire'
import { setUp } from './desk-in-memory'
import { watchTraffic, type Traffic } from './sdk-traffic'

// The SDK publishes itself on `window`: in Node the global object stands in for it.
Object.assign(globalThis, { window: globalThis })

const origin = 'http://localhost:4680'
const setupAppUrl = 'http://127.0.0.1:4681/'
const flowFile = readFileSync(new URL('../../manifest/flows/cueline-prompt.yaml', import.meta.url), 'utf8')

export const troubles = ['lose-request', 'lose-answer', '500', 'done-500', '429', '503'] as const
export type Trouble = (typeof troubles)[number]

export interface Faults {
  /** Every n-th request meets the trouble; 0: none does. */
  everyNth: number
  trouble: Trouble
  /** The browser is closed with this request, which may have arrived; null: it stays open. */
  dieAfter: number | null
  hasDied: boolean
}

export interface SentRequest {
  readonly method: string
  readonly path: string
  readonly status: number | null
}

export interface SetupWorld {
  readonly org: Org
  readonly clock: VirtualClock
  /** null: not watched. */
  readonly traffic: Traffic | null
  /** Every request that was sent to the organisation, whatever became of it. */
  readonly requests: SentRequest[]
  readonly faults: Faults
  /** What a person may do from now on; null: what they may on the first day. */
  permit(permissions: readonly string[] | null, personId?: string): void
  seed(kind: string, name: string, note?: string): void
  /** What the organisation owns, but for the jobs, which the platform keeps and nobody can remove. */
  dump(): string
  /** The admin, signed in with the maker's client or with another one. */
  open(choices?: Partial<InstallChoices>, clientId?: string): Promise<Install>
  /** Moves the clock until the promise has settled, or the browser is closed. */
  during(work: Promise<void>): Promise<void>
}

export async function createSetupWorld(
  seed: number,
  settings: Readonly<Record<string, unknown>> = {},
  isWatched = true,
): Promise<SetupWorld> {
  const clock = createVirtualClock(1_800_000_000_000)
  const org = createOrg({
    clock,
    random: createSeededRandom(seed),
    origin,
    appUrl: setupAppUrl,
    fetchAsset: () => Promise.resolve({ status: 200, bytes: new Uint8Array(1) }),
    decodeAudio: () => Promise.resolve({ codec: 'mp3', codecs: ['mp3'], durationMs: 3_000 }),
  })
  setUp(org, { estate: 'empty', ...settings })
  await clock.advance(0)
  // Judging each body takes longer than answering it: where hundreds of organisations are run through, one of them is watched.
  const traffic = isWatched ? watchTraffic(org) : null
  const requests: SentRequest[] = []
  const faults: Faults = { everyNth: 0, trouble: '500', dieAfter: null, hasDied: false }
  const send = troubled(createInMemoryFetch(org), requests, faults)
  const chance = createSeededRandom(seed + 1)
  return {
    org,
    clock,
    traffic,
    requests,
    faults,
    permit: (permissions, personId = adminId) => void org.provisioning.rights.set(personId, { permissions }),
    seed: (kind, name, note = '') => void org.provisioning.seed({ kind, name, note }),
    dump: () => JSON.stringify({ ...(JSON.parse(org.provisioning.dump()) as object), jobs: 'not removable' }),
    async open(choices = {}, clientId = setupClient.id) {
      const token = await signInByCodeInMemory(org, { clientId, userId: adminId })
      const platform = createPlatformClient(
        { gateway: origin, environment: null, timeoutMs: 16_000 },
        clock,
        send,
      )
      platform.setToken(token)
      return createInstall(
        {
          provisioning: createProvisioning(platform, { clock, file: flowFile, upload: send }),
          clock,
          chance: { number: () => chance.below(1_000_000) / 1_000_000, id: () => chance.id() },
          records: () => [],
          config: () => ({ cdn: { base: 'https://cdn.example.org' } }),
        },
        { ...usualChoices, appUrl: setupAppUrl, memberIds: [agentId], ...choices },
      )
    },
    async during(work) {
      let isOver = false
      const ended = work.finally(() => (isOver = true))
      // Each second of the virtual clock lets everything run that is due; nothing waits for the real one.
      for (let second = 0; second < 3_600 && !isOver && !faults.hasDied; second += 1)
        await clock.advance(1_000)
      if (!faults.hasDied) await ended
    },
  }
}

type Send = (url: string, init?: RequestInit) => Promise<Response>

function troubled(send: Send, requests: SentRequest[], faults: Faults): Send {
  let count = 0
  const failing = (status: number, message: string, headers: Record<string, string> = {}): Response =>
    new Response(JSON.stringify({ status, code: 'test.fault', message }), { status, headers })
  return async (url, init) => {
    count += 1
    if (faults.dieAfter !== null && --faults.dieAfter <= 0) {
      const arrives = !faults.hasDied && count % 2 === 0
      faults.hasDied = true
      if (arrives) await send(url, init)
      return new Promise(() => undefined)
    }
    const isHit = faults.everyNth > 0 && count % faults.everyNth === 0
    const { trouble } = faults
    const note = (status: number | null): void =>
      void requests.push({ method: init?.method ?? 'GET', path: new URL(url).pathname, status })
    if (isHit && trouble === 'lose-request') {
      note(null)
      throw new TypeError('Failed to fetch')
    }
    if (isHit && (trouble === '500' || trouble === '503' || trouble === '429')) {
      note(Number(trouble))
      return failing(Number(trouble), 'Not now', { 'retry-after': '1' })
    }
    const answer = await send(url, init)
    note(answer.status)
    if (isHit && trouble === 'lose-answer') throw new TypeError('Failed to fetch')
    return isHit && trouble === 'done-500' ? failing(500, 'Done, but not told') : answer
  }
}

/** Requests that may change something: all but reading. */
export const changing = (requests: readonly SentRequest[]): readonly SentRequest[] =>
  requests.filter(({ method }) => method !== 'GET')
