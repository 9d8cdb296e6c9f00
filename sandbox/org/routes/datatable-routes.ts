// Data tables and their rows.
import type { Models } from 'purecloud-platform-client-v2'
import { type CatalogueRow, catalogueRows, catalogueTable } from '../catalogue-table'
import { jsonAnswer } from '../messages'
import { badRequest, notFound } from '../refusal'
import type { Route } from '../routing'
import { page } from './paging'

const uri = '/api/v2/flows/datatables'
const scopes = ['architect:readonly']
const rowRights = { scopes, permission: 'architect:datatableRow:view' }
const tableRights = { scopes, permission: 'architect:datatable:view' }

type Row = CatalogueRow | Pick<CatalogueRow, 'key'>

/** The SDK types the cells of a row as objects; on the wire they are what the table's schema says. */
type RowListing = Omit<Models.DataTableRowEntityListing, 'entities'> & { entities: Row[] }

export const datatableRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: uri,
    ...tableRights,
    run({ query }) {
      const wanted = query.get('name')?.toLowerCase()
      const isWanted = wanted === undefined || catalogueTable.name.toLowerCase() === wanted
      const found = isWanted ? [tableModel(query)] : []
      const listing: Models.DataTablesDomainEntityListing = page(found, query, uri)
      return jsonAnswer(200, listing)
    },
  },
  {
    method: 'GET',
    pattern: `${uri}/{datatableId}`,
    ...tableRights,
    run({ params, query }) {
      requireTable(params.datatableId)
      return jsonAnswer(200, tableModel(query))
    },
  },
  {
    method: 'GET',
    pattern: `${uri}/{datatableId}/rows`,
    ...rowRights,
    run({ params, query }) {
      requireTable(params.datatableId)
      const showbrief = query.get('showbrief') ?? 'true'
      if (showbrief !== 'true' && showbrief !== 'false') {
        throw badRequest('"showbrief" must be true or false.')
      }
      const rows = showbrief === 'true' ? catalogueRows.map(({ key }) => ({ key })) : catalogueRows
      const listing: RowListing = page<Row>(rows, query, `${uri}/${catalogueTable.id}/rows`)
      return jsonAnswer(200, listing)
    },
  },
  {
    method: 'GET',
    pattern: `${uri}/{datatableId}/rows/{rowId}`,
    ...rowRights,
    run({ params, query }) {
      requireTable(params.datatableId)
      const row = catalogueRows.find(({ key }) => key === params.rowId)
      if (!row) throw notFound('row', params.rowId ?? '')
      return jsonAnswer(200, query.get('showbrief') === 'false' ? row : { key: row.key })
    },
  },
]

/** The schema comes only where it is asked for. */
function tableModel(query: URLSearchParams): Models.DataTable {
  const { schema, ...table } = catalogueTable
  return query.getAll('expand').includes('schema') ? { ...table, schema } : table
}

function requireTable(id: string | undefined): void {
  if (id !== catalogueTable.id) throw notFound('datatable', id ?? '')
}
