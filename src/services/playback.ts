// Playbacks over time: prepare -> guard -> subscribe -> send -> watch -> record. The machine in core decides every step.
import { carrierFailure } from '../core/carrier'
import type { Prompt } from '../core/catalogue'
import { callBreakOf, type Interaction } from '../core/conversation'
import { failure, type Failure } from '../core/errors'
import { checkConnected, describeTurn, findObstacle, type Obstacle } from '../core/guard'
import { matchCarrierEvent, mayBeEarlierError } from '../core/match'
import {
  beginPlayback,
  choiceOf,
  isOutcome,
  openUntilMs,
  type Playback,
  type PlaybackEffect,
  type PlaybackEvent,
} from '../core/playback'
import { openPlaysOf, requestOf, stillOpenOf } from '../core/open-playbacks'
import type { CarrierEvent } from '../core/ports'
import { t } from '../core/text'
import { transition } from '../core/transition'
import { createAside } from './aside'
import type { PlaybackPorts, PlaybackRules, PlaybackServiceState } from './playback-ports'
import { nothingPlayed } from './playback-ports'
import { createForeign } from './foreign'
import { createSnapshot } from './snapshot'
import { createTimers } from './timers'
import { createTurns } from './turns'

const recentLimit = 20

type Untimed<E> = E extends unknown ? Omit<E, 'atMs'> : never
type Event = Untimed<PlaybackEvent>

