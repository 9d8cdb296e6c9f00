// A line of the chain as it lies in the browser's storage: first as a body alone, then with its seal.
import * as v from 'valibot'
import { bodySchema, linkSchema } from './evidence-chain'

const { prev, bodySha256, hash } = linkSchema.entries
const keptSchema = v.object({
  chain: linkSchema.entries.chain,
  seq: linkSchema.entries.seq,
  body: bodySchema,
  seal: v.nullable(v.object({ prev, bodySha256, hash })),
})

export type KeptLine = v.InferOutput<typeof keptSchema>

/** Null for what is not a line of ours: storage is shared with whatever else runs on this origin. */
export function readKeptLine(text: string): KeptLine | null {
  try {
    const parsed = v.safeParse(keptSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    // Cut off or foreign: as if it were not there. Where it stood, the chain then has a gap.
    return null
  }
}
