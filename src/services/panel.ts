// One running panel: its services, joined. Adapters come in as ports, so that tests run the same panel on other ground.
import type { Config } from '../core/config'
import { carrierReach } from '../core/reach'
import { missingScopes, scopesFor } from '../core/scopes'
import { channelLock } from '../core/panels'
import { pinnedPrompts } from '../core/pins'
import { callsTopic } from '../core/notification'
import type { Place } from '../core/place'
import type { Playback } from '../core/playback'
import type { Identity } from '../core/ports'
import { createChannel } from './channel'
import { createChannelAhead } from './channel-ahead'
import { createLateFollowers } from './late-followers'
import { createLive } from './live'
import { createNotes } from './notes'
import type { PanelLaunch, PanelPorts } from './panel-ports'
import { createPlaceKeeper } from './place'
import { createPlaybackService } from './playback'
import { createPreferences } from './preferences'
import { createPrompts } from './prompts'
import { createQueue } from './queue'
import { createChannelReadiness } from './readiness'
import { createRecords } from './records'
import { createSession } from './session'
import { createSharedChannel } from './shared-channel'
import { createSharing } from './sharing'
import { createSnapshot } from './snapshot'

/** A click that met an ended sign-in is repeated after the login, if the agent has not waited longer than this. */
const againWithinMs = 20_000

