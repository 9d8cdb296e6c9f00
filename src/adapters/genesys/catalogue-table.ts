// The catalogue's data table for its editor: columns, rows, and the writes of single rows.
// Reading needs architect:datatable:view and :datatableRow:view, writing architect:datatableRow:add, :edit, :delete.
import * as v from 'valibot'
import { answered } from '../../core/errors'
import type { CatalogueTable, TableRow } from '../../core/health-ports'
import type { Platform } from '../../core/ports'
import { fetchParsed } from './provisioning-request'
import { createTableRows } from './provisioning-tables'

const tableBody = v.object({
  schema: v.object({
    properties: v.record(v.string(), v.looseObject({ type: v.optional(v.string(), 'string') })),
  }),
})
const rowBody = v.objectWithRest({ key: v.string() }, v.union([v.string(), v.number(), v.boolean()]))
const tablePath = '/api/v2/flows/datatables/{datatableId}'
const rowPath = '/api/v2/flows/datatables/{datatableId}/rows/{rowId}'

export function createCatalogueTable(platform: Platform, datatableId: string): CatalogueTable {
  const rows = createTableRows(platform)
  return {
    async fetchColumns() {
      const pathParams = { datatableId }
      const spec = { method: 'GET', path: tablePath, pathParams, query: { expand: 'schema' } } as const
      const table = await fetchParsed(platform, spec, tableBody, 'data table')
      if (!table.ok) return table
      const columns = Object.entries(table.value.schema.properties)
      return answered(columns.map(([name, { type }]) => ({ name, type })))
    },
    fetchRows: () => rows.fetchRows(datatableId),
    async fetchRow(rowId) {
      const pathParams = { datatableId, rowId }
      const spec = { method: 'GET', path: rowPath, pathParams, query: { showbrief: false } } as const
      const row = await fetchParsed(platform, spec, rowBody, 'row of the data table')
      return row.ok ? answered(row.value as TableRow) : row
    },
    addRow: (row) => rows.addRow(datatableId, row),
    writeRow: (row) => rows.writeRow(datatableId, row),
    removeRow: (key) => rows.removeRow(datatableId, key),
  }
}
