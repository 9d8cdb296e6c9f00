// The records of a day, as the view of them finds them.
import type { Body } from '../../src/core/evidence-chain'
import { createSnapshot } from '../../src/services/snapshot'
import type { KeepingState, RecordKeeping } from '../../src/services/record-keeping'
import HistoryView from '../../src/views/HistoryView.vue'
import { evidence } from '../../tests/support/factories'
import { press, view } from '../scene'
import { panelScene } from './panel-scene'

const hourMs = 3_600_000

export function keepingOf(bodies: readonly Body[], of: Partial<KeepingState> = {}): RecordKeeping {
  const keeping: Partial<RecordKeeping> = {
    snapshot: createSnapshot<KeepingState>({ bodies, required: [], kept: true, problem: null, ...of }),
    refresh: () => undefined,
    readAloud: () => undefined,
    readRequired: () => undefined,
    save: () => Promise.resolve({ lines: 3, text: 'playbackId,outcome\r\np-1,completed\r\np-2,failed\r\n' }),
  }
  return keeping as RecordKeeping
}

const body = (playbackId: string, hour: number, of: Parameters<typeof evidence>[0]): Body => ({
  kind: 'playback',
  recordedAtMs: hour * hourMs,
  utcOffsetMin: 60,
  record: evidence({ playbackId, ...of }),
})
const day: readonly Body[] = [
  body('p-1', 8, {}),
  body('p-2', 9, { promptKey: 'terms', outcome: 'interrupted', playedMs: 1_400 }),
  body('p-3', 9.5, { promptKey: 'goodbye', outcome: 'failed', code: 'asset_missing', playedMs: null }),
  body('p-4', 10, { promptKey: 'hold', outcome: 'unknown', playedMs: null }),
]

const views = { records: () => Promise.resolve(HistoryView) }
const scene = (bodies: readonly Body[], of: Partial<KeepingState> = {}, act?: (stage: HTMLElement) => void) =>
  panelScene({
    view: 'records',
    views,
    act,
    set: ({ records }) => records.patch({ keeping: keepingOf(bodies, of) }),
  })

export const records = [
  view('Records', {
    'of a call': scene(day),
    'nothing recorded': scene([]),
    'not kept': scene(day, { kept: false }),
    'cannot be sealed': scene(day, { problem: 'This page is not served by https' }),
    exported: scene(day, {}, (stage) => press(stage, 'Export as CSV')),
    'not loaded': panelScene({
      view: 'records',
      views,
      set: ({ records }) => records.patch({ problem: 'no network' }),
    }),
    loading: panelScene({ view: 'records', views }),
  }),
]
