// Which way of playing can work in this organisation, as far as anybody can know before it was tried.
import { backendNames, type BackendName } from './backend-names'
import type { Found } from './install-found'
import { missingRights, type Rights } from './install-rights'

export interface BackendOutlook {
  readonly backend: BackendName
  /** `later`: something must be there first, and the admin who is signed in cannot make it. */
  readonly can: 'yes' | 'later' | 'unknown'
  readonly because: 'gateway' | 'flow-exists' | 'flow-can-be-made' | 'flow-forbidden' | 'number'
}

/** `flows` null: they could not be read. */
export function backendOutlooks(rights: Rights, flows: readonly Found[] | null): readonly BackendOutlook[] {
  return backendNames.map((backend) => ({ backend, ...outlook(backend, rights, flows) }))
}

function outlook(
  backend: BackendName,
  rights: Rights,
  flows: readonly Found[] | null,
): Pick<BackendOutlook, 'can' | 'because'> {
  if (backend === 'media-api') return { can: 'unknown', because: 'gateway' }
  if (backend === 'announcement-leg') return { can: 'unknown', because: 'number' }
  if (flows?.some(({ note }) => note.includes('[cueline-setup flow')))
    return { can: 'yes', because: 'flow-exists' }
  return missingRights(rights, 'flow', 'create') === null
    ? { can: 'yes', because: 'flow-can-be-made' }
    : { can: 'later', because: 'flow-forbidden' }
}
