// What is missing in the team view, in words: what cannot be seen, of how many, and what would give it.
import { describeMissingScope } from './scope-words'
import type { Circle, Gap } from './team'

const what: Readonly<Record<Exclude<Gap['kind'], 'scope'>, (agents: string) => string>> = {
  circles: () => 'Your teams, queues or groups cannot be read',
  members: () => 'The members cannot be read',
  people: () => 'Names and pictures cannot be read',
  calls: (agents) => `The calls of ${agents} cannot be followed: what they play is not seen`,
  queue: () => "The queue's calls cannot be followed instead",
  presence: (agents) => `Presence and routing status of ${agents} cannot be followed either`,
  limit: (agents) => `${agents} are beyond what one view can follow`,
}

/** One sentence or two: what cannot be seen, and which permission to ask an admin for. */
export function describeGap({ kind, agents, permissions, reason }: Gap): string {
  if (kind === 'scope') return describeMissingScope({ scope: permissions[0] ?? '', without: reason ?? '' })
  const said = what[kind](agents === 1 ? '1 agent' : `${agents ?? 0} agents`)
  if (permissions.length > 0)
    return `${said}. Ask your admin for ${permissions.length > 1 ? 'the permissions' : 'the permission'} ${permissions.join(', ')}.`
  return kind === 'limit'
    ? `${said}. Choose a smaller team, queue or group.`
    : `${said}: ${reason ?? 'the platform gave no reason'}.`
}

const kinds = { team: 'Team', queue: 'Queue', group: 'Group' } as const

export function describeCircle({ kind, name }: Circle): string {
  return `${kinds[kind]} ${name}`
}
