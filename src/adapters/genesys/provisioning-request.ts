// What all keepers share: a request whose answer is parsed, or one whose answer is not looked at.
import * as v from 'valibot'
import { answered, refused, type Answer } from '../../core/errors'
import type { Fact } from '../../core/desired'
import type { Change } from '../../core/install-plan'
import type { Platform, RequestSpec } from '../../core/ports'

export async function fetchParsed<T extends v.GenericSchema>(
  platform: Platform,
  spec: RequestSpec,
  schema: T,
  what: string,
): Promise<Answer<v.InferOutput<T>>> {
  const answer = await platform.request(spec)
  if (!answer.ok) return answer
  const parsed = v.safeParse(schema, answer.value.body)
  if (parsed.success) return answered(parsed.output)
  return refused({ kind: 'malformed', message: `the platform sent no readable ${what}` })
}

export async function send(platform: Platform, spec: RequestSpec): Promise<Answer<void>> {
  const answer = await platform.request(spec)
  return answer.ok ? answered(undefined) : answer
}

/** What can be read of a list; what cannot is left out: it is not ours, since ours was written by us. */
export function readable<T extends v.GenericSchema>(schema: T, list: readonly unknown[]): v.InferOutput<T>[] {
  return list.flatMap((entry) => {
    const parsed = v.safeParse(schema, entry)
    return parsed.success ? [parsed.output] : []
  })
}

/** A listing may come without the part that is asked for: then those that may be ours are read one by one. */
export async function completed<T>(
  list: readonly T[],
  isWhole: (one: T) => boolean,
  read: (one: T) => Promise<Answer<T>>,
): Promise<Answer<readonly T[]>> {
  const whole: T[] = []
  for (const one of list) {
    const answer = isWhole(one) ? answered(one) : await read(one)
    if (!answer.ok) return answer
    whole.push(answer.value)
  }
  return answered(whole)
}

export const words = v.nullish(v.string(), '')
export const names = v.nullish(v.array(v.string()), [])

export function listOf(fact: Fact | undefined): readonly string[] {
  return Array.isArray(fact) ? (fact as readonly string[]) : []
}

/** The change of one fact, or null where it holds already. */
export const changeOf = (changes: readonly Change[], fact: string): Change | null =>
  changes.find((change) => change.fact === fact) ?? null

/** What is there, and what a change of the rule `includes` adds to it. */
export function withAdded(present: readonly string[], changes: readonly Change[], fact: string): string[] {
  return [...new Set([...present, ...listOf(changeOf(changes, fact)?.to)])]
}
