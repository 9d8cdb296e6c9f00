// Wires the organisation's parts: who tells whom when a call changes, a sound starts, a token goes.
import { createApi } from './api'
import { appConfig, type AppConfig } from './app-integration'
import { isActiveFor, queueIdsOf, takesPart, userIdsOf } from './call-facts'
import { createCalls, type LiveCall } from './calls'
import { createCarriers } from './carriers'
import { createChannelEndings } from './channel-endings'
import { createChannels } from './channels'
import { createControl } from './control'
import { callEvent } from './call-event'
import { createDirectory } from './directory'
import { createDuty } from './duty'
import { createFaultParts, createFaults } from './faults'
import { createDesktopFeed } from './feed'
import { createFloor } from './floor'
import { createLoginServer } from './login-server'
import { createMediaServer } from './media'
import type { OrgParts } from './org-parts'
import { agentId, findPerson, people, type Person, supervisorId } from './people'
import { architectRoutes } from './routes/architect-routes'
import { conversationRoutes } from './routes/conversation-routes'
import { createPromptShelf } from './prompt-shelf'
import { createProvisioning } from './provisioning'
import { createRates } from './rates'
import { createJourney } from './request-faults'
import { mediaRoutes } from './routes/media-routes'
import { notificationRoutes } from './routes/notification-routes'
import { peopleRoutes } from './routes/people-routes'
import { unitRoutes } from './routes/unit-routes'
import { backends, changedSettings, initialSettings, type Settings } from './settings'
import { createSockets } from './sockets'
import { createStrikes } from './strikes'
import { createTelephone } from './telephone'
import { isHidden } from './topics'
import { createTokens } from './tokens'
import { callState, channelState, type OrgState } from './world-state'

/** In this organisation the media server plays to the customer's endpoint, and into the recording. */
const mediaSound = { backend: 'media-api', heardBy: ['customer'], isRecorded: true } as const

