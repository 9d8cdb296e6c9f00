// All that an admin lacks for what they want, at once: nobody should be sent to ask for rights one after the other.
import permissions from '../../manifest/permissions.json'
import { desiredState, kinds, type InstallChoices, type Kind } from './desired'
import type { Plan } from './install-plan'
import type { Admin } from './install-ports'
import { missingRights } from './install-rights'

export interface Lack {
  readonly kind: Kind
  /** What the right is for. */
  readonly why: string
  readonly permissions: readonly string[]
  readonly scopes: readonly string[]
}

/** One for each kind of thing; none: nothing is known to be missing. What exists already need not be created. */
export function lacksFor(choices: InstallChoices, admin: Admin, plan: Plan | null): readonly Lack[] {
  const rights = { ...admin, carriers: [], types: null }
  const wanted = desiredState(choices)
  return kinds.flatMap((kind): Lack[] => {
    const keys = wanted.filter((want) => want.kind === kind).map(({ key }) => key)
    if (keys.length === 0) return []
    const steps = (plan?.steps ?? []).filter(({ key }) => keys.includes(key))
    // What could not be read is taken for absent: then it has to be created.
    const isThere = steps.length > 0 && steps.every(({ id }) => id !== null)
    const changes = steps.some(
      ({ action, id }) => action === 'update' || (action === 'blocked' && id !== null),
    )
    const deeds = (['read', 'create', 'update'] as const).filter(
      (deed) => deed === 'read' || (deed === 'create' ? !isThere : changes),
    )
    const missing = deeds.flatMap((deed) => missingRights(rights, kind, deed) ?? [])
    if (missing.length === 0) return []
    const once = (names: readonly string[]): readonly string[] => [...new Set(names)]
    const scopes = once(missing.flatMap((one) => one.scopes))
    return [
      {
        kind,
        why: permissions.admin[kind].why,
        permissions: once(missing.flatMap((one) => one.permissions)),
        // Whoever has the wider scope has the narrower one with it.
        scopes: scopes.filter((scope) => !scopes.some((wider) => `${wider}:readonly` === scope)),
      },
    ]
  })
}
