// One call on a desk with one backend: what a test of the shared contract sees and does, the same for every backend.
import { expect } from 'vitest'
import type { BackendPorts } from '../../src/adapters/playback/backends'
import type { Playback, PlaybackState } from '../../src/core/playback'
import type { PlaybackBackend } from '../../src/core/ports'
import type { Panel } from '../../src/services/panel'
import type { Fault, FaultMatch } from '../../sandbox/org/fault-kinds'
import { promptFlow } from '../../sandbox/org/prompt-flow'
import { createDeskInMemory, setUp, type DeskInMemory, type OpenPanel } from './desk-in-memory'
import { checkInvariants, checkNothingLeft, watchPlaybacks, type History } from './invariants'

type Fields = Readonly<Record<string, unknown>>

/** What a backend brings to the shared suite. */
export interface BackendUnderTest {
  readonly name: string
  /** Of config.json. */
  readonly config: Fields
  readonly settings?: Fields
  /** Instead of the one that the configuration names. */
  readonly carrier?: (ports: BackendPorts) => PlaybackBackend
  /** The one request that plays. */
  readonly start: { readonly method: string; readonly path: string }
  /** The frames by which it tells how it is, instead of media events. */
  readonly words: FaultMatch | null
  /** Each way in which it fails once the request was taken, and the code that the agent is told. */
  readonly failures: Readonly<Record<string, { readonly fault?: Fault; settings?: Fields; code: string }>>
  /** An earlier playback of the same prompt is spoken of again. */
  readonly echo: Fault
  /** Can the agent put the customer on hold while it plays? */
  readonly holds: boolean
  readonly refusesMonitored: boolean
  /** What is known in the end of a playback of which a part was not seen. */
  readonly afterGap: 'completed' | 'unknown'
}

export const mediaApi: BackendUnderTest = {
  name: 'media-api',
  config: { backend: 'media-api' },
  start: { method: 'POST', path: '/api/v2/media/play' },
  words: null,
  failures: {
    'the media server fails': { fault: { kind: 'fail-midway', afterMs: 1_000 }, code: 'carrier_failed' },
  },
  echo: { kind: 'old-event' },
  holds: true,
  refusesMonitored: false,
  afterGap: 'completed',
}

export const secureFlow: BackendUnderTest = {
  name: 'secure-flow',
  config: {
    backend: 'secure-flow',
    secureFlow: { flowId: promptFlow.id },
    architect: { read: true },
  },
  start: { method: 'POST', path: '/api/v2/conversations/*/participants/*/secureivrsessions' },
  words: { topic: 'v2.users.' },
  failures: {
    'the flow fails midway': { fault: { kind: 'fail-midway', afterMs: 1_000 }, code: 'carrier_failed' },
    'the flow has no such prompt': {
      fault: { kind: 'fail-midway', afterMs: 0, error: 'prompt_missing' },
      code: 'asset_missing',
    },
  },
  echo: { kind: 'duplicate', match: { topic: 'v2.users.' }, times: 2 },
  holds: false,
  refusesMonitored: true,
  afterGap: 'completed',
}

export const announcementLeg: BackendUnderTest = {
  name: 'announcement-leg',
  config: {
    backend: 'announcement-leg',
    announcementLeg: { pattern: 'sip:prompt-{key}@sandbox;language={language}' },
  },
  start: { method: 'POST', path: '/api/v2/conversations/calls/*/participants' },
  words: { topic: 'v2.users.' },
  failures: {
    'the number is busy': { settings: { legAnswer: 'busy' }, code: 'carrier_failed' },
    'the leg breaks off midway': { fault: { kind: 'fail-midway', afterMs: 1_000 }, code: 'carrier_failed' },
    'nobody answers': { settings: { legAnswer: 'no-answer' }, code: 'carrier_failed' },
  },
  echo: { kind: 'duplicate', match: { topic: 'v2.users.' }, times: 2 },
  holds: true,
  refusesMonitored: false,
  // It plays on while the customer is away, and a hold that was not seen leaves no trace.
  afterGap: 'unknown',
}

