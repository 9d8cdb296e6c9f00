// An edit of the catalogue's data table: what was typed becomes a row or complaints, and a save becomes its writes.
import { readRows } from './catalogue-row'
import type { Complaint } from './config'
import type { Cell, TableColumn, TableRow } from './health-ports'

/** As typed: a text for each column, true or false for a Boolean one. */
export type RowDraft = Readonly<Record<string, string | boolean>>

/** What the form shows for a row; without one, an empty form. */
export function draftOf(columns: readonly TableColumn[], row: TableRow | null): RowDraft {
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const cell = row?.[name]
      if (type === 'boolean') return [name, cell === true]
      // An empty number is 0 in a data table.
      return [name, cell === undefined || (type !== 'string' && cell === 0) ? '' : String(cell)]
    }),
  )
}

export type DraftReading =
  | { readonly ok: true; readonly row: TableRow }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/** By the types of the columns, then by the rules of the catalogue, then beside the other rows. `original` null: a new row. */
export function readDraft(
  columns: readonly TableColumn[],
  draft: RowDraft,
  original: TableRow | null,
  rows: readonly TableRow[],
): DraftReading {
  const cells: Record<string, Cell> = {}
  const complaints: Complaint[] = []
  for (const { name, type } of columns) {
    const typed = draft[name] ?? ''
    const cell = cellOf(typed, type)
    if (cell === null) complaints.push({ field: name, value: shown(typed), rule: `must be ${ruleOf(type)}` })
    else if (cell !== undefined) cells[name] = cell
  }
  const row = { ...cells, key: String(cells.key ?? '') }
  if (row.key === '') complaints.push({ field: 'key', value: 'nothing', rule: 'is required' })
  if (original !== null && row.key !== original.key)
    complaints.push({ field: 'key', value: shown(row.key), rule: 'cannot be changed; add a new row instead' })
  if (original === null && rows.some(({ key }) => key === row.key))
    complaints.push({ field: 'key', value: shown(row.key), rule: 'is the key of another row already' })
  if (complaints.length > 0) return { ok: false, complaints }
  const others = rows.filter(({ key }) => key !== row.key)
  const wrong = complaintsAbout(row, others)
  return wrong.length > 0 ? { ok: false, complaints: wrong } : { ok: true, row }
}

/** undefined: an empty cell, which is left out. null: not of the column's type. */
function cellOf(typed: string | boolean, type: string): Cell | undefined | null {
  if (typeof typed === 'boolean') return type === 'boolean' ? typed : null
  const text = typed.trim()
  if (type === 'boolean') return text === '' ? false : null
  if (text === '') return undefined
  if (type === 'string') return text
  const number = Number(text)
  if (!Number.isFinite(number)) return null
  return type === 'integer' && !Number.isInteger(number) ? null : number
}

const ruleOf = (type: string): string =>
  type === 'integer' ? 'a whole number' : type === 'number' ? 'a number' : 'true or false'

/** The rules of catalogue.json, in the words of the columns: only what this row would add to the gaps of the others. */
function complaintsAbout(row: TableRow, others: readonly TableRow[]): readonly Complaint[] {
  const own = `datatable.${row.key}`
  const { gaps } = readRows([...others, row])
  return gaps
    .filter(({ place }) => place === own || place.startsWith(`${own}.`))
    .map(({ place, reason }) => {
      const field = place === own ? 'key' : place.slice(own.length + 1)
      return { field, value: shown(row[field] ?? ''), rule: reason }
    })
}

function shown(value: Cell): string {
  if (value === '') return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** "2" -> "3", "1.9" -> "1.10", "2026-spring" -> "2026-spring-2"; nothing -> "2", since it counts as "1". */
export function nextVersion(version: string): string {
  const counted = /^(.*?)(\d{1,15})$/.exec(version === '' ? '1' : version)
  if (counted === null) return `${version.slice(0, 30)}-2`
  return `${counted[1] ?? ''}${Number(counted[2]) + 1}`
}

export interface RowWrite {
  readonly way: 'add' | 'change'
  readonly row: TableRow
}

const heard = ['text', 'durationMs', 'language', 'tier', 'prompt']

/**
 * The writes of a save, the row itself first. Where what the customer hears has changed and nobody typed a new version,
 * it counts up; a prompt has one version, which its first row gives, so its other rows follow.
 */
export function planSave(
  columns: readonly TableColumn[],
  row: TableRow,
  original: TableRow | null,
  rows: readonly TableRow[],
  recordingChanged: boolean,
): readonly RowWrite[] {
  const way = original === null ? 'add' : 'change'
  if (!columns.some(({ name }) => name === 'version')) return [{ way, row }]
  const siblings = rows.filter((other) => other.key !== row.key && promptOf(other) === promptOf(row))
  const version = versionFor(row, original, siblings, recordingChanged)
  const follow = siblings.filter((sibling) => textOf(sibling.version) !== version)
  return [
    { way, row: { ...row, version } },
    ...follow.map((sibling): RowWrite => ({ way: 'change', row: { ...sibling, version } })),
  ]
}

function versionFor(
  row: TableRow,
  original: TableRow | null,
  siblings: readonly TableRow[],
  recordingChanged: boolean,
): string {
  const typed = textOf(row.version)
  // A new language does not change the words of the others.
  if (original === null) return typed || textOf(siblings[0]?.version) || '1'
  const before = textOf(original.version)
  if (typed !== before && typed !== '') return typed
  const isHeard = recordingChanged || heard.some((column) => textOf(row[column]) !== textOf(original[column]))
  return isHeard ? nextVersion(before) : before || '1'
}

function promptOf(row: TableRow): string {
  return textOf(row.prompt) || row.key.slice(0, Math.max(row.key.lastIndexOf('.'), 0))
}

const textOf = (cell: Cell | undefined): string => (cell === undefined || cell === 0 ? '' : String(cell))