export function createWorld({
  clock,
  random,
  origin,
  fetchAsset,
  decodeAudio,
  keepPlays = 1000,
  ...given
}: OrgParts) {
  const { list, network } = createFaultParts(clock)
  let settings: Settings = initialSettings
  let appUrl = given.appUrl
  let generation = 0
  const changed = (): void => feed.changed()
  const directory = createDirectory()

  const [tokens, rates] = [createTokens({ clock, random }), createRates({ clock })]
  const provisioning = createProvisioning({
    ...{ clock, random, origin, directory },
    appUrl: given.appUrl,
    settings: () => settings,
    user: (person) => duty.user(person),
    clientRemoved: tokens.forgetClient,
    changed,
  })
  const { findClient } = provisioning
  const prompts = createPromptShelf({ clock, random, decodeAudio })
  const oauth = createLoginServer({
    clock,
    random,
    tokens,
    findClient,
    appUris: () => (appUrl === null ? [] : [appUrl]),
    settings: () => settings,
  })
  const sockets = createSockets({
    clock,
    random,
    changed,
    mayFollow(interactionId, userId) {
      const call = calls.find(interactionId)
      return call !== undefined && takesPart(call.conversation, userId)
    },
    lastMedia: (interactionId) => (settings.replayOnSubscribe ? media.lastEvent(interactionId) : null),
    expired: (channel) => channels.remove(channel),
    faults: list,
    network,
  })
  const channels = createChannels({
    clock,
    random,
    lifetimeMs: () => settings.channelLifetimeS * 1000,
    isConnected: sockets.isOpen,
    sparesConnected: () => settings.fullChannels === 'idle first',
    pushedOut: (channel) => removeChannel(channel, true),
  })
  const { removeChannel, revoke } = createChannelEndings({ channels, sockets, tokens })
  const duty = createDuty({
    clock,
    origin,
    directory,
    isInCall: (person) => callCount(person) > 0,
    publish: sockets.publish,
  })
  const calls = createCalls({
    clock,
    random,
    agent: requirePerson(agentId),
    supervisor: requirePerson(supervisorId),
    keepEnded: keepPlays,
    changed: callChanged,
  })
  const floor = createFloor({ clock, setPeople: directory.setFloor, changed: tell })
  const callsOf = (userId: string): readonly LiveCall[] => {
    const ofFloor = floor.callsOf(userId)
    return ofFloor.length > 0 ? ofFloor : calls.all()
  }
  const callCount = ({ id }: Person): number =>
    callsOf(id).filter(({ conversation }) => isActiveFor(conversation, id)).length
  const telephone = createTelephone({ clock, changed, keepPlays })
  const media = createMediaServer({
    clock,
    random,
    findCall: calls.find,
    fetchAsset,
    decodeAudio,
    bufferingMs: () => settings.bufferingMs,
    emit: sockets.sendMedia,
    changed,
    faults: list,
    keepPlays,
    ready: ({ url }) => feed.prepare(url),
    started: (play, durationMs) => carriers.sounds.started({ ...play, ...mediaSound }, durationMs),
    ended: (play, reason) => carriers.sounds.ended(play.id, reason),
  })
  const { report, durationMs } = telephone
  const feed = createDesktopFeed({ clock, state, report, durationMs })
  const carriers = createCarriers({
    clock,
    random,
    origin,
    calls,
    telephone,
    feed,
    settings: () => settings,
    faults: list,
    publish: sockets.publish,
    flows: provisioning.flows,
  })
  const topicFacts = {
    hasCall: (id: string) => calls.find(id) !== undefined,
    flowEvents: () => settings.flowEvents,
    hasUser: (id: string) => directory.find(id) !== undefined,
    hasQueue: (id: string) => directory.queues().some((queue) => queue.id === id),
    hidesCalls: (userId: string) => isHidden(userId, settings.hiddenColleagues),
    queueTopics: () => settings.queueTopics === 'permitted',
  }
  const strike = createStrikes({ sockets, channels, tokens, network, media, removeChannel, revoke })
  const endSilence = (): void => sockets.outlets().forEach((outlet) => outlet.endSilence())
  const faults = createFaults({ list, network, strike, endSilence, changed })
  const latencyMs = (): number => settings.apiLatencyMs
  const journey = createJourney({ clock, random, faults: list, network, latencyMs })
  const api = createApi({
    ...{ random, tokens, rates },
    settings: () => settings,
    withRights: provisioning.rights.of,
    routes: [
      ...peopleRoutes({ revoke, user: duty.user, callCount, directory, findClient }),
      ...unitRoutes({ user: duty.user, directory }),
      ...conversationRoutes(calls, floor.findCall),
      ...notificationRoutes({ channels, origin, topicFacts, changed }),
      ...mediaRoutes({ calls, media, answersProcessed: () => settings.processed }),
      ...carriers.routes,
      ...architectRoutes(origin, prompts),
      ...provisioning.routes,
    ],
  })
  const control = createControl({
    origin,
    calls,
    callState,
    state,
    appConfig: config,
    announceClosing: sockets.announceClosing,
    faults,
    floor,
    changeUser(id, wanted) {
      const user = duty.change(id, wanted)
      changed()
      return user
    },
    reset,
    setPermissions: provisioning.rights.set,
    dumpEstate: provisioning.dump,
    seedEstate: provisioning.seed,
    changeSettings(wanted) {
      const before = settings.estate
      settings = changedSettings(settings, wanted)
      if (settings.estate !== before) provisioning.reset()
      changed()
      return settings
    },
  })

  /** The conversation's events first, then what they mean for a sound that is playing. */
  function callChanged(call: LiveCall): void {
    tell(call)
    media.callChanged(call)
    carriers.callChanged(call)
    changed()
  }

  function tell({ conversation }: LiveCall): void {
    const event = callEvent(conversation)
    for (const id of userIdsOf(conversation)) {
      sockets.publish(`v2.users.${id}.conversations.calls`, event)
      const person = directory.find(id)
      if (person) duty.callsChanged(person)
    }
    for (const id of queueIdsOf(conversation)) {
      sockets.publish(`v2.routing.queues.${id}.conversations.calls`, event)
    }
  }

  /** The first world again. Tokens and channels stay, so that whoever is connected sees it happen. */
  function reset(): void {
    faults.clear()
    floor.close()
    media.reset()
    carriers.reset()
    telephone.reset()
    settings = initialSettings
    rates.forget()
    generation += 1
    provisioning.reset()
    prompts.reset()
    calls.reset()
    duty.reset()
    changed()
  }

  function state(): OrgState {
    const living = channels.all()
    return {
      nowMs: clock.now(),
      generation,
      agentId,
      users: people.map(duty.user),
      queues: directory.queues(),
      calls: calls.all().map(callState),
      plays: media.plays(),
      heard: telephone.heard(),
      ...carriers.state(),
      channels: living.map(channelState),
      subscriptions: living.flatMap(({ id, userId, topics }) =>
        [...topics].map((topic) => ({ channelId: id, userId, topic })),
      ),
      sockets: sockets.summaries(),
      faults: faults.state(),
      settings: { ...settings, backends },
      integration: provisioning.embedded(agentId),
    }
  }

  function config(): AppConfig {
    return appConfig(origin, settings)
  }

  return {
    api,
    journey,
    network,
    faults,
    control,
    oauth,
    channels,
    sockets,
    feed,
    calls,
    provisioning,
    prompts,
    state,
    appConfig: config,
    appUrl: () => appUrl,
    setAppUrl(url: string) {
      appUrl = url
      provisioning.setAppUrl(url)
      changed()
    },
  }
}

function requirePerson(id: string): Person {
  const person = findPerson(id)
  if (!person) throw new Error(`The organisation has no user ${id}.`)
  return person
}
