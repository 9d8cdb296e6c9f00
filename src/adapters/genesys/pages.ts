// Lists of the platform come in pages: all of them, in order, or the first refusal.
import * as v from 'valibot'
import { answered, refused, type Answer } from '../../core/errors'
import type { Platform, RequestSpec } from '../../core/ports'

const page = v.object({
  entities: v.optional(v.array(v.unknown()), []),
  pageCount: v.optional(v.number(), 1),
})

const pageSize = 100

/** `unreadable` is the sentence for an answer that is no list. */
export async function fetchAllPages(
  platform: Platform,
  spec: RequestSpec,
  unreadable: string,
): Promise<Answer<readonly unknown[]>> {
  const entities: unknown[] = []
  for (let pageNumber = 1, pageCount = 1; pageNumber <= pageCount; pageNumber += 1) {
    const answer = await platform.request({ ...spec, query: { ...spec.query, pageNumber, pageSize } })
    if (!answer.ok) return answer
    const parsed = v.safeParse(page, answer.value.body)
    if (!parsed.success) return refused({ kind: 'malformed', message: unreadable })
    entities.push(...parsed.output.entities)
    pageCount = parsed.output.pageCount
  }
  return answered(entities)
}
