// What an organisation has, and which of it is ours: by marker and name, never by one of them alone.
import { manifestThings, type Fact, type Facts, type Kind, type Wanted } from './desired'
import type { Answer } from './errors'
import { birthName, markedKey } from './install-marker'

/** A thing as the organisation has it. */
export interface Found {
  readonly id: string
  readonly name: string
  /** The text of the field in which a marker would stand; for an integration that was never configured, its name. */
  readonly note: string
  readonly facts: Facts
}

export type Actual = Readonly<Record<Kind, Answer<readonly Found[]>>>

/** What could be read; nothing where it could not. */
export function foundOf(actual: Actual, kind: Kind): readonly Found[] {
  const read = actual[kind]
  return read.ok ? read.value : []
}

export const isNewborn = ({ name }: Found): boolean => markedKey(name) !== null

/** Bears the marker of this key and its name, or the name under which it was just created. */
export function oursOf(actual: Actual, kind: Kind, key: string): readonly Found[] {
  const thing = manifestThings.find((known) => known.key === key && known.kind === kind)
  if (!thing) return []
  const names = [thing.name, birthName(thing.name, key)]
  return markedAs(actual, kind, key).filter((one) => names.includes(one.name))
}

/** Bears the marker, but another name: a copy that somebody made, or ours renamed. Nobody can tell, so it is left alone. */
export function straysOf(actual: Actual, kind: Kind, key: string): readonly Found[] {
  const ours = oursOf(actual, kind, key)
  return markedAs(actual, kind, key).filter((one) => !ours.includes(one))
}

const markedAs = (actual: Actual, kind: Kind, key: string): readonly Found[] =>
  foundOf(actual, kind).filter(({ note }) => markedKey(note) === key)

/** Grants and members bear no marker: they are ours where what they join is ours. */
export function oursFor(want: Wanted, actual: Actual, ids: ReadonlyMap<string, string>): readonly Found[] {
  if (want.kind === 'members') return foundOf(actual, 'members')
  if (want.kind !== 'grant') return oursOf(actual, want.kind, want.key)
  return foundOf(actual, 'grant').filter(({ facts }) =>
    Object.entries(want.facts).every(([fact, { value }]) => facts[fact] === resolveFact(value, ids)),
  )
}

/** The ids of our things, by key, of which there is exactly one each. */
export function idsOf(actual: Actual): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  for (const { key, kind } of manifestThings) {
    const ours = oursOf(actual, kind, key)
    if (ours.length === 1 && ours[0]) ids.set(key, ours[0].id)
  }
  return ids
}

/** `@role` -> the id of our role; unchanged where there is none yet. */
export function resolveFact(value: Fact, ids: ReadonlyMap<string, string>): Fact {
  const resolve = (text: string): string => (text.startsWith('@') ? (ids.get(text.slice(1)) ?? text) : text)
  if (typeof value === 'string') return resolve(value)
  return Array.isArray(value) ? (value as readonly string[]).map(resolve) : value
}
