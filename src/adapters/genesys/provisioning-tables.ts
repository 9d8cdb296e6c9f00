// Data tables and their rows: the table's marker stands in `description` (Models.DataTable).
import * as v from 'valibot'
import { columnText, describeColumn } from '../../core/desired'
import { answered } from '../../core/errors'
import type { Keeper, TableRow, TableRows } from '../../core/install-ports'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import { fetchParsed, listOf, names, readable, send, withAdded, words } from './provisioning-request'

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
  return {
    async list() {
      const spec = { method: 'GET', path, query: { expand: 'schema' } } as const
      const answer = await fetchAllPages(platform, spec, 'the platform sent no readable data tables')
      if (!answer.ok) return answer
      return answered(
        readable(tableBody, answer.value).map(({ id, name, description, schema }) => {
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
      const one = { path: tablePath, pathParams: { datatableId } }
      const table = await fetchParsed(
        platform,
        { ...one, method: 'GET', query: { expand: 'schema' } },
        tableBody,
        'data table',
      )
      if (!table.ok) return table
      const { id: _id, schema, ...current } = table.value
      const properties = { ...columnsOf(withAdded([], changes, 'columns')), ...schema?.properties }
      return send(platform, {
        ...one,
        method: 'PUT',
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

const rowBody = v.objectWithRest({ key: v.string() }, v.union([v.string(), v.number(), v.boolean()]))
const rowsPath = '/api/v2/flows/datatables/{datatableId}/rows'
const rowPath = '/api/v2/flows/datatables/{datatableId}/rows/{rowId}'

export function createTableRows(platform: Platform): TableRows {
  return {
    async fetchRows(datatableId) {
      const spec = { method: 'GET', path: rowsPath, pathParams: { datatableId }, query: { showbrief: false } }
      const answer = await fetchAllPages(
        platform,
        { ...spec, method: 'GET' },
        'the data table sent no readable rows',
      )
      return answer.ok ? answered(readable(rowBody, answer.value) as TableRow[]) : answer
    },
    addRow: (datatableId, body) =>
      send(platform, { method: 'POST', path: rowsPath, pathParams: { datatableId }, body }),
    writeRow: (datatableId, body) =>
      send(platform, { method: 'PUT', path: rowPath, pathParams: { datatableId, rowId: body.key }, body }),
    removeRow: (datatableId, rowId) =>
      send(platform, { method: 'DELETE', path: rowPath, pathParams: { datatableId, rowId } }),
  }
}
