// Rows of data tables: brief or whole, paged, and written as the table's schema says.
import type { Models } from 'purecloud-platform-client-v2'
import type { Estate, OwnedTable, Row } from '../estate'
import { emptyAnswer, isJsonObject, jsonAnswer, type JsonObject } from '../messages'
import { badRequest, notFound, Refusal } from '../refusal'
import type { Route } from '../routing'
import { text } from './body-fields'
import { page } from './paging'

const uri = '/api/v2/flows/datatables/{datatableId}/rows'
const readRights = { scopes: ['architect:readonly'], permission: 'architect:datatableRow:view' }
const scopes = ['architect']

/** The SDK types the cells of a row as objects; on the wire they are what the table's schema says. */
type RowListing = Omit<Models.DataTableRowEntityListing, 'entities'> & { entities: Row[] }

export function datatableRowRoutes({ tables }: Estate): Route[] {
  return [
    {
      method: 'GET',
      pattern: uri,
      ...readRights,
      run({ params, query }) {
        const { rows } = tables.get(params.datatableId)
        const showbrief = query.get('showbrief') ?? 'true'
        if (showbrief !== 'true' && showbrief !== 'false') {
          throw badRequest('"showbrief" must be true or false.')
        }
        const all = [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
        const shown: Row[] = showbrief === 'true' ? all.map(({ key }) => ({ key })) : all
        const listing: RowListing = page<Row>(
          shown,
          query,
          uri.replace('{datatableId}', params.datatableId ?? ''),
        )
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{rowId}`,
      ...readRights,
      run({ params, query }) {
        const row = rowOf(tables.get(params.datatableId), params.rowId)
        return jsonAnswer(200, query.get('showbrief') === 'false' ? row : { key: row.key })
      },
    },
    {
      method: 'POST',
      pattern: uri,
      scopes,
      permission: 'architect:datatableRow:add',
      run(call) {
        const owned = tables.get(call.params.datatableId)
        const row = readRow(owned, call.object())
        if (owned.rows.has(row.key))
          throw new Refusal(409, 'duplicate.key', 'There is a row %key% already.', { key: row.key })
        owned.rows.set(row.key, row)
        return jsonAnswer(200, row)
      },
    },
    {
      method: 'PUT',
      pattern: `${uri}/{rowId}`,
      scopes,
      permission: 'architect:datatableRow:edit',
      run(call) {
        const owned = tables.get(call.params.datatableId)
        const { key } = rowOf(owned, call.params.rowId)
        const row = readRow(owned, call.object())
        if (row.key !== key) throw badRequest('The key of a row cannot be changed.')
        owned.rows.set(key, row)
        return jsonAnswer(200, row)
      },
    },
    {
      method: 'DELETE',
      pattern: `${uri}/{rowId}`,
      scopes,
      permission: 'architect:datatableRow:delete',
      run({ params }) {
        const owned = tables.get(params.datatableId)
        owned.rows.delete(rowOf(owned, params.rowId).key)
        return emptyAnswer(204)
      },
    },
  ]
}

function rowOf({ rows }: OwnedTable, id = ''): Row {
  const row = rows.get(id)
  if (!row) throw notFound('row', id)
  return row
}

/** Every cell of the type of its column; no cell without one. */
function readRow({ table }: OwnedTable, body: JsonObject): Row {
  const columns: Record<string, unknown> = table.schema.properties ?? {}
  const row: Row = { key: text(body, 'key') }
  for (const [name, value] of Object.entries(body)) {
    const column = columns[name]
    if (!isJsonObject(column)) throw badRequest(`The table has no column "${name}".`)
    const isFit = column.type === 'integer' ? Number.isInteger(value) : typeof value === column.type
    if (!isFit) throw badRequest(`"${name}" must be of the type ${String(column.type)}.`)
    row[name] = value as string | number | boolean
  }
  return row
}
