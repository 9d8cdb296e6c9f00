// Which prompts must be played in which calls, as the catalogue says: good entries work, each bad one is listed.
import * as v from 'valibot'
import { promptKey, text, toGap, type CatalogueGap } from './catalogue'

/** A prompt that has to be played in each call of these queues and this direction, within so many seconds. */
const requiredSchema = v.object({
  prompt: promptKey,
  /** Ids of queues; empty: of any queue, and of none. */
  queues: v.optional(v.pipe(v.array(text(64), 'must be a list'), v.maxLength(200)), []),
  direction: v.optional(
    v.picklist(['any', 'inbound', 'outbound'], 'must be any, inbound or outbound'),
    'any',
  ),
  /** Counted from the moment at which the agent is in the call. */
  withinS: v.pipe(
    v.number('must be seconds'),
    v.minValue(1, 'must be at least 1'),
    v.maxValue(86_400, 'must be at most 86400'),
  ),
})
export type RequiredRule = v.InferOutput<typeof requiredSchema>

/** A call, as far as a rule asks: null where it is not known, or where there is no queue. */
export interface RequiredCall {
  readonly queueId: string | null
  readonly direction: 'inbound' | 'outbound' | null
}

/** What holds in such a call. The first rule for a prompt counts; the strictest would surprise whoever reads the file. */
export function rulesFor(
  rules: readonly RequiredRule[],
  { queueId, direction }: RequiredCall,
): readonly RequiredRule[] {
  const known = new Set<string>()
  return rules.filter(({ prompt, queues, direction: wanted }) => {
    const fits =
      (queues.length === 0 || (queueId !== null && queues.includes(queueId))) &&
      (wanted === 'any' || wanted === direction)
    return fits && !known.has(prompt) && known.add(prompt)
  })
}

/** `prompts`: keys of all prompts on offer, of whatever source. Nothing at all is no fault: then nothing is required. */
export function readRequired(
  entries: unknown,
  prompts: ReadonlySet<string>,
): { readonly rules: readonly RequiredRule[]; readonly gaps: readonly CatalogueGap[] } {
  if (entries === undefined) return { rules: [], gaps: [] }
  if (!Array.isArray(entries)) return { rules: [], gaps: [{ place: 'required', reason: 'must be a list' }] }
  const gaps: CatalogueGap[] = []
  const rules = entries.flatMap((entry: unknown, index) => {
    const result = v.safeParse(requiredSchema, entry)
    const place = `required.${index}`
    if (!result.success) gaps.push(...result.issues.map((issue) => toGap(place, issue)))
    else if (prompts.has(result.output.prompt)) return [result.output]
    else
      gaps.push({
        place: `${place}.prompt`,
        reason: `"${result.output.prompt}" is no prompt of the catalogue`,
      })
    return []
  })
  return { rules, gaps }
}
