// Data tables and their rows: the table's marker stands in `description` (Models.DataTable).
import * as v from 'valibot'
import { columnText, describeColumn } from '../../core/desired'
import { answered, refused } from '../../core/errors'
import { markedKey } from '../../core/install-marker'
import type { Keeper, TableRow, TableRows } from '../../core/install-ports'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import {
  completed,
  fetchParsed,
  listOf,
  names,
  readable,
  send,
  withAdded,
  words,
} from './provisioning-request'

const path = '/api/v2/flows/datatables'
const tablePath = '/api/v2/flows/datatables/{datatableId}'
const columnBody = v.looseObject({ type: v.optional(v.string(), 'string') })
const schemaBody = v.looseObject({
  properties: v.nullish(v.record(v.string(), columnBody), {}),
  required: names,
})
const tableBody = v.object({
  id: v.string(),
  name: v.string(),
  description: words,
  schema: v.optional(schemaBody),
})

export function createTables(platform: Platform): Keeper {
  const fetchTable = (datatableId: string) =>
    fetchParsed(
      platform,
      { method: 'GET', path: tablePath, pathParams: { datatableId }, query: { expand: 'schema' } },
      tableBody,
      'data table',
    )
  return {
    async list() {
      const spec = { method: 'GET', path, query: { expand: 'schema' } } as const
      const answer = await fetchAllPages(platform, spec, 'the platform sent no readable data tables')
      if (!answer.ok) return answer
      const tables = await completed(
        readable(tableBody, answer.value),
        (table) => table.schema !== undefined || markedKey(table.description) === null,
        (table) => fetchTable(table.id),
      )
      if (!tables.ok) return tables
      return answered(
        tables.value.map(({ id, name, description, schema }) => {
          const columns = Object.entries(schema?.properties ?? {})
          const texts = columns.map(([column, { type }]) => columnText({ name: column, type }))
          return { id, name, note: description, facts: { columns: texts } }
        }),
      )
    },
    create({ name, note, facts }) {
      const schema = {
        $schema: 'http://json-schema.org/draft-04/schema#',
        title: name,
        type: 'object',
        required: ['key'],
        properties: columnsOf(listOf(facts.columns)),
      }
      return send(platform, { method: 'POST', path, body: { name, description: note, schema } })
    },
    /** Columns are only ever added: a column that went would take its cells with it. */
    async update(datatableId, { changes }) {
      const table = await fetchTable(datatableId)
      if (!table.ok) return table
      const { id: _id, schema, ...current } = table.value
      const properties = { ...columnsOf(withAdded([], changes, 'columns')), ...schema?.properties }
      return send(platform, {
        method: 'PUT',
        path: tablePath,
        pathParams: { datatableId },
        body: { ...current, schema: { ...schema, properties } },
      })
    },
    remove: (datatableId) =>
      send(platform, { method: 'DELETE', path: tablePath, pathParams: { datatableId } }),
  }
}

const columnsOf = (texts: readonly string[]) =>
  Object.fromEntries(
    texts
      .map(describeColumn)
      .map(({ name, type, description }) => [name, { type, title: name, description }]),
  )

/** An empty cell may come as null. */
const isCell = (cell: unknown): boolean =>
  cell === null || ['string', 'number', 'boolean'].includes(typeof cell)
const rowBody = v.pipe(
  v.looseObject({ key: v.string() }),
  v.check((row) => Object.values(row).every(isCell)),
)
const filledCells = (row: v.InferOutput<typeof rowBody>): TableRow =>
  Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null)) as TableRow
const rowsPath = '/api/v2/flows/datatables/{datatableId}/rows'
const rowPath = '/api/v2/flows/datatables/{datatableId}/rows/{rowId}'

export function createTableRows(platform: Platform): TableRows {
  return {
    async fetchRows(datatableId) {
      const answer = await fetchAllPages(
        platform,
        { method: 'GET', path: rowsPath, pathParams: { datatableId }, query: { showbrief: false } },
        'the data table sent no readable rows',
      )
      if (!answer.ok) return answer
      const rows = readable(rowBody, answer.value)
      // Whoever is about to remove the table relies on having all of it.
      const lost = answer.value.length - rows.length
      if (lost > 0)
        return refused({ kind: 'malformed', message: `${lost} rows of the data table cannot be read` })
      return answered(rows.map(filledCells))
    },
    addRow: (datatableId, body) =>
      send(platform, { method: 'POST', path: rowsPath, pathParams: { datatableId }, body }),
    writeRow: (datatableId, body) =>
      send(platform, { method: 'PUT', path: rowPath, pathParams: { datatableId, rowId: body.key }, body }),
    removeRow: (datatableId, rowId) =>
      send(platform, { method: 'DELETE', path: rowPath, pathParams: { datatableId, rowId } }),
  }
}
