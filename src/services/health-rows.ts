// Editing the catalogue's data table: rows read, one opened, judged, saved with its version, never over a change unseen.
import type { Complaint } from '../core/config'
import type { Answer, Refusal } from '../core/errors'
import type { CatalogueTable, TableColumn, TableRow } from '../core/health-ports'
import { refusedSentence } from '../core/health-words'
import { draftOf, planSave, readDraft, type RowDraft, type RowWrite } from '../core/row-draft'
import { createSnapshot } from './snapshot'
import { t, tn } from '../core/text'

export interface HealthRowsState {
  /** `no-table`: config.json names none. */
  readonly status: 'no-table' | 'idle' | 'reading' | 'ready' | 'refused'
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableRow[]
  /** The row that is being edited; `original` null: a new one. */
  readonly open: { readonly original: TableRow | null; readonly draft: RowDraft } | null
  readonly complaints: readonly Complaint[]
  readonly saving: boolean
  /** What went wrong, or what was done, as a sentence. */
  readonly problem: string | null
  readonly saved: string | null
}

export function createHealthRows(table: CatalogueTable | null, changed: () => void) {
  const snapshot = createSnapshot<HealthRowsState>({
    status: table === null ? 'no-table' : 'idle',
    columns: [],
    rows: [],
    open: null,
    complaints: [],
    saving: false,
    problem: null,
    saved: null,
  })
  const refuse = (did: string, refusal: Refusal) =>
    snapshot.patch({ saving: false, problem: refusedSentence(did, refusal) })

  async function read(): Promise<void> {
    if (table === null) return
    snapshot.patch({ status: snapshot.value.rows.length > 0 ? 'ready' : 'reading', problem: null })
    const [columns, rows] = await Promise.all([table.fetchColumns(), table.fetchRows()])
    const failed = [columns, rows].find((answer) => !answer.ok)
    if (failed && !failed.ok) {
      snapshot.patch({ status: 'refused' })
      return void refuse(t('The data table cannot be read'), failed.refusal)
    }
    if (columns.ok && rows.ok) snapshot.patch({ status: 'ready', columns: columns.value, rows: rows.value })
  }

  function edit(key: string | null): void {
    const { columns, rows } = snapshot.value
    const original = rows.find((row) => row.key === key) ?? null
    const open = { original, draft: draftOf(columns, original) }
    snapshot.patch({ open, complaints: [], problem: null, saved: null })
  }

  async function save(draft: RowDraft, recordingChanged: boolean): Promise<void> {
    const { open, columns, rows, saving } = snapshot.value
    if (table === null || open === null || saving) return
    const { original } = open
    const reading = readDraft(columns, draft, original, rows)
    snapshot.patch({
      complaints: reading.ok ? [] : reading.complaints,
      problem: null,
      open: { original, draft },
    })
    if (!reading.ok) return
    snapshot.patch({ saving: true })
    if (original !== null && !(await isAsSeen(original, t('The row was not saved')))) return
    await write(planSave(columns, reading.row, original, rows, recordingChanged))
  }

  /** Rows bear no version: what is there now is held against what the form was opened with. */
  async function isAsSeen(original: TableRow, did: string): Promise<boolean> {
    const now = await table?.fetchRow(original.key)
    if (!now?.ok) {
      if (now) refuse(did, now.refusal)
      return false
    }
    if (sameRow(now.value, original)) return true
    snapshot.patch({
      saving: false,
      problem: t(
        '{did}: somebody else has changed it meanwhile. Close it, read the table again, and make your change in what stands there now.',
        { did },
      ),
    })
    return false
  }

  /** The row itself first; where a later one fails, what is done is said. */
  async function write(writes: readonly RowWrite[]): Promise<void> {
    for (const [done, { way, row }] of writes.entries()) {
      const answer: Answer<void> | undefined =
        way === 'add' ? await table?.addRow(row) : await table?.writeRow(row)
      if (answer && !answer.ok) {
        const did =
          done === 0
            ? t('The row was not saved')
            : t('The row was saved, but {key} did not get the new version. Save {key} once more', {
                key: row.key,
              })
        await read()
        return void refuse(did, answer.refusal)
      }
    }
    const [first] = writes
    await read()
    snapshot.patch({
      saving: false,
      open: null,
      saved: first ? savedSentence(first.row, writes.length - 1) : null,
    })
    changed()
  }

  async function remove(): Promise<void> {
    const { open, saving } = snapshot.value
    if (table === null || !open?.original || saving) return
    const { original } = open
    snapshot.patch({ saving: true, problem: null })
    if (!(await isAsSeen(original, t('The row was not removed')))) return
    const answer = await table.removeRow(original.key)
    if (!answer.ok) return void refuse(t('The row was not removed'), answer.refusal)
    await read()
    snapshot.patch({ saving: false, open: null, saved: t('Removed {key}.', { key: original.key }) })
    changed()
  }

  return {
    snapshot,
    read,
    edit,
    close: () => snapshot.patch({ open: null, complaints: [], problem: null }),
    save,
    remove,
  }
}

function savedSentence({ key, version }: TableRow, others: number): string {
  if (version === undefined) return t('Saved {key}.', { key })
  const values = { key, version: String(version) }
  return others === 0
    ? t('Saved {key}, version {version}.', values)
    : tn(
        'Saved {key}, version {version}, also in 1 other row of the prompt.',
        'Saved {key}, version {version}, also in {n} other rows of the prompt.',
        others,
        values,
      )
}

function sameRow(a: TableRow, b: TableRow): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => a[name] === b[name])
}

export type HealthRows = ReturnType<typeof createHealthRows>
