// What is missing in the team view, in words: what cannot be seen, of how many, and what would give it.
import { describeMissingScope } from './scope-words'
import type { Circle, Gap } from './team'
import { m, t, tn } from './text'

const what: Readonly<Record<Exclude<Gap['kind'], 'scope'>, (n: number) => string>> = {
  circles: () => t('Your teams, queues or groups cannot be read'),
  members: () => t('The members cannot be read'),
  people: () => t('Names and pictures cannot be read'),
  calls: (n) =>
    tn(
      'The calls of 1 agent cannot be followed: what they play is not seen',
      'The calls of {n} agents cannot be followed: what they play is not seen',
      n,
    ),
  queue: () => t("The queue's calls cannot be followed instead"),
  presence: (n) =>
    tn(
      'Presence and routing status of 1 agent cannot be followed either',
      'Presence and routing status of {n} agents cannot be followed either',
      n,
    ),
  limit: (n) =>
    tn('1 agent is beyond what one view can follow', '{n} agents are beyond what one view can follow', n),
}

/** One sentence or two: what cannot be seen, and which permission to ask an admin for. */
export function describeGap({ kind, agents, permissions, reason }: Gap): string {
  if (kind === 'scope') return describeMissingScope({ scope: permissions[0] ?? '', without: reason ?? '' })
  const said = what[kind](agents ?? 0)
  if (permissions.length > 0) {
    const names = permissions.join(', ')
    return tn(
      '{said}. Ask your admin for the permission {names}.',
      '{said}. Ask your admin for the permissions {names}.',
      permissions.length,
      { said, names },
    )
  }
  return kind === 'limit'
    ? t('{said}. Choose a smaller team, queue or group.', { said })
    : t('{said}: {reason}.', { said, reason: reason ?? t('the platform gave no reason') })
}

const kinds = m({ team: 'Team {name}', queue: 'Queue {name}', group: 'Group {name}' })

export function describeCircle({ kind, name }: Circle): string {
  return t(kinds[kind], { name })
}
