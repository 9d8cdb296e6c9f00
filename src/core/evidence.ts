// The record of a playback: what is kept as proof. How it is made, its short form, its chain and its exports stand in evidence-*.ts.
import * as v from 'valibot'
import { failureCodes } from './errors'

const number = v.nullable(v.number())
const text = v.nullable(v.string())
const legState = v.object({
  held: v.boolean(),
  muted: v.boolean(),
  recording: v.picklist(['none', 'active', 'paused']),
})

/**
 * Times are whole epoch ms. No customer audio, no free text about the customer. Fields with a default came later: a record
 * that waited in the storage over an update of the app is still one.
 */
export const recordSchema = v.object({
  playbackId: v.string(),
  organizationId: v.optional(text, null),
  conversationId: v.string(),
  participantId: text,
  agentId: text,
  queueId: text,
  promptKey: v.string(),
  promptVersion: text,
  assetUrl: text,
  sha256: text,
  language: text,
  tier: text,
  format: text,
  choiceReason: text,
  backend: v.string(),
  /** Whose clock the times are of: each is the moment at which the panel saw it. */
  clock: v.optional(v.literal('panel'), 'panel'),
  requestedAtMs: number,
  acceptedAtMs: number,
  startedAtMs: number,
  endedAtMs: number,
  offsetFromCallStartMs: number,
  playedMs: number,
  durationMs: number,
  outcome: v.picklist(['completed', 'stopped', 'interrupted', 'failed', 'rejected', 'unknown']),
  code: v.nullable(v.picklist(failureCodes)),
  endedBy: v.nullable(v.picklist(['agent', 'hang-up', 'hold', 'transfer'])),
  readAloud: v.boolean(),
  atStart: v.nullable(legState),
  atEnd: v.nullable(legState),
  appVersion: v.string(),
})

export type EvidenceRecord = v.InferOutput<typeof recordSchema>

/** Whose records these are. */
export interface Recorder {
  readonly agentId: string
  readonly organizationId: string | null
}

/** Null for what is not a record of ours: storage is shared with whatever else runs on this origin. */
export function readRecord(text: string): EvidenceRecord | null {
  try {
    const parsed = v.safeParse(recordSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    // Cut off or foreign: as if nothing had been kept.
    return null
  }
}
