// What the topics of a person tell: presence, routing status, and both as activity, each with the time of its change.
import type { Models } from 'purecloud-platform-client-v2'
import type { Clock } from './clock'
import { queues } from './people'

export const presences = [
  'Available',
  'On Queue',
  'Busy',
  'Away',
  'Break',
  'Meal',
  'Meeting',
  'Training',
  'Offline',
]

interface Told {
  presence: string
  status: string
  presenceAt: string
  statusAt: string
}

interface DutyEventsParts {
  clock: Clock
  publish(topic: string, eventBody: unknown): void
}

/** Tells what is new, and nothing twice. */
export function createDutyEvents({ clock, publish }: DutyEventsParts) {
  const told = new Map<string, Told>()

  return function tell(userId: string, presence: string, status: string): void {
    const before = told.get(userId)
    const isPresenceNew = before?.presence !== presence
    const isStatusNew = before?.status !== status
    const at = new Date(clock.now()).toISOString()
    const now: Told = {
      presence,
      status,
      presenceAt: before && !isPresenceNew ? before.presenceAt : at,
      statusAt: before && !isStatusNew ? before.statusAt : at,
    }
    told.set(userId, now)
    if (isPresenceNew) publish(`v2.users.${userId}.presence`, presenceEvent(now))
    if (isStatusNew) publish(`v2.users.${userId}.routingStatus`, statusEvent(userId, now))
    if (isPresenceNew || isStatusNew) publish(`v2.users.${userId}.activity`, activityEvent(userId, now))
  }
}

const definition = (presence: string) => ({ id: definitionId(presence), systemPresence: presence })

const definitionId = (presence: string): string =>
  `9e5e0ce0-0000-4000-8000-${String(presences.indexOf(presence) + 1).padStart(12, '0')}`

const presenceEvent = ({ presence, presenceAt }: Told): Models.PresenceEventUserPresence => ({
  source: 'PURECLOUD',
  presenceDefinition: definition(presence),
  primary: true,
  message: '',
  modifiedDate: presenceAt,
})

const statusEvent = (id: string, { status, statusAt }: Told): Models.UserRoutingStatusUserRoutingStatus => ({
  id,
  routingStatus: { status, startTime: statusAt },
})

const activityEvent = (
  id: string,
  { presence, presenceAt, status, statusAt }: Told,
): Models.UserActivity => ({
  id,
  routingStatus: { status, startTime: statusAt },
  presence: { presenceDefinition: definition(presence), presenceMessage: '', modifiedDate: presenceAt },
  activeQueueIds: presence === 'On Queue' ? queues.map((queue) => queue.id) : [],
})
