// Records from the start: made as soon as a playback has an outcome, sent, and held until the part that keeps them is there.
import type { EvidenceRecord, Recorder } from '../core/evidence'
import { toRecord } from '../core/evidence-record'
import type { Playback } from '../core/playback'
import type { Clock } from '../core/ports'
import { createLastViews } from './last-views'
import type { RecordKeeping } from './record-keeping'
import { createSnapshot } from './snapshot'

export interface RecordsState {
  readonly keeping: RecordKeeping | null
  /** This call needs prompts: the checklist is to be shown. */
  readonly required: boolean
  /** Why nothing is kept here; the short form in the call does not depend on it. */
  readonly problem: string | null
}

export interface RecordsPorts {
  readonly backend: string
  readonly appVersion: string
  readonly clock: Pick<Clock, 'after'>
  open(of: Recorder): Promise<RecordKeeping>
  /** To the platform, in short form. */
  post(record: EvidenceRecord): void
}

const waitingLimit = 300
const againMs = 3_000

export function createRecords(ports: RecordsPorts) {
  const { backend, appVersion } = ports
  const snapshot = createSnapshot<RecordsState>({ keeping: null, required: false, problem: null })
  const views = createLastViews()
  let recorder: Recorder | null = null
  let waiting: readonly EvidenceRecord[] = []
  let over = false
  let undoTimer = () => {}

  function add(record: EvidenceRecord): void {
    const { keeping } = snapshot.value
    if (keeping === null) waiting = [...waiting, record].slice(-waitingLimit)
    else keeping.add(record)
  }

  /** What did not arrive is asked for again until it does: meanwhile the snapshot says why nothing is kept. */
  async function begin(of: Recorder): Promise<void> {
    recorder = of
    let opened: RecordKeeping | null = null
    try {
      const keeping = (opened = await ports.open(of))
      const show = () =>
        snapshot.patch({ keeping, required: keeping.snapshot.value.required.length > 0, problem: null })
      await keeping.begin()
      if (over) return keeping.dispose()
      for (const record of waiting) keeping.add(record)
      waiting = []
      keeping.snapshot.subscribe(show)
      show()
    } catch (error) {
      opened?.dispose()
      if (over) return
      snapshot.patch({ problem: error instanceof Error ? error.message : String(error) })
      undoTimer = ports.clock.after(againMs, () => void begin(of))
    }
  }

  return {
    snapshot,
    /** The call as it is now: some of its playbacks may become known only when another one is on screen. */
    look: views.note,
    /** A click that sent nothing is kept here too, but the call knows nothing of it. */
    record(ended: Playback): void {
      const { agentId = null, organizationId = null } = recorder ?? {}
      const interaction = views.of(ended.interactionId)
      const record = toRecord(ended, { interaction, agentId, organizationId, backend, appVersion })
      if (record === null) return
      add(record)
      if (record.requestedAtMs !== null) ports.post(record)
    },
    begin,
    dispose(): void {
      over = true
      undoTimer()
      snapshot.value.keeping?.dispose()
    },
  }
}