export function createPlaybackService(ports: PlaybackPorts, rules: PlaybackRules) {
  const { backend, clock, chance } = ports
  const snapshot = createSnapshot<PlaybackServiceState>(nothingPlayed)
  /** Open playbacks, oldest first: the current one, and unknown ones that the carrier may still speak of. */
  const open = new Map<string, Playback>()
  const timers = createTimers(clock)
  const foreign = createForeign(clock, (url) => snapshot.patch({ foreign: url }))
  const turns = createTurns(ports)
  const aside = createAside(clock, backend.capabilities.looksHeld, ports.interaction)
  const urlsSent = new Set<string>()
  /** Of each file, how its last failed playback ended in the carrier's words. */
  const lastErrors = new Map<string | null, string | null>()
  let followed: string | null = null

  /** Events carry the id of their playback: a late answer to an old one changes nothing. */
  function dispatch(id: string, event: Event): void {
    const before = open.get(id)
    if (before === undefined) return
    const step = transition(before, { ...event, atMs: clock.now() } as PlaybackEvent, rules.deadlines)
    if (step.playback === before) return
    ports.observe(before, step.playback)
    open.set(id, step.playback)
    if (step.playback.state !== before.state || step.playback.resendAtMs !== before.resendAtMs)
      timers.cancel(id)
    show(step.playback)
    for (const effect of step.effects) perform(step.playback, effect)
  }

  /** News of an earlier playback comes to the front unless another is running there. */
  function show(playback: Playback): void {
    const { current, played, recent } = snapshot.value
    const ticks = playback.state === 'completed' ? [...new Set([...played, playback.promptKey])] : played
    const toFront = current === null || current.id === playback.id || isOutcome(current.state)
    const others = recent.filter(({ id }) => id !== playback.id)
    snapshot.patch({
      current: toFront ? playback : current,
      recent: [playback, ...others].slice(0, recentLimit),
      played: ticks,
    })
  }

  function perform(playback: Playback, effect: PlaybackEffect): void {
    const { id } = playback
    switch (effect.type) {
      case 'send':
        urlsSent.add(effect.asset.url)
        void send(playback)
        break
      case 'deadline':
        timers.add(id, effect.afterMs, () => dispatch(id, { type: 'overdue', state: effect.state }))
        break
      case 'resend':
        timers.add(id, effect.afterMs, () => dispatch(id, { type: 'resend' }))
        break
      case 'record':
        finish(playback)
    }
  }

  /** An outcome. An unknown one stays open until the carrier can no longer act on it. */
  function finish(playback: Playback): void {
    ports.record(playback)
    if (playback.asset !== null) foreign.ownEnded(playback.asset.url)
    aside.ended()
    if (playback.state !== 'unknown') return close(playback.id)
    const leftMs = openUntilMs(playback, rules.deadlines) - clock.now()
    closeAfter(playback.id, Math.max(0, leftMs), false)
  }

  function close(id: string): void {
    open.delete(id)
    turns.leave(id)
    // Who tells others what is open has to learn of it.
    snapshot.patch({})
  }

  /** Without the channel no word can come: an unknown playback is given up only once the channel had its chance. */
  function closeAfter(id: string, afterMs: number, heardLast: boolean): void {
    timers.add(id, afterMs, () => {
      const hears = ports.channelLive()
      if (hears && heardLast) close(id)
      else closeAfter(id, rules.deadlines.endMs, hears)
    })
  }

  async function send(playback: Playback): Promise<void> {
    const request = requestOf(playback)
    if (request === null) return
    const { id } = playback
    const answer = await backend.start({ ...request, volume: rules.volume })
    if (answer.ok) dispatch(id, { type: 'accepted', carrierId: answer.value.carrierId })
    else dispatch(id, { type: 'not-accepted', refusal: answer.refusal, chance: chance.number() })
  }

  function busy(): boolean {
    return [...open.values()].some((playback) => !isOutcome(playback.state))
  }

  function obstacle(prompt: Prompt, anyway: boolean): Obstacle | null {
    const facts = {
      interaction: aside.interaction(),
      signedIn: ports.signedIn(),
      channelLive: ports.channelLive() || ports.channelOpening(),
      busy: busy(),
      foreignPlaying: snapshot.value.foreign !== null,
      stillOpen: stillOpenOf([...open.values()], prompt.key),
      backendForbidsMonitoring: backend.capabilities.refusesMonitored,
      prompt,
      nowMs: clock.now(),
    }
    return findObstacle(facts, rules.guards, anyway)
  }

  /** The agent's click. A refusal becomes a rejected playback with its sentence: no click is without an answer. */
  async function play(prompt: Prompt, anyway = false): Promise<void> {
    if (busy()) return
    const found = obstacle(prompt, anyway)
    if (found?.action === 'ask') return snapshot.patch({ question: { obstacle: found, prompt } })
    const interactionId = ports.interaction()?.id ?? ''
    const of = { id: chance.id(), interactionId, promptKey: prompt.key, title: prompt.title }
    const begun = beginPlayback(of, clock.now())
    open.set(of.id, begun)
    snapshot.patch({ current: begun, question: null })
    show(begun)
    if (found !== null) return dispatch(of.id, { type: 'refused', failure: found.failure })
    await prepare(begun, prompt)
  }

  async function prepare({ id, interactionId }: Playback, prompt: Prompt): Promise<void> {
    const refuse = (why: Failure) => dispatch(id, { type: 'refused', failure: why })
    const known = ports.readiness(prompt.key)
    const readiness = known?.status === 'ready' ? known : await ports.prepare(prompt.key)
    if (readiness.status !== 'ready') {
      return refuse(readiness.status === 'unplayable' ? readiness.failure : failure('fetch_timeout'))
    }
    if (!ports.channelLive() && !(await ports.whenLive())) return refuse(failure('channel_lost'))
    const taken = turns.take(interactionId, id)
    const turn = taken === 'mine' ? taken : await taken
    if (turn !== 'mine') return refuse(failure('already_playing', describeTurn(turn)))
    if (!open.has(id)) return turns.leave(id)
    // Events name a file only: with the same one audible in two calls, nobody could say which of them ended.
    const { url } = readiness.asset
    if (backend.capabilities.medium === 'url' && ports.playsElsewhere(url, interactionId) === 'heard')
      return refuse(failure('already_playing', t('this file plays in another call')))
    const watching = backend.watch(interactionId)
    const watched = 'then' in watching ? await watching : watching
    if (!watched.ok) return refuse(failure('channel_lost', watched.refusal.message))
    const now = checkConnected(aside.interaction())
    if (!now.ok) return refuse(now.failure)
    const { candidate, asset } = readiness
    const choice = choiceOf(prompt.version, candidate, now.customer, now.queueId)
    // Only events that name a URL and no playback can be mistaken for those of an earlier one.
    const repeats = backend.capabilities.medium === 'url' && urlsSent.has(asset.url)
    dispatch(id, { type: 'prepared', asset, choice, repeats })
  }

  const undo = backend.onEvent((event: CarrierEvent) => {
    const isConnected = ports.interaction()?.callState === 'connected'
    const { playbackId, url, interactionId } = event
    // One socket serves all panels, and the event names a file only: it is about the call that can hear it.
    const mayBeTheirs =
      playbackId === null && url !== null && ports.playsElsewhere(url, interactionId) !== null
    if (mayBeTheirs && !isConnected) return
    const target = matchCarrierEvent([...open.values()], event)
    // Theirs runs; what became of ours is not to be guessed from it.
    if (mayBeTheirs && (target === null || target.state === 'unknown')) return
    if (target === null) return noteForeign(event)
    if (event.late === true) dispatch(target.id, { type: 'unseen' })
    if (event.state === 'stopped') return dispatch(target.id, { type: 'stopped' })
    if (event.state !== 'error')
      return dispatch(target.id, { type: 'carrier', state: event.state, deduced: event.deduced === true })
    const before = lastErrors.get(event.url) ?? null
    lastErrors.set(event.url, event.error)
    if (mayBeEarlierError(target, event.error, before)) return
    const reading = carrierFailure(event.error)
    if ('callBroke' in reading) dispatch(target.id, { type: 'call-broke', by: reading.callBroke })
    else dispatch(target.id, { type: 'carrier-failed', failure: reading })
  })

  /** Not ours: another panel of this interaction plays, or just ended. */
  function noteForeign(event: CarrierEvent): void {
    const interaction = ports.interaction()
    if (event.interactionId !== interaction?.id || interaction.callState !== 'connected') return
    if (event.url !== null) urlsSent.add(event.url)
    foreign.note(event.url, event.state === 'buffering' || event.state === 'playing')
  }

  return {
    snapshot,
    play,
    busy,
    openPlays: () => openPlaysOf([...open.values()], ports.interaction()),
    /** True while a playback of ours is unknown and could still become known. */
    awaitsTruth: () => open.size > 0,
    /** The answer to the guard's question. */
    answer(anyway: boolean): void {
      const { question } = snapshot.value
      snapshot.patch({ question: null })
      if (anyway && question) void play(question.prompt, true)
    },
    /** Gives up a playback that waits to be sent (again); what was sent cannot be cancelled. */
    cancel(): void {
      const { current } = snapshot.value
      if (current) dispatch(current.id, { type: 'cancelled' })
    },
    /** Ends the playback early, where the backend can; `stopped` once the platform has done it. */
    async stop(): Promise<void> {
      const { current } = snapshot.value
      if (current === null || backend.stop === undefined) return
      const answer = await backend.stop(current.id)
      if (answer.ok) dispatch(current.id, { type: 'stopped' })
    },
    capabilities: backend.capabilities,
    /** Keeps the backend's events coming for the interaction on screen, and sees what breaks a playback. */
    follow(interaction: Interaction): void {
      if (interaction.id !== followed) {
        followed = interaction.id
        if (snapshot.value.played.length > 0) snapshot.patch({ played: [] })
      }
      turns.expect(interaction.callState === 'connected' ? interaction.id : null)
      const by = callBreakOf(interaction, backend.capabilities.looksHeld && busy())
      if (by !== null) foreign.clear()
      for (const playback of [...open.values()]) {
        if (by === null || playback.interactionId !== interaction.id) continue
        dispatch(playback.id, { type: 'call-broke', by })
        // What is interrupted must not go on when the customer is back: the record has said how much was heard.
        if (!open.has(playback.id)) void backend.stop?.(playback.id)
      }
      if (interaction.callState === 'connected' && ports.channelLive()) void backend.watch(interaction.id)
    },
    /** `isBack`: another connection takes over at once. */
    channelLost(isBack = false): void {
      foreign.clear()
      for (const id of [...open.keys()]) dispatch(id, { type: isBack ? 'channel-changed' : 'channel-lost' })
    },
    /** After a reload: the same playback again. What happened meanwhile was not seen. */
    restore(interactionId: string | null, playback: Playback | null, played: readonly string[]): void {
      followed = interactionId
      snapshot.patch({ current: playback, played })
      if (playback === null) return
      if (playback.asset) urlsSent.add(playback.asset.url)
      if (isOutcome(playback.state) && playback.state !== 'unknown') return
      open.set(playback.id, playback)
      void turns.take(playback.interactionId, playback.id)
      const request = requestOf(playback)
      const { carrierId } = playback
      const { requestedAtMs } = playback.times
      if (request !== null && requestedAtMs !== null) backend.adopt({ ...request, requestedAtMs, carrierId })
      if (playback.state === 'preparing') dispatch(playback.id, { type: 'cancelled' })
      else if (playback.state === 'unknown') finish(playback)
      else dispatch(playback.id, { type: 'channel-lost' })
    },
    dispose(): void {
      // Answers that are still under way find nothing to act on.
      open.clear()
      timers.cancelAll()
      foreign.dispose()
      turns.dispose()
      undo()
      backend.dispose()
    },
  }
}

export type PlaybackService = ReturnType<typeof createPlaybackService>
