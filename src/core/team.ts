// The team as it is shown: its rows, the filter, and what cannot be seen. Its order is in `team-order.ts`.
import { badgeStates, type Badge, type BadgeState } from './badge'
import type { Refusal } from './errors'

/** Whose badges are shown: a team, a queue or a group of the agent who is signed in. */
export interface Circle {
  readonly kind: 'team' | 'queue' | 'group'
  readonly id: string
  readonly name: string
}

export interface Member {
  readonly userId: string
  readonly name: string
  readonly pictureUrl: string | null
}

export interface TeamRow extends Member {
  readonly badge: Badge
  /** The badge is as it was then, epoch ms: the live connection was lost since and this agent was not read again; null: live. */
  readonly staleSinceMs: number | null
  readonly pinned: boolean
}

/** What is missing, for how many, and what would give it. */
export interface Gap {
  readonly kind: 'scope' | 'circles' | 'members' | 'people' | 'calls' | 'queue' | 'presence' | 'limit'
  /** How many agents it concerns; null where that is not the question. */
  readonly agents: number | null
  /** The permissions that the platform named; empty where it named none. Of `scope`: the one that the token lacks. */
  readonly permissions: readonly string[]
  /** The platform's own words, where it named no permission. Of `scope`: what does not work without it. */
  readonly reason: string | null
}

export interface TeamFilter {
  readonly text: string
  /** Empty: all. */
  readonly states: readonly BadgeState[]
}

export const noFilter: TeamFilter = { text: '', states: [] }

export interface TeamState {
  readonly status: 'loading' | 'ready' | 'refused'
  /** What may be chosen; empty while it is read, or where nothing may be. */
  readonly circles: readonly Circle[]
  readonly chosen: Circle | null
  /** How many agents there are in all, and how many of each state. */
  readonly total: number
  readonly counts: Readonly<Record<BadgeState, number>>
  /** User ids as the filter leaves them, what needs attention first. Follows the badges up to four times a second. */
  readonly order: readonly string[]
  readonly filter: TeamFilter
  readonly gaps: readonly Gap[]
  readonly connection: 'connecting' | 'live' | 'lost'
  /** Why members could not be read, as a sentence; null where they could. */
  readonly problem: string | null
}

export const noCounts = Object.fromEntries(badgeStates.map((state) => [state, 0])) as Record<
  BadgeState,
  number
>

export function countStates(rows: Iterable<TeamRow>): Record<BadgeState, number> {
  const counts = { ...noCounts }
  for (const { badge } of rows) counts[badge.state] += 1
  return counts
}

/** Every word of the text stands in the name, and the state is one of those asked for. */
export function fitsFilter({ name, badge }: TeamRow, { text, states }: TeamFilter): boolean {
  if (states.length > 0 && !states.includes(badge.state)) return false
  if (text.trim() === '') return true
  const lower = name.toLocaleLowerCase()
  return text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word))
}

export function isSameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((userId, index) => userId === b[index])
}

/** So many agents are beyond what one view follows. */
export function limitGap(agents: number): Gap {
  return { kind: 'limit', agents, permissions: [], reason: null }
}

/** A refused reading, as a gap: with the permissions or scopes that the platform names. */
export function refusalGap(
  kind: Gap['kind'],
  { missing, message }: Pick<Refusal, 'missing' | 'message'>,
): Gap {
  return { kind, agents: null, permissions: missing, reason: message }
}
