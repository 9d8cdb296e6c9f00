// One playback at a time: prepare -> guard -> subscribe -> send -> watch. The machine in core decides every step.
import { failure, failureOfRefusal } from '../core/errors'
import { findObstacle } from '../core/guard'
import { createMetrics, type Metrics } from '../core/metrics'
import {
  beginPlayback,
  isOutcome,
  transition,
  type CallBreak,
  type Deadlines,
  type Playback,
  type PlaybackEffect,
  type PlaybackEvent,
} from '../core/playback'
import { carrierFailure } from '../core/carrier'
import type { Interaction } from '../core/conversation'
import type { Prompt } from '../core/catalogue'
import type { CarrierEvent, Chance, Clock, PlaybackBackend } from '../core/ports'
import type { Readiness } from './prompts'
import { createSnapshot } from './snapshot'

export interface PlaybackServiceState {
  /** The newest playback, running or ended. */
  readonly current: Playback | null
  /** Prompt keys that were completed in this interaction. */
  readonly played: readonly string[]
  readonly metrics: Metrics
}

export interface PlaybackPorts {
  readonly backend: PlaybackBackend
  readonly clock: Clock
  readonly chance: Chance
  prepare(promptKey: string): Promise<Readiness>
  /** What was prepared already, without waiting: so that a click costs one request and no turn of the event loop. */
  readiness(promptKey: string): Readiness | null
  interaction(): Interaction | null
  signedIn(): boolean
  channelLive(): boolean
  onSignedOut(): void
}

type Event = PlaybackEvent extends infer E ? (E extends unknown ? Omit<E, 'atMs'> : never) : never

export function createPlaybackService(ports: PlaybackPorts, rules: { deadlines: Deadlines; volume: number }) {
  const { backend, clock, chance } = ports
  const metrics = createMetrics()
  const snapshot = createSnapshot<PlaybackServiceState>({
    current: null,
    played: [],
    metrics: metrics.summary(),
  })
  let cancelDeadline: (() => void) | null = null
  let followed: string | null = null

  /** Events carry the id of their playback: a late answer to an old one changes nothing. */
  function dispatch(playbackId: string, event: Event): void {
    const before = snapshot.value.current
    if (before === null || before.id !== playbackId) return
    const step = transition(before, { ...event, atMs: clock.now() } as PlaybackEvent, rules.deadlines)
    if (step.playback === before) return
    metrics.observe(before, step.playback)
    if (step.playback.state !== before.state) cancelDeadline?.()
    const done = step.playback.state === 'completed' ? [step.playback.promptKey] : []
    const played = [...new Set([...snapshot.value.played, ...done])]
    snapshot.set({ current: step.playback, played, metrics: metrics.summary() })
    for (const effect of step.effects) perform(step.playback, effect)
  }

  function perform(playback: Playback, effect: PlaybackEffect): void {
    switch (effect.type) {
      case 'send':
        void send(playback)
        break
      case 'deadline':
        cancelDeadline = clock.after(effect.afterMs, () =>
          dispatch(playback.id, { type: 'overdue', state: effect.state }),
        )
        break
      case 'record':
        break
    }
  }

  async function send(playback: Playback): Promise<void> {
    if (playback.asset === null) return
    const { id, interactionId, asset } = playback
    const answer = await backend.start({ playbackId: id, interactionId, asset, volume: rules.volume })
    if (answer.ok) return dispatch(id, { type: 'accepted', carrierId: answer.value.carrierId })
    const { refusal } = answer
    dispatch(id, {
      type: 'not-accepted',
      failure: failureOfRefusal(refusal),
      mayHaveArrived: refusal.mayHaveArrived,
    })
    if (refusal.kind === 'signed-out') ports.onSignedOut()
  }

  function busy(): boolean {
    const { current } = snapshot.value
    return current !== null && !isOutcome(current.state)
  }

  /** The agent's click. Refusals become a rejected playback with its sentence: a click is never without an answer. */
  async function play(prompt: Pick<Prompt, 'key' | 'title'>): Promise<void> {
    const interaction = ports.interaction()
    if (busy()) return
    const id = chance.id()
    const of = { id, interactionId: interaction?.id ?? '', promptKey: prompt.key, title: prompt.title }
    const begun = beginPlayback(of, clock.now())
    snapshot.patch({ current: begun })
    const obstacle = findObstacle({
      interaction,
      signedIn: ports.signedIn(),
      busy: false,
      channelLive: ports.channelLive(),
    })
    if (obstacle !== null) return dispatch(id, { type: 'refused', failure: obstacle })
    const known = ports.readiness(prompt.key)
    const readiness = known !== null && known.status !== 'checking' ? known : await ports.prepare(prompt.key)
    if (readiness.status === 'unplayable')
      return dispatch(id, { type: 'refused', failure: readiness.failure })
    if (readiness.status === 'checking') return
    const watched = await backend.watch(begun.interactionId)
    if (!watched.ok)
      return dispatch(id, { type: 'refused', failure: failure('channel_lost', watched.refusal.message) })
    dispatch(id, { type: 'prepared', asset: readiness.asset })
  }

  const undo = backend.onEvent((event: CarrierEvent) => {
    const { current } = snapshot.value
    if (current === null || event.interactionId !== current.interactionId) return
    if (event.url !== null && event.url !== current.asset?.url) return
    if (event.carrierId !== null && current.carrierId !== null && event.carrierId !== current.carrierId)
      return
    if (event.state === 'error') return broken(current, event.error)
    dispatch(current.id, { type: 'carrier', state: event.state })
  })

  function broken(current: Playback, error: string | null): void {
    const reading = carrierFailure(error)
    if ('callBroke' in reading) dispatch(current.id, { type: 'call-broke', by: reading.callBroke })
    else dispatch(current.id, { type: 'carrier-failed', failure: reading })
  }

  return {
    snapshot,
    play,
    /** Keeps the backend's events coming for the interaction that is on screen. */
    follow(interaction: Interaction | null): void {
      if (interaction !== null && interaction.id !== followed) {
        followed = interaction.id
        if (snapshot.value.played.length > 0) snapshot.patch({ played: [] })
      }
      const { current } = snapshot.value
      if (current !== null && interaction !== null && current.interactionId === interaction.id) {
        const by = breakOf(interaction)
        if (by !== null) dispatch(current.id, { type: 'call-broke', by })
      }
      if (interaction !== null && interaction.callState === 'connected' && ports.channelLive())
        void backend.watch(interaction.id)
    },
    dispose(): void {
      cancelDeadline?.()
      undo()
      backend.dispose()
    },
  }
}

export type PlaybackService = ReturnType<typeof createPlaybackService>

function breakOf(interaction: Interaction): CallBreak | null {
  if (interaction.callState === 'held') return 'hold'
  if (interaction.customer?.state === 'connected' && interaction.agent?.state !== 'connected')
    return 'transfer'
  return interaction.callState === 'ended' ? 'hang-up' : null
}
