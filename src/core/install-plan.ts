// Desired + actual -> steps: what will be created, kept, changed, removed, and what cannot be done and why. Pure.
import { kinds, manifestThings, type Fact, type Kind, type Rule, type Wanted } from './desired'
import type { Refusal } from './errors'
import {
  foundOf,
  idsOf,
  isNewborn,
  oursFor,
  oursOf,
  resolveFact,
  straysOf,
  type Actual,
  type Found,
} from './install-found'
import { missingRights, type MissingRights, type Rights } from './install-rights'

export interface Change {
  readonly fact: string
  readonly rule: Rule
  /** null: there is none yet. */
  readonly from: Fact | null
  /** With `includes`, only what is missing. */
  readonly to: Fact
}

export type Reason =
  | MissingRights
  | { readonly kind: 'unreadable'; readonly refusal: Refusal }
  /** Of the same name, and not ours. */
  | { readonly kind: 'foreign'; readonly id: string }
  /** Ours by marker, under another name. */
  | { readonly kind: 'stray'; readonly id: string; readonly name: string }
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  | { readonly kind: 'no-type'; readonly typeId: string }
  | { readonly kind: 'fixed'; readonly fact: string; readonly from: Fact; readonly to: Fact }
  | { readonly kind: 'waits'; readonly for: string }
  | { readonly kind: 'leftover' }

export interface Step {
  readonly key: string
  readonly kind: Kind
  readonly action: 'create' | 'keep' | 'update' | 'remove' | 'blocked'
  readonly name: string
  /** Of what exists; null before it does. */
  readonly id: string | null
  readonly changes: readonly Change[]
  /** Why it is blocked; why something is kept that nobody wants any more. */
  readonly reason: Reason | null
  readonly needs: readonly string[]
}

export interface Plan {
  readonly steps: readonly Step[]
}

/** Nothing is left that could be done: all is kept, or says why not. */
export const isSettled = ({ steps }: Plan): boolean =>
  steps.every(({ action }) => action === 'keep' || action === 'blocked')

export const blockedSteps = ({ steps }: Plan): readonly Step[] =>
  steps.filter(({ action }) => action === 'blocked')

/** The steps towards `wanted`, in an order in which they can be done; then what of ours is no longer wanted. */
export function planInstall(
  wanted: readonly Wanted[],
  actual: Actual,
  rights: Rights,
  leftovers: 'keep' | 'remove',
): Plan {
  const ids = idsOf(actual)
  const steps: Step[] = []
  for (const want of wanted) {
    const blocker = steps.find(({ key, action }) => want.needs.includes(key) && action === 'blocked')
    steps.push(stepTowards(want, { actual, rights, ids, blockedBy: blocker?.key ?? null }))
  }
  const keys = new Set(wanted.map(({ key }) => key))
  return { steps: [...steps, ...removals(keys, actual, rights, leftovers)] }
}

/** The same engine with nothing wanted. */
export const planRemoval = (actual: Actual, rights: Rights): Plan => planInstall([], actual, rights, 'remove')

interface Around {
  readonly actual: Actual
  readonly rights: Rights
  readonly ids: ReadonlyMap<string, string>
  /** The key of what it needs and what is itself blocked. */
  readonly blockedBy: string | null
}

function stepTowards(want: Wanted, around: Around): Step {
  const { key, kind, name, needs } = want
  const { actual, rights, ids, blockedBy } = around
  const base = { key, kind, name, needs, changes: [], reason: null }
  const ours = oursFor(want, actual, ids)
  const [one] = ours
  const id = one?.id ?? null
  const blocked = (reason: Reason): Step => ({ ...base, id, action: 'blocked', reason })

  const unread = readBlock(actual, rights, kind)
  if (unread) return blocked(unread)
  if (ours.length > 1) return blocked({ kind: 'several', ids: ours.map((each) => each.id) })
  if (one === undefined) {
    const reason = whyNotNew(want, around)
    if (reason) return blocked(reason)
    return { ...base, id, action: 'create', changes: firstFacts(want, ids) }
  }
  const type = want.facts.typeId
  if (type && one.facts.typeId !== type.value)
    return blocked({ kind: 'fixed', fact: 'typeId', from: one.facts.typeId ?? '', to: type.value })
  const changes = differences(want, one, ids)
  if (changes.length === 0) return { ...base, id, action: 'keep' }
  const missing = missingRights(rights, kind, 'update')
  if (missing) return blocked(missing)
  if (blockedBy !== null) return blocked({ kind: 'waits', for: blockedBy })
  return { ...base, id, action: 'update', changes }
}

