// The record of a playback: what is kept as proof. Its short form, its chain and its exports stand in evidence-*.ts.
import * as v from 'valibot'
import type { Interaction, Participant } from './conversation'
import { failureCodes } from './errors'
import { isOutcome, type LegState, type Playback } from './playback'

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

export interface RecordContext {
  /** The playback's call as it was last seen; null where it never was, as after a reload. */
  readonly interaction: Interaction | null
  readonly organizationId: string | null
  readonly agentId: string | null
  readonly backend: string
  readonly appVersion: string
}

function legStateOf(participant: Participant | null): LegState | null {
  return participant && { held: participant.held, muted: participant.muted, recording: participant.recording }
}

/** Where the file lies, without what could be a secret: a query may carry a signature. */
function withoutSecrets(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^(https?:\/\/)[^/]*@/i, '$1')
}

/** Null while the playback runs: only an outcome is evidence. */
export function toRecord(playback: Playback, context: RecordContext): EvidenceRecord | null {
  const { state, times, asset } = playback
  if (!isOutcome(state)) return null
  const { interaction } = context
  const customer = interaction?.id === playback.interactionId ? interaction.customer : null
  const callStartMs = playback.choice?.callStartedAtMs ?? customer?.connectedAtMs ?? null
  return {
    playbackId: playback.id,
    organizationId: context.organizationId,
    conversationId: playback.interactionId,
    participantId: playback.choice?.participantId ?? customer?.id ?? null,
    agentId: context.agentId,
    queueId: playback.choice?.queueId ?? (customer && interaction?.agent?.queueId) ?? null,
    promptKey: playback.promptKey,
    promptVersion: playback.choice?.promptVersion ?? null,
    assetUrl: asset && withoutSecrets(asset.url),
    sha256: asset?.sha256 ?? null,
    language: playback.choice?.language ?? null,
    tier: playback.choice?.tier ?? null,
    format: asset?.format ?? null,
    choiceReason: playback.choice?.reason ?? null,
    backend: context.backend,
    clock: 'panel',
    requestedAtMs: times.requestedAtMs,
    acceptedAtMs: times.acceptedAtMs,
    startedAtMs: times.startedAtMs,
    endedAtMs: times.endedAtMs,
    offsetFromCallStartMs:
      callStartMs !== null && times.startedAtMs !== null ? times.startedAtMs - callStartMs : null,
    playedMs: playback.playedMs,
    durationMs: asset?.durationMs ?? null,
    outcome: state as EvidenceRecord['outcome'],
    code: playback.failure?.code ?? null,
    endedBy: state === 'stopped' ? 'agent' : playback.interruptedBy,
    readAloud: false,
    atStart: playback.choice?.atStart ?? null,
    atEnd: legStateOf(customer),
    appVersion: context.appVersion,
  }
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
