// The record of a playback: what is kept as proof, and its short form for the conversation's attributes.
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

/** Times are epoch ms of the panel's clock. No customer audio, no free text about the customer. */
const recordSchema = v.object({
  playbackId: v.string(),
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

export interface RecordContext {
  readonly interaction: Interaction | null
  readonly agentId: string | null
  readonly backend: string
  readonly appVersion: string
}

function legStateOf(participant: Participant | null): LegState | null {
  return participant && { held: participant.held, muted: participant.muted, recording: participant.recording }
}

/** Null while the playback runs: only an outcome is evidence. */
export function toRecord(playback: Playback, context: RecordContext): EvidenceRecord | null {
  const { state, times, asset } = playback
  if (!isOutcome(state)) return null
  const { interaction } = context
  const customer = interaction?.id === playback.interactionId ? interaction.customer : null
  const callStartMs = customer?.connectedAtMs ?? null
  return {
    playbackId: playback.id,
    conversationId: playback.interactionId,
    participantId: playback.choice?.participantId ?? customer?.id ?? null,
    agentId: context.agentId,
    queueId: interaction?.agent?.queueId ?? null,
    promptKey: playback.promptKey,
    promptVersion: playback.choice?.promptVersion ?? null,
    assetUrl: asset?.url ?? null,
    sha256: asset?.sha256 ?? null,
    language: playback.choice?.language ?? null,
    tier: playback.choice?.tier ?? null,
    format: asset?.format ?? null,
    choiceReason: playback.choice?.reason ?? null,
    backend: context.backend,
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

/** Attribute names are the platform's: letters, digits, dot and dash. One per playback, so writing twice changes nothing. */
export function shortFormKey(playbackId: string): string {
  return `cueline.${playbackId.replace(/[^0-9a-zA-Z]/g, '').slice(0, 12)}`
}

const shortLimit = 255

/** `v1|key|version|language|outcome|code|startedAtMs|playedMs/durationMs|sha256 (16 hex)`; always under 256 characters. */
export function toShortForm(record: EvidenceRecord): string {
  const whole = (ms: number | null) => (ms === null ? '' : String(Math.round(ms)))
  const clean = (value: string | null, limit: number) =>
    (value ?? '').replace(/[|\p{Cc}]/gu, ' ').slice(0, limit)
  const fields = [
    'v1',
    clean(record.promptKey, 64),
    clean(record.promptVersion, 16),
    clean(record.language, 16),
    record.outcome,
    record.code ?? '',
    whole(record.startedAtMs),
    `${whole(record.playedMs)}/${whole(record.durationMs)}`,
    clean(record.sha256, 16),
  ]
  return fields.join('|').slice(0, shortLimit)
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
