// Which scopes the team view needs beyond the panel's: asked for only where it is opened.
import { missingScopes, type ScopeNeed } from './scopes'

const teamNeeds: readonly ScopeNeed[] = [
  { scope: 'users:readonly', without: 'names, pictures and presence of colleagues cannot be read' },
  { scope: 'routing:readonly', without: 'the members of your queues cannot be read' },
  { scope: 'groups:readonly', without: 'the members of your team and groups cannot be read' },
]

export function missingTeamScopes(granted: readonly string[] | null): readonly ScopeNeed[] {
  return missingScopes(teamNeeds, granted)
}
