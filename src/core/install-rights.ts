// What an admin may do, and what is missing for a step: permissions of roles, scopes of the sign-in, and who has them.
import { needsOf, type Deed, type Kind } from './desired'

/** What the admin may do. null: the platform did not say. */
export interface Rights {
  readonly permissions: readonly string[] | null
  readonly scopes: readonly string[] | null
  /** Roles of the organisation by the permissions they carry, where roles could be read. */
  readonly carriers: readonly { readonly role: string; readonly policies: readonly string[] }[]
  /** Integration types that exist here; null: could not be read. */
  readonly types: readonly string[] | null
}

/** At least one of the lists is not empty. */
export interface MissingRights {
  readonly kind: 'missing'
  readonly permissions: readonly string[]
  readonly scopes: readonly string[]
  /** Roles of this organisation that carry all of the permissions. */
  readonly roles: readonly string[]
}

/** The same permission, or one with a star in its place. */
function permits(granted: string, needed: string): boolean {
  const parts = needed.split(':')
  return granted.split(':').every((part, place) => part === '*' || part === parts[place])
}

/** null: nothing is known to be missing for this. */
export function missingRights(rights: Rights, kind: Kind, deed: Deed): MissingRights | null {
  const { permissions: needed, scope } = needsOf(kind, deed)
  const { permissions: has, scopes: covered } = rights
  const permissions = needed.filter((need) => has !== null && !has.some((one) => permits(one, need)))
  const isCovered =
    covered === null || covered.includes(scope) || covered.includes(scope.replace(/:readonly$/, ''))
  if (permissions.length === 0 && isCovered) return null
  const roles = permissions.length === 0 ? [] : carriersOf(permissions, rights.carriers)
  return { kind: 'missing', permissions, scopes: isCovered ? [] : [scope], roles }
}

const carriersOf = (permissions: readonly string[], carriers: Rights['carriers']): readonly string[] =>
  carriers
    .filter(({ policies }) => permissions.every((need) => policies.some((one) => permits(one, need))))
    .map(({ role }) => role)