function whyNotNew({ key, kind, name, facts }: Wanted, { actual, rights, blockedBy }: Around): Reason | null {
  const [stray] = straysOf(actual, kind, key)
  if (stray) return { kind: 'stray', id: stray.id, name: stray.name }
  const foreign = foundOf(actual, kind).find((other) => sameName(other.name, name))
  if (foreign) return { kind: 'foreign', id: foreign.id }
  const typeId = facts.typeId?.value
  if (rights.types && typeof typeId === 'string' && !rights.types.includes(typeId))
    return { kind: 'no-type', typeId }
  return (
    missingRights(rights, kind, 'create') ?? (blockedBy === null ? null : { kind: 'waits', for: blockedBy })
  )
}

/** What of the wanted facts does not hold. What was only just born still needs its name. */
export function differences(want: Wanted, one: Found, ids: ReadonlyMap<string, string>): readonly Change[] {
  const changes: Change[] = isNewborn(one)
    ? [{ fact: 'name', rule: 'first', from: one.name, to: want.name }]
    : []
  for (const [fact, { value, rule }] of Object.entries(want.facts)) {
    const to = resolveFact(value, ids)
    const from = fact === 'note' ? one.note : (one.facts[fact] ?? null)
    if (rule === 'equal' && from !== to) changes.push({ fact, rule, from, to })
    if (rule !== 'includes') continue
    const missing = listOf(to).filter((item) => !listOf(from).includes(item))
    if (missing.length > 0) changes.push({ fact, rule, from, to: missing })
  }
  return changes
}

const listOf = (fact: Fact | null): readonly string[] =>
  Array.isArray(fact) ? (fact as readonly string[]) : []

const firstFacts = (want: Wanted, ids: ReadonlyMap<string, string>): readonly Change[] =>
  Object.entries(want.facts).map(([fact, { value, rule }]) => ({
    fact,
    rule,
    from: null,
    to: resolveFact(value, ids),
  }))

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

function readBlock(actual: Actual, rights: Rights, kind: Kind): Reason | null {
  const missing = missingRights(rights, kind, 'read')
  if (missing) return missing
  const read = actual[kind]
  if (read.ok) return null
  const { refusal } = read
  if (refusal.kind !== 'forbidden' || refusal.missing.length === 0) return { kind: 'unreadable', refusal }
  // A permission has three parts, a scope one or two.
  const permissions = refusal.missing.filter((name) => name.split(':').length === 3)
  const scopes = refusal.missing.filter((name) => !permissions.includes(name))
  return { kind: 'missing', permissions, scopes, roles: [] }
}

/** Every thing of ours that is not in `wanted`, each after what stands on it. */
function removals(
  wanted: ReadonlySet<string>,
  actual: Actual,
  rights: Rights,
  leftovers: 'keep' | 'remove',
): readonly Step[] {
  return [...kinds].reverse().flatMap((kind): readonly Step[] => {
    const base = { key: kind, kind, name: kind, id: null, needs: [], changes: [] }
    const unread = readBlock(actual, rights, kind)
    if (unread) {
      // Where something is wanted, its step says so. A grant and its group's members go with the group in any case.
      const isTold = wanted.size > 0 || kind === 'grant' || kind === 'members'
      return isTold ? [] : [{ ...base, action: 'blocked', reason: unread }]
    }
    const missing = leftovers === 'remove' ? missingRights(rights, kind, 'remove') : null
    const stepFor = (key: string, one: Found, reason: Reason | null): Step => {
      const step = { ...base, key, name: one.name, id: one.id }
      if (reason) return { ...step, action: reason.kind === 'several' ? 'blocked' : 'keep', reason }
      if (leftovers === 'keep') return { ...step, action: 'keep', reason: { kind: 'leftover' } }
      return missing
        ? { ...step, action: 'blocked', reason: missing }
        : { ...step, action: 'remove', reason: null }
    }
    return unwanted(kind, wanted, actual).map(({ key, one, reason }) => stepFor(key, one, reason))
  })
}

interface Unwanted {
  readonly key: string
  readonly one: Found
  readonly reason: Reason | null
}

function unwanted(kind: Kind, wanted: ReadonlySet<string>, actual: Actual): readonly Unwanted[] {
  if (kind === 'grant') {
    const ids = idsOf(actual)
    const isOurs = ({ facts }: Found) => facts.role === ids.get('role') && facts.subject === ids.get('group')
    return wanted.has('grant')
      ? []
      : foundOf(actual, 'grant').flatMap((one) => (isOurs(one) ? { key: 'grant', one, reason: null } : []))
  }
  return manifestThings.flatMap(({ key, kind: its }): Unwanted[] => {
    if (wanted.has(key) || its !== kind) return []
    const ours = oursOf(actual, kind, key)
    const several: Reason | null = ours.length > 1 ? { kind: 'several', ids: ours.map(({ id }) => id) } : null
    return [
      ...ours.map((one) => ({ key, one, reason: several })),
      ...straysOf(actual, kind, key).map((one) => ({
        key,
        one,
        reason: { kind: 'stray' as const, id: one.id, name: one.name },
      })),
    ]
  })
}
