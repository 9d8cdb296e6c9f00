// Mirror of the catalogue's health, of the data table's rows and of an upload, plus their intents.
import { defineStore } from 'pinia'
import { inject, type InjectionKey } from 'vue'
import type { DryRunQuestion } from '../core/dry-run'
import type { UploadWish } from '../core/prompt-upload'
import type { RowDraft } from '../core/row-draft'
import type { Health } from '../services/health'
import type { DryRunService } from '../services/health-dry-run'
import type { HealthRows } from '../services/health-rows'
import type { HealthUpload } from '../services/health-upload'
import { mirror } from './mirror'

export interface HealthServices {
  readonly health: Pick<Health, 'snapshot' | 'check' | 'stop'>
  readonly dryRun: Pick<DryRunService, 'snapshot' | 'readQueues' | 'ask'>
  readonly rows: Pick<HealthRows, 'snapshot' | 'read' | 'edit' | 'close' | 'save' | 'remove'>
  readonly upload: Pick<HealthUpload, 'snapshot' | 'choose' | 'send' | 'reset'>
}

/** Given by whoever loads the view: the panel itself knows no health. */
export const healthKey: InjectionKey<HealthServices> = Symbol('health')

export const useHealthStore = defineStore('health', () => {
  const services = inject(healthKey)
  if (!services) throw new Error('The view of the catalogue was mounted without its services.')
  const { health, dryRun, rows, upload } = services
  return {
    state: mirror(health.snapshot),
    check: () => health.check(),
    stop: () => health.stop(),
    dryRun: mirror(dryRun.snapshot),
    readQueues: () => dryRun.readQueues(),
    ask: (question: DryRunQuestion) => dryRun.ask(question),
    rows: mirror(rows.snapshot),
    readRows: () => rows.read(),
    edit: (key: string | null) => rows.edit(key),
    closeRow: () => rows.close(),
    save: (draft: RowDraft, recordingChanged: boolean) => rows.save(draft, recordingChanged),
    removeRow: () => rows.remove(),
    upload: mirror(upload.snapshot),
    choose: (fileName: string, bytes: Uint8Array<ArrayBuffer>) => upload.choose(fileName, bytes),
    send: (wish: UploadWish, mayReplace: boolean) => upload.send(wish, mayReplace),
    resetUpload: () => upload.reset(),
  }
})
