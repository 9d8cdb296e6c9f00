// Which scopes the OAuth client must carry, and which of them a token lacks.
import type { Config } from './config'
import { m, t } from './text'

export interface ScopeNeed {
  readonly scope: string
  /** What does not work without it, as the end of a sentence: "without it, …". */
  readonly without: string
}

/** The words are said by `t`. */
const everywhere: readonly ScopeNeed[] = [
  { scope: 'user-basic-info', without: m('the panel does not know who you are') },
  { scope: 'conversations:readonly', without: m('your calls cannot be read') },
  { scope: 'notifications', without: m('the panel does not see what becomes of a call or of a prompt') },
  // Each way of playing is a request to the conversation, and so is each record.
  {
    scope: 'conversations',
    without: m('prompts cannot be played, and records cannot be written to the call'),
  },
]

export function scopesFor(
  config: Pick<Config, 'dataTableId'> & { readonly architect: Pick<Config['architect'], 'read'> },
): readonly ScopeNeed[] {
  const hasTable = config.dataTableId !== null
  if (!config.architect.read && !hasTable) return everywhere
  const without = !hasTable
    ? m("Architect's prompts cannot be read")
    : config.architect.read
      ? m("Architect's prompts and the data table cannot be read")
      : m('the data table cannot be read')
  return [...everywhere, { scope: 'architect:readonly', without }]
}

/** `conversations` covers `conversations:readonly`, never the other way round. */
function covers(granted: string, needed: string): boolean {
  return granted === needed || `${granted}:readonly` === needed
}

/** `granted` null: the platform did not say, so nothing is known to be missing. One entry per scope that has to be added. */
export function missingScopes(
  needs: readonly ScopeNeed[],
  granted: readonly string[] | null,
): readonly ScopeNeed[] {
  if (granted === null) return []
  const missing = needs.filter(({ scope }) => !granted.some((has) => covers(has, scope)))
  // Whoever adds the wider scope has the narrower one with it: one thing to ask for, all its reasons.
  const widest = missing.filter(
    ({ scope }) => !missing.some((other) => other.scope !== scope && covers(other.scope, scope)),
  )
  return widest.map(({ scope }) => ({
    scope,
    without: missing
      .filter((need) => covers(scope, need.scope))
      .map((need) => t(need.without))
      .join('; '),
  }))
}
