// Counts what panels noted into the sums that the browser keeps: one panel at a time, each note once, even after a crash.
import { createMetrics, observe, type Metrics } from '../core/metrics'
import { reportOf, type MetricsReport } from '../core/metrics-report'
import { readMetrics, writeMetrics } from '../core/metrics-state'
import type { Clock, Delivery, KeptStorage, Locks, Telemetry } from '../core/ports'
import { readSeen } from '../core/seen'
import { notesPrefix, type Notes } from './notes'
import { createSnapshot } from './snapshot'

export interface MetricsState {
  /** Of all panels of this browser; null until somebody looks. */
  readonly report: MetricsReport | null
  /** What went to the organisation's collector; null where none is configured. */
  readonly delivery: Delivery | null
}

export interface MetricsPorts {
  readonly kept: KeptStorage
  readonly locks: Pick<Locks, 'tryHold'>
  readonly clock: Clock
  readonly telemetry?: Promise<Telemetry>
}

const sumsKey = 'cueline.metrics'
const lockName = 'cueline.metrics'
const lookEveryMs = 3_000

export function createMetricsService(
  { kept, locks, clock, telemetry }: MetricsPorts,
  notes: Pick<Notes, 'unkept' | 'noteRoundTrips'>,
) {
  const snapshot = createSnapshot<MetricsState>({ report: null, delivery: null })
  /** The sums where the browser does not keep them. */
  let own: Metrics | null = null
  let collector: { readonly delivery: Delivery } | null = null
  telemetry?.then(
    (loaded) => (collector = loaded),
    () => (collector = unloaded),
  )

  const stored = () => readMetrics(kept.entries(sumsKey).find(([key]) => key === sumsKey)?.[1])

  /** Nothing happens while another panel counts: it counts ours too. */
  async function count(): Promise<void> {
    const release = await locks.tryHold(lockName)
    if (release === null) return
    try {
      countHeld()
    } finally {
      release()
    }
  }

  function countHeld(): void {
    const before = own === null ? stored() : null
    const metrics = own ?? before?.metrics ?? createMetrics()
    const counted = new Set(before?.folded)
    const found = [...kept.entries(notesPrefix)].sort(([a], [b]) => (a < b ? -1 : 1))
    const fresh = found.filter(([key]) => !counted.has(key)).map(([, text]) => readSeen(text))
    const all = [...fresh.filter((seen) => seen !== null), ...notes.unkept.splice(0)]
    for (const seen of all) observe(metrics, seen)
    const keys = found.map(([key]) => key)
    // The keys go with the sums: if the panel dies before the notes are removed, they are known to be counted.
    if (all.length > 0 || own !== null)
      own = kept.write(sumsKey, writeMetrics(metrics, keys)) ? null : metrics
    for (const key of keys) kept.remove(key)
  }

  async function look(): Promise<void> {
    notes.noteRoundTrips()
    await count()
    const metrics = own ?? stored()?.metrics ?? createMetrics()
    // A copy: what is delivered changes in place.
    const delivery = collector && { ...collector.delivery }
    snapshot.set({ report: reportOf(metrics, clock.now()), delivery })
  }

  return {
    snapshot,
    count,
    look,
    /** Somebody looks: now and every few seconds, until the undo. */
    watch(): () => void {
      let undo: () => void = () => undefined
      let over = false
      const again = async () => {
        await look()
        if (!over) undo = clock.after(lookEveryMs, () => void again())
      }
      void again()
      return () => {
        over = true
        undo()
      }
    },
    /** The numbers of this browser begin anew. */
    async forget(): Promise<void> {
      await count()
      own = null
      kept.remove(sumsKey)
      await look()
    },
  }
}

const unloaded = {
  delivery: { sent: 0, dropped: 0, problem: 'its code could not be loaded' } satisfies Delivery,
}

export type MetricsService = ReturnType<typeof createMetricsService>
