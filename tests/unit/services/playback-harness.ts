// The playback service on in-memory ground: a call, a prepared prompt, a carrier that the test speaks for.
import { answered, failure } from '../../../src/core/errors'
import type { Interaction } from '../../../src/core/conversation'
import type { PlaybackState } from '../../../src/core/playback'
import { createPlaybackService } from '../../../src/services/playback'
import type { Readiness } from '../../../src/services/prompts'
import { asset, candidate, interaction } from '../../support/factories'
import { createTestBackend, createTestChance, createTestClock } from '../../support/ports'

export const welcome = { key: 'welcome', title: 'Welcome' }
export const { url } = asset()
export const prepared: Readiness = { status: 'ready', candidate: candidate(), asset: asset() }
export const unplayable: Readiness = {
  status: 'unplayable',
  failure: failure('asset_corrupt'),
  words: 'Hello.',
}

export function setUp() {
  const clock = createTestClock(10_000)
  const { fake, backend } = createTestBackend()
  const facts = {
    readiness: prepared as Readiness | null,
    interaction: interaction() as Interaction | null,
    signedIn: true,
    channelLive: true,
    signedOut: 0,
    prepare: (): Promise<Readiness> => Promise.resolve(prepared),
  }
  const service = createPlaybackService(
    {
      clock,
      chance: createTestChance(),
      backend,
      prepare: () => facts.prepare(),
      readiness: () => facts.readiness,
      interaction: () => facts.interaction,
      signedIn: () => facts.signedIn,
      channelLive: () => facts.channelLive,
      onSignedOut: () => (facts.signedOut += 1),
    },
    { deadlines: { answerMs: 16_000, startMs: 10_000, endMs: 5_000 }, volume: 0.8 },
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
  return { clock, fake, facts, service, states, current, carrier, playing, follow }
}

export const accepted = () => Promise.resolve(answered({ carrierId: null }))
