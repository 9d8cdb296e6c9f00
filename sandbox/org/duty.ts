// What each person is doing just now: presence and routing status, and the topics that tell of it.
import type { Models } from 'purecloud-platform-client-v2'
import { objectWithOnly } from './call-wish'
import type { Clock } from './clock'
import { createDutyEvents, presences } from './duty-events'
import type { Directory } from './directory'
import type { Person } from './people'
import { picturePath } from './pictures'
import { badRequest, notFound } from './refusal'

const statuses = ['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING']

export type UserModel = Models.User & { id: string; name: string }

interface State {
  presence: string
  /** Without a call; with one it is INTERACTING. */
  routingStatus: string
}

export interface Duty {
  user(person: Person): UserModel
  /** Tells what the person's calls changed about them. */
  callsChanged(person: Person): void
  /** What the control door wants of a person. */
  change(userId: string, wanted: unknown): UserModel
  reset(): void
}

interface DutyParts {
  clock: Clock
  /** Where the sandbox is reached: pictures are fetched from there. */
  origin: string
  directory: Directory
  isInCall(person: Person): boolean
  publish(topic: string, eventBody: unknown): void
}

export function createDuty({ clock, origin, directory, isInCall, publish }: DutyParts): Duty {
  const states = new Map<string, State>()
  const events = createDutyEvents({ clock, publish })

  const takesCalls = (person: Person): boolean => !person.permissions.includes('routing:queue:join')
  const stateOf = (person: Person): State =>
    states.get(person.id) ?? {
      presence: takesCalls(person) ? 'On Queue' : 'Available',
      routingStatus: takesCalls(person) ? 'IDLE' : 'OFF_QUEUE',
    }
  const user = (person: Person): UserModel => {
    const { presence, routingStatus } = stateOf(person)
    const status = isInCall(person) ? 'INTERACTING' : routingStatus
    const picture = picturePath(person.id)
    const images = picture === null ? [] : [{ resolution: 'x48', imageUri: `${origin}${picture}` }]
    return { ...userModel(person, presence, status), images }
  }
  const tell = (person: Person): void => {
    const { presence, routingStatus } = user(person)
    events(person.id, presence?.presenceDefinition?.systemPresence ?? '', routingStatus?.status ?? '')
  }

  return {
    user,
    callsChanged: tell,
    change(userId, wanted) {
      const person = directory.find(userId)
      if (!person) throw notFound('user', userId)
      const state = stateOf(person)
      const { presence, routingStatus } = objectWithOnly(wanted, ['presence', 'routingStatus'])
      states.set(userId, {
        presence: oneOf('presence', presence ?? state.presence, presences),
        routingStatus: oneOf('routingStatus', routingStatus ?? state.routingStatus, statuses),
      })
      tell(person)
      return user(person)
    },
    reset() {
      states.clear()
      directory.people().forEach(tell)
    },
  }
}

function oneOf(name: string, value: unknown, known: readonly string[]): string {
  if (typeof value === 'string' && known.includes(value)) return value
  throw badRequest(`"${name}" must be one of: ${known.join(', ')}.`)
}

function userModel(of: Person, systemPresence: string, status: string): UserModel {
  return {
    id: of.id,
    name: of.name,
    title: of.title,
    department: of.department,
    email: `${emailName(of.name)}@northwind.example`,
    username: `${emailName(of.name)}@northwind.example`,
    state: 'active',
    version: 1,
    presence: { presenceDefinition: { systemPresence } },
    routingStatus: { userId: of.id, status },
    selfUri: `/api/v2/users/${of.id}`,
  }
}

const emailName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')
