// The catalogue's data table for its editor: columns, rows, and the writes of single rows.
// Reading needs architect:datatable:view and :datatableRow:view, writing architect:datatableRow:add, :edit, :delete.
import * as v from 'valibot'
import { answered, refused } from '../../core/errors'
import type { CatalogueTable, Cell, TableRow } from '../../core/health-ports'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import { fetchParsed, readable, send } from './provisioning-request'

const columnBody = v.object({ type: v.optional(v.string(), 'string') })
const tableBody = v.object({ schema: v.object({ properties: v.record(v.string(), columnBody) }) })
const rowBody = v.record(v.string(), v.unknown())
const tablePath = '/api/v2/flows/datatables/{datatableId}'
const rowsPath = '/api/v2/flows/datatables/{datatableId}/rows'
const rowPath = '/api/v2/flows/datatables/{datatableId}/rows/{rowId}'

export function createCatalogueTable(platform: Platform, datatableId: string): CatalogueTable {
  const whole = { showbrief: false }
  const table = { path: tablePath, pathParams: { datatableId } }
  const rows = { path: rowsPath, pathParams: { datatableId } }
  const rowOf = (rowId: string) => ({ path: rowPath, pathParams: { datatableId, rowId } })
  return {
    async fetchColumns() {
      const spec = { ...table, method: 'GET', query: { expand: 'schema' } } as const
      const answer = await fetchParsed(platform, spec, tableBody, 'data table')
      if (!answer.ok) return answer
      const columns = Object.entries(answer.value.schema.properties)
      return answered(columns.map(([name, { type }]) => ({ name, type })))
    },
    async fetchRows() {
      const spec = { ...rows, method: 'GET', query: whole } as const
      const answer = await fetchAllPages(platform, spec, 'the data table sent no readable rows')
      return answer.ok
        ? answered(readable(rowBody, answer.value).flatMap((row) => readRow(row) ?? []))
        : answer
    },
    async fetchRow(key) {
      const answer = await fetchParsed(
        platform,
        { ...rowOf(key), method: 'GET', query: whole },
        rowBody,
        'row',
      )
      if (!answer.ok) return answer
      const row = readRow(answer.value)
      return row
        ? answered(row)
        : refused({ kind: 'malformed', message: 'the data table sent no readable row' })
    },
    addRow: (body) => send(platform, { ...rows, method: 'POST', body }),
    writeRow: (body) => send(platform, { ...rowOf(body.key), method: 'PUT', body }),
    removeRow: (key) => send(platform, { ...rowOf(key), method: 'DELETE' }),
  }
}

/** Its plain cells; null where it has no key. */
function readRow(row: Readonly<Record<string, unknown>>): TableRow | null {
  const isCell = (entry: [string, unknown]): entry is [string, Cell] =>
    ['string', 'number', 'boolean'].includes(typeof entry[1])
  const cells = Object.fromEntries(Object.entries(row).filter(isCell))
  return typeof cells.key === 'string' ? { ...cells, key: cells.key } : null
}