export interface Case {
  readonly desk: DeskInMemory
  panel(): Panel
  click(promptKey?: string): void
  current(): Playback
  /** Virtual time until the newest playback is there; fails where that takes too long. */
  until(state: PlaybackState, withinMs?: number): Promise<void>
  /** Until the telephone makes its n-th sound. */
  untilHeard(n?: number): Promise<void>
  heard(): ReturnType<DeskInMemory['org']['state']>['heard']
  /** How often the platform was asked to play. */
  starts(): number
  fault(fault: Fault): void
  /** As a crash and a new frame. */
  reload(): Promise<void>
  /** All states that the newest playback went through. */
  states(): readonly PlaybackState[]
  /** The records in the conversation, by their outcomes. */
  records(): readonly string[]
  /** Waits for all that can come, and holds it against what must hold for every backend. */
  finish(): Promise<void>
}

const settleMs = 180_000

export async function openCase(under: BackendUnderTest, settings: Fields = {}): Promise<Case> {
  const { carrier, config } = under
  const desk = createDeskInMemory(7, {
    config,
    settings: { ...under.settings, ...settings },
    ...(carrier ? { carrier } : {}),
  })
  const history: History = new Map()
  let open = await openPanel()

  async function openPanel(): Promise<OpenPanel> {
    const opened = await desk.open()
    const note = watchPlaybacks(history)
    const { playback } = opened.panel
    note(playback.snapshot.value.current)
    playback.snapshot.subscribe(({ current, recent }) => [current, ...recent].forEach(note))
    await desk.clock.advance(500)
    return opened
  }

  const heard = () => desk.org.state().heard.filter((h) => h.interactionId === desk.interactionId)
  const state = () => open.panel.playback.snapshot.value.current?.state ?? null
  async function advanceUntil(isThere: () => boolean, withinMs: number, what: string) {
    for (let restMs = withinMs; restMs > 0 && !isThere(); restMs -= 10) await desk.clock.advance(10)
    expect(isThere(), `${what} within ${withinMs} ms; it is ${state()}`).toBe(true)
  }
  const attributes = () =>
    desk.org.state().calls.find(({ id }) => id === desk.interactionId)?.attributes ?? {}

  const one: Case = {
    desk,
    panel: () => open.panel,
    click(promptKey = 'welcome') {
      const { prompts, queue } = open.panel
      const prompt = prompts.snapshot.value.prompts.find(({ key }) => key === promptKey)
      if (!prompt) throw new Error(`There is no prompt ${promptKey}.`)
      queue.request(prompt)
    },
    current() {
      const { current } = open.panel.playback.snapshot.value
      if (current === null) throw new Error('Nothing was played.')
      return current
    },
    until: (wanted, withinMs = 30_000) => advanceUntil(() => state() === wanted, withinMs, wanted),
    untilHeard: (n = 1) => advanceUntil(() => heard().length >= n, 5_000, `${n} sounds`),
    heard,
    starts: () => desk.requests.filter(({ method, path }) => fits(under.start, method, path)).length,
    fault: (fault) => void desk.org.faults.add(fault),
    async reload() {
      open.crash()
      open = await openPanel()
    },
    states: () => (history.get(one.current().id) ?? []).map((playback) => playback.state),
    records: () =>
      Object.entries(attributes())
        .filter(([key]) => key.startsWith('cueline.') && key !== 'cueline.flow')
        .map(([, text]) => text.split('|')[4] ?? ''),
    async finish() {
      desk.org.faults.clear()
      await desk.clock.advance(settleMs)
      checkInvariants(desk, history, [open.panel])
      await open.stop()
      open.crash()
      await desk.clock.advance(20_000)
      checkNothingLeft(desk)
      desk.traffic.verify()
    },
  }
  return one
}

export function change(one: Case, settings: Fields): void {
  setUp(one.desk.org, settings)
}

function fits(wanted: BackendUnderTest['start'], method: string, path: string): boolean {
  const pattern = new RegExp(`^${wanted.path.replaceAll('*', '[^/]*')}$`)
  return method === wanted.method && pattern.test(path)
}
