// Which scopes the team view needs beyond the panel's: asked for only where it is opened.
import { missingScopes, type ScopeNeed } from './scopes'
import type { Gap } from './team'
import { m } from './text'

const teamNeeds: readonly ScopeNeed[] = [
  { scope: 'users:readonly', without: m('names, pictures and presence of colleagues cannot be read') },
  { scope: 'routing:readonly', without: m('the members of your queues cannot be read') },
  { scope: 'groups:readonly', without: m('the members of your team and groups cannot be read') },
]

/** `granted` null: the platform did not say, so nothing is known to be missing. */
export function scopeGaps(granted: readonly string[] | null): readonly Gap[] {
  return missingScopes(teamNeeds, granted).map(({ scope, without }) => ({
    kind: 'scope',
    agents: null,
    permissions: [scope],
    reason: without,
  }))
}
