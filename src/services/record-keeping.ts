// The long form of this agent's records: history, required prompts, the agent's own word, exports. Loaded after sign-in.
import type { CatalogueGap } from '../core/catalogue'
import { readRecord, type EvidenceRecord, type Recorder } from '../core/evidence'
import { canonicalJson, latestBodies } from '../core/evidence-chain'
import type { Scope } from '../core/evidence-export'
import type { FileFormat } from '../core/evidence-file'
import type { Chance, Clock, Conversations, Downloads, KeptStorage, Locks, Sealing } from '../core/ports'
import type { RequiredItem } from '../core/required'
import { createHistory, type HistoryState } from './history'
import type { LiveState } from './live'
import type { PromptsState } from './prompts'
import { createRequired } from './required'
import type { Exported } from './record-export'
import { createSnapshot, type Snapshot } from './snapshot'

export interface KeepingPorts {
  readonly storage: KeptStorage
  readonly locks: Pick<Locks, 'tryHold'>
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Pick<Chance, 'id'>
  readonly sealing: Sealing
  readonly downloads: Downloads
  readonly conversations: Pick<Conversations, 'fetchCall'>
  readonly live: Snapshot<LiveState>
  readonly prompts: Snapshot<PromptsState>
  /** Faults of the catalogue. */
  complain(gaps: readonly CatalogueGap[]): void
  /** To the platform, in short form. */
  post(record: EvidenceRecord): void
}

export interface KeepingState extends HistoryState {
  readonly required: readonly RequiredItem[]
}

export function createRecordKeeping(ports: KeepingPorts, of: Recorder) {
  const { clock, sealing, storage } = ports
  const history = createHistory(ports, of.agentId)
  const required = createRequired(
    {
      ...ports,
      bodies: () => history.snapshot.value.bodies,
      record: (entry) => history.append({ kind: 'required', ...moment(), required: entry }),
    },
    of,
  )
  const snapshot = createSnapshot<KeepingState>({ ...history.snapshot.value, required: [] })
  const undo = [
    history.snapshot.subscribe((state) => {
      snapshot.patch(state)
      required.update()
    }),
    required.snapshot.subscribe(({ items }) => snapshot.patch({ required: items })),
  ]

  function moment() {
    const recordedAtMs = clock.now()
    return { recordedAtMs, utcOffsetMin: sealing.utcOffsetMin(recordedAtMs) }
  }

  function find(playbackId: string): EvidenceRecord | null {
    const all = history.snapshot.value.bodies
    const mine = all.filter((body) => body.kind === 'playback' && body.record.playbackId === playbackId)
    const [found] = latestBodies(mine)
    return found?.kind === 'playback' ? found.record : null
  }

  /** The same once more, as after a reload, is no news; nor is "unknown" about what is known by now. */
  function add(record: EvidenceRecord): void {
    const known = find(record.playbackId)
    const isNews = known === null || canonicalJson(known) !== canonicalJson(record)
    if (!isNews || (record.outcome === 'unknown' && known !== null && known.outcome !== 'unknown')) return
    history.append({ kind: 'playback', ...moment(), record })
  }

  return {
    snapshot,
    add,
    async begin(): Promise<void> {
      await history.begin()
      // What an earlier panel had to send and could not record any more.
      for (const [, text] of storage.entries('cueline.outbox.')) {
        const record = readRecord(text)
        if (record?.agentId === of.agentId && find(record.playbackId) === null) add(record)
      }
      required.look()
    },
    /** Other panels of this browser may have recorded something since. */
    refresh: () => history.refresh(),
    /** The agent says that they have read the words of this playback aloud. */
    readAloud(playbackId: string): void {
      const record = find(playbackId)
      if (record === null || record.readAloud || record.outcome === 'completed') return
      const said = { ...record, readAloud: true }
      add(said)
      if (said.requestedAtMs !== null) ports.post(said)
    },
    readRequired: (promptKey: string) => required.readAloud(promptKey),
    /** The file; null where there is nothing to export. Rejects where a part of the app cannot be loaded. */
    async save(scope: Scope, format: FileFormat): Promise<Exported | null> {
      const { exportLines } = await import('./record-export')
      return exportLines(ports, await history.sealed(), scope, format, clock.now())
    },
    dispose(): void {
      for (const off of undo) off()
      required.dispose()
      history.dispose()
    },
  }
}

export type RecordKeeping = ReturnType<typeof createRecordKeeping>
