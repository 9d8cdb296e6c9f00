// The playback service on in-memory ground: a call, a prepared prompt, a carrier that the test speaks for.
import { answered, failure } from '../../../src/core/errors'
import type { Interaction } from '../../../src/core/conversation'
import type { GuardAction, GuardRule } from '../../../src/core/guard'
import type { Playback, PlaybackState } from '../../../src/core/playback'
import type { Capabilities } from '../../../src/core/ports'
import { createPlaybackService } from '../../../src/services/playback'
import type { Readiness } from '../../../src/services/prompts'
import { asset, candidate, interaction, prompt } from '../../support/factories'
import { createTestLocks } from '../../support/browser-ports'
import { busOf, createSharedBrowser, type SharedBrowser } from '../../support/browser-in-memory'
import { createTestBackend, createTestChance, createTestClock } from '../../support/ports'

export const welcome = prompt()
export const terms = prompt({ key: 'terms', title: 'Terms' })
export const { url } = asset()
export const prepared: Readiness = { status: 'ready', candidate: candidate(), asset: asset() }
export const unplayable: Readiness = {
  status: 'unplayable',
  failure: failure('asset_corrupt'),
  words: 'Hello.',
}

const guards: Record<GuardRule, GuardAction> = {
  'wrap-up': 'block',
  monitored: 'ask',
  recording: 'block',
  consent: 'ask',
  expired: 'block',
  'still-open': 'ask',
}

const deadlines = { answerMs: 16_000, startMs: 10_000, endMs: 5_000 }

/** `browser`: hand the same one to two of them to have two panels in one browser. */
export function setUp(of: { browser?: SharedBrowser; can?: Partial<Capabilities> } = {}) {
  const clock = createTestClock(10_000)
  const { fake, backend } = createTestBackend(of.can)
  const browser = of.browser ?? createSharedBrowser()
  const locks = createTestLocks(browser)
  const records: Playback[] = []
  const facts = {
    readiness: prepared as Readiness | null,
    interaction: interaction() as Interaction | null,
    signedIn: true,
    channelLive: true,
    /** Where the channel is on its way: whether it comes. */
    opening: null as Promise<boolean> | null,
    playsElsewhere: null as 'open' | 'heard' | null,
    prepare: (): Promise<Readiness> => Promise.resolve(prepared),
  }
  const steps: (readonly [before: Playback, after: Playback])[] = []
  const service = createPlaybackService(
    {
      clock,
      chance: createTestChance(),
      locks,
      bus: busOf(browser),
      backend,
      prepare: () => facts.prepare(),
      readiness: () => facts.readiness,
      interaction: () => facts.interaction,
      signedIn: () => facts.signedIn,
      channelLive: () => facts.channelLive,
      channelOpening: () => facts.opening !== null,
      whenLive: async () => (await facts.opening) ?? false,
      playsElsewhere: () => facts.playsElsewhere,
      observe: (before, after) => void steps.push([before, after]),
      record: (playback) => void records.push(playback),
    },
    { deadlines, volume: 0.8, guards },
  )
  const states: PlaybackState[] = []
  service.snapshot.subscribe(({ current }) => {
    if (current !== null && states.at(-1) !== current.state) states.push(current.state)
  })
  const current = () => {
    const playback = service.snapshot.value.current
    if (playback === null) throw new Error('nothing was clicked yet')
    return playback
  }
  const carrier = (state: 'buffering' | 'playing' | 'completed') => fake.emit({ state, url })
  /** A click, and the carrier's word that the customer hears it. */
  const playing = async () => {
    await service.play(welcome)
    await clock.advance(100)
    carrier('buffering')
    carrier('playing')
  }
  const follow = (next: Interaction) => {
    facts.interaction = next
    service.follow(next)
  }
  return { clock, fake, facts, locks, records, steps, service, states, current, carrier, playing, follow }
}

export const accepted = () => Promise.resolve(answered({ carrierId: null }))
