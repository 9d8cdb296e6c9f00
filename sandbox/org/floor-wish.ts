// Reads what the control door wants of a busy floor, and refuses by name what makes no sense.
import { objectWithOnly } from './call-wish'
import type { FloorWish } from './floor'
import { badRequest } from './refusal'

const mostAgents = 1_000
const eventsPerCall = 4

/** `{ agents, callsPerMinute | eventsPerSecond, seed }`: twenty agents with ten calls a minute where nothing is said. */
export function readFloorWish(body: unknown): FloorWish {
  const wanted = objectWithOnly(body ?? {}, ['agents', 'callsPerMinute', 'eventsPerSecond', 'seed'])
  if (wanted.callsPerMinute !== undefined && wanted.eventsPerSecond !== undefined)
    throw badRequest('Say either "callsPerMinute" or "eventsPerSecond".')
  const callsPerMinute = read('callsPerMinute', wanted.callsPerMinute ?? 10, 0.1, 10_000)
  const paced = (callsPerMinute * eventsPerCall) / 60
  return {
    agents: whole('agents', wanted.agents ?? 20, 1, mostAgents),
    eventsPerSecond: read('eventsPerSecond', wanted.eventsPerSecond ?? paced, 0.001, 1_000),
    seed: whole('seed', wanted.seed ?? 1, 0, 2 ** 32 - 1),
  }
}

function read(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw badRequest(`"${name}" must be a number from ${least} to ${most}.`)
}

function whole(name: string, value: unknown, least: number, most: number): number {
  const number = read(name, value, least, most)
  if (Number.isInteger(number)) return number
  throw badRequest(`"${name}" must be a whole number.`)
}
