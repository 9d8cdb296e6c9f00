// How audio reaches a call without a Media API, and what all carriers share: the ears, the recording, the desktop.
import { createAnnouncementLegs } from './announcement-legs'
import { type AnnouncementNumber, announcementNumbers } from './announcement-numbers'
import type { Calls, LiveCall } from './calls'
import type { FaultList } from './fault-list'
import type { Clock } from './clock'
import type { DesktopFeed } from './feed'
import { takeFailure } from './play-troubles'
import type { PublishedFlow } from './provisioning'
import type { Random } from './random'
import { createRecordings, type Recording } from './recordings'
import { legRoutes } from './routes/leg-routes'
import { secureRoutes } from './routes/secure-routes'
import type { Route } from './routing'
import { createSecureSessions } from './secure-sessions'
import type { Settings } from './settings'
import { createSounds, type Sounds } from './sounds'
import type { Telephone } from './telephone'

export interface CarriersState {
  recordings: Recording[]
  flows: PublishedFlow[]
  announcementNumbers: readonly AnnouncementNumber[]
}

export interface Carriers {
  sounds: Sounds
  routes: Route[]
  callChanged(call: LiveCall): void
  state(): CarriersState
  reset(): void
}

interface CarriersParts {
  clock: Clock
  random: Random
  origin: string
  calls: Calls
  telephone: Telephone
  feed: DesktopFeed
  settings(): Settings
  faults: FaultList
  publish(topic: string, eventBody: unknown): void
  flows(): PublishedFlow[]
}

export function createCarriers(parts: CarriersParts): Carriers {
  const { calls, clock, faults, settings } = parts
  const failure = (interactionId: string) => takeFailure(faults, interactionId)
  const recordings = createRecordings({ clock, findCall: calls.find })
  const sounds = createSounds({ ...parts, recordings })
  const secure = createSecureSessions({
    ...parts,
    sounds,
    flowAttributes: () => settings().flowAttributes,
    secureLook: () => settings().secureLook,
    failure,
    findFlow: (id) => parts.flows().find((flow) => flow.id === id),
  })
  const legs = createAnnouncementLegs({ ...parts, sounds, legAnswer: () => settings().legAnswer, failure })
  return {
    sounds,
    routes: [...secureRoutes(calls, secure), ...legRoutes(calls, legs)],
    callChanged(call) {
      recordings.callChanged(call)
      secure.callChanged(call)
      legs.callChanged(call)
    },
    state: () => ({
      recordings: calls.all().map(recordings.of),
      flows: parts.flows(),
      announcementNumbers,
    }),
    reset() {
      secure.reset()
      legs.reset()
    },
  }
}
