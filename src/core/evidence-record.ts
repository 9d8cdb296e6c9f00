// Makes the record of a playback that has an outcome. Apart from what reads records: that is not needed before there is one.
import type { Interaction, Participant } from './conversation'
import type { EvidenceRecord } from './evidence'
import { isOutcome, type LegState, type Playback } from './playback'

/** Where a record waits in the storage until the platform has confirmed it; its playback's id follows. */
export const outboxPrefix = 'cueline.outbox.'

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