export function createPanel(ports: PanelPorts, config: Config, launch: PanelLaunch) {
  let userId: string | null = null
  const panelId = ports.chance.id()
  /** What is typed into the search. */
  const search = createSnapshot({ query: '' })
  let again: Place['again'] = null
  let over = false
  let wasLive = false
  const notes = createNotes(ports, panelId)
  const sharing = ports.sharing ?? createSharing(ports)
  const preferences = createPreferences(ports.kept)
  const followers = createLateFollowers({ ...ports, preferences }, (interactionId) => {
    const { interaction } = live.snapshot.value
    return interaction?.id === interactionId ? (interaction.agent?.id ?? null) : null
  })
  const { outbox } = followers
  const session = createSession(
    {
      ...ports,
      sharing,
      usePopup: launch.usePopup,
      identifying() {
        // Whoever has no licence is asked for nothing but who they are.
        if (userId !== null || config.licence !== null) return
        live.readAhead()
        void channelAhead.begin()
      },
      mayLeave: () => !playback.busy(),
      beforeLeaving: () => place.save(),
    },
    launch.search,
  )
  const channelAhead = createChannelAhead(ports)
  const ownChannel = createChannel(
    {
      ...ports,
      channels: channelAhead.channels,
      hurry: () => playback.awaitsTruth(),
      onTokenRevoked: () => session.refused(),
      onRoundTrip: notes.roundTrip,
    },
    () => (userId === null ? [] : [callsTopic(userId)]),
  )
  const channel = createSharedChannel(ports, ownChannel)
  const live = createLive(
    { ...ports, channel, missedBreak: () => playback.channelLost() },
    launch.conversationId,
  )
  const backend = ports.createBackend(channel.wire, live.feed)
  const prompts = createPrompts(ports, {
    cdnBase: config.cdn.base,
    carrier: carrierReach(config, backend.capabilities.medium),
    defaults: config.defaults,
    tiers: config.tiers,
    attributes: config.attributes,
  })
  const records = createRecords({
    backend: backend.name,
    appVersion: launch.appVersion,
    clock: ports.clock,
    post: outbox.add,
    async open(of) {
      await firstScreen()
      const { create, ...edge } = await ports.loadKeeping()
      const seen = { live: live.snapshot, prompts: prompts.snapshot, complain: prompts.complain }
      return create({ ...ports, ...edge, ...seen, storage: ports.kept, post: outbox.add }, of)
    },
  })
  const readiness = createChannelReadiness(channel.snapshot, ports.clock)
  const playback = createPlaybackService(
    {
      ...ports,
      backend,
      prepare: prompts.prepare,
      readiness: (key) => prompts.snapshot.value.readiness[key] ?? null,
      interaction: () => live.snapshot.value.interaction,
      signedIn: session.isUsable,
      ...readiness,
      observe: (before, after) => notes.observe(before, after, backend.name),
      record,
      playsElsewhere: sharing.playsElsewhere,
    },
    { deadlines: config.deadlines, volume: config.volume, guards: config.guards },
  )
  const findPrompt = (key: string) =>
    prompts.snapshot.value.prompts.find((prompt) => prompt.key === key) ?? null
  const queue = createQueue({ chance: ports.chance, playback, findPrompt })
  const place = createPlaceKeeper(ports, launch.conversationId, () => ({
    interactionId: live.snapshot.value.interaction?.id ?? launch.conversationId,
    playback: playback.snapshot.value.current,
    played: playback.snapshot.value.played,
    queue: queue.snapshot.value,
    query: search.value.query,
    again,
  }))

  let callIsRead: () => void
  const callRead = new Promise<void>((resolve) => (callIsRead = resolve))

  async function loadPrompts(): Promise<void> {
    await prompts.load()
    // A panel that shows nothing but why nobody is signed in needs none of it.
    if (session.snapshot.value.status !== 'signed-out') prompts.checkAhead()
  }

  /** What the first click does not need is loaded when a prompt can be clicked, or when none is to be expected soon. */
  async function firstScreen(): Promise<void> {
    await Promise.all([prompts.load(), callRead])
    const { pins } = preferences.snapshot.value
    const pinned = live.snapshot.value.interaction ? pinnedPrompts(prompts.snapshot.value.prompts, pins) : []
    if (pinned.length > 0) await Promise.race(pinned.map(({ key }) => prompts.prepare(key)))
    // A click would wait for it.
    await readiness.whenLive()
  }

  function record(ended: Playback): void {
    records.record(ended)
    const metSignOut = ended.state === 'rejected' && ended.failure?.code === 'signed_out'
    if (metSignOut) {
      again = { promptKey: ended.promptKey, clickedAtMs: ended.times.clickedAtMs }
      // By now the page may be on its way to the login: what was kept then did not know of the click.
      place.save()
    }
  }

  let told = '[]'
  function tellPlays(): void {
    const plays = playback.openPlays()
    const text = JSON.stringify(plays)
    if (text === told) return
    told = text
    sharing.tellPlays(panelId, plays)
  }

  /** Once the catalogue and the call are there: the queue, the ticks and the running playback from before. */
  function restore(kept: Place | null): void {
    if (kept === null) return
    playback.restore(kept.interactionId, kept.playback, kept.played)
    queue.restore(kept.queue)
    search.set({ query: kept.query })
    again = kept.again
  }

  /** Not before it is known who is signed in: what is restored may become a record, and a record names its agent. */
  async function begin({ userId: agentId, organizationId = null }: Identity): Promise<void> {
    void records.begin({ agentId, organizationId })
    restore(await place.load())
    if (over) return
    channel.connect()
    // The browser answers in order: a lock that is held by then and not ours is another panel's.
    const isHeld = await ports.locks.isHeld(channelLock)
    if (over) return
    void live.begin(agentId, isHeld && !channel.leads()).then(() => callIsRead())
    void firstScreen().then(() => followers.begin(agentId))
  }

  /** What a sign-in had stopped: nothing was played, so it goes again. */
  function repeatClick(): void {
    if (
      again === null ||
      channel.snapshot.value.status !== 'live' ||
      live.snapshot.value.interaction === null
    )
      return
    const prompt = findPrompt(again.promptKey)
    const fresh = ports.clock.now() - again.clickedAtMs < againWithinMs
    if (prompt === null && fresh) return
    again = null
    if (prompt !== null && fresh) queue.request(prompt)
  }

  function followCall(): void {
    const { interaction } = live.snapshot.value
    prompts.follow(interaction)
    if (interaction !== null) records.look(interaction)
    if (interaction !== null) outbox.look(interaction)
    if (interaction !== null) playback.follow(interaction)
    followers.follow(playback.snapshot.value.current)
    tellPlays()
    repeatClick()
  }

  const undo = [
    ports.onTokenRefused(session.refused),
    ports.onOnline(channel.retryNow),
    ports.host.onStop(async () => {
      place.save()
      await Promise.all([outbox.flush(), notes.flush()])
    }),
    session.snapshot.subscribe((state) => {
      if (state.status !== 'signed-in' || userId !== null) return
      userId = state.identity.userId
      preferences.begin(userId)
      void prompts.signedIn()
      void begin(state.identity)
    }),
    live.snapshot.subscribe(followCall),
    channel.snapshot.subscribe(({ status }) => {
      // Also where another panel takes over the channel: between the two connections words may have been missed.
      const isChanging = wasLive && status === 'connecting'
      if (status === 'lost' || isChanging) playback.channelLost(isChanging)
      wasLive = status === 'live'
      followCall()
    }),
    prompts.snapshot.subscribe(repeatClick),
    playback.snapshot.subscribe(({ current }) => {
      followers.follow(current)
      tellPlays()
      place.save()
      session.leaveWhenIdle()
    }),
    queue.snapshot.subscribe(place.save),
  ]
  return {
    session,
    channel,
    live,
    prompts,
    playback,
    queue,
    outbox,
    records,
    notes,
    preferences,
    /** What the token lacks of all that this panel needs. */
    rights: { missing: (granted: readonly string[] | null) => missingScopes(scopesFor(config), granted) },
    /** What is typed into the search belongs to the place that a reload brings back. */
    search: {
      snapshot: search,
      write(text: string): void {
        search.set({ query: text })
        place.save()
      },
    },
    firstScreen,
    /** The catalogue needs no login, so both begin at once. */
    async start(returned: Parameters<typeof session.start>[0]): Promise<void> {
      place.expect()
      channelAhead.expect()
      await Promise.all([loadPrompts(), session.start(returned)])
    },
    dispose(): void {
      over = true
      for (const off of undo) off()
      session.dispose()
      sharing.dispose()
      queue.dispose()
      records.dispose()
      followers.dispose()
      playback.dispose()
      live.dispose()
      channel.close()
      place.dispose()
    },
  }
}

export type Panel = ReturnType<typeof createPanel>
