// Data tables and their rows.
import type { Models } from 'purecloud-platform-client-v2'
import type { Estate, OwnedTable, Row } from '../estate'
import { homeDivision } from '../estate-seeds'
import { emptyAnswer, jsonAnswer, type JsonObject } from '../messages'
import type { Random } from '../random'
import { badRequest } from '../refusal'
import type { Route } from '../routing'
import { object, requireFreeName, text, textOr } from './body-fields'
import { page } from './paging'
import { datatableRowRoutes } from './datatable-row-routes'

const uri = '/api/v2/flows/datatables'
const readRights = { scopes: ['architect:readonly'], permission: 'architect:datatable:view' }
const scopes = ['architect']

export function datatableRoutes(estate: Estate, random: Random): Route[] {
  const namesBut = (id: string) =>
    estate.tables.all().flatMap(({ table }) => (table.id === id ? [] : table.name))
  const read = (id: string, body: JsonObject): OwnedTable['table'] => {
    const name = text(body, 'name')
    requireFreeName(namesBut(id), name)
    return {
      id,
      name,
      description: textOr(body, 'description', ''),
      division: homeDivision,
      schema: readSchema(object(body, 'schema')),
    }
  }
  return [
    {
      method: 'GET',
      pattern: uri,
      ...readRights,
      run({ query }) {
        const wanted = query.get('name')?.toLowerCase()
        const found = estate.tables
          .all()
          .filter(({ table }) => wanted === undefined || table.name.toLowerCase() === wanted)
          .map(({ table }) => tableModel(table, query))
        const listing: Models.DataTablesDomainEntityListing = page(found, query, uri)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{datatableId}`,
      ...readRights,
      run: ({ params, query }) =>
        jsonAnswer(200, tableModel(estate.tables.get(params.datatableId).table, query)),
    },
    {
      method: 'POST',
      pattern: uri,
      scopes,
      permission: 'architect:datatable:add',
      run(call) {
        const table = read(random.id(), call.object())
        estate.tables.put(table.id, { table, rows: new Map<string, Row>() })
        return jsonAnswer(200, whole(table))
      },
    },
    {
      method: 'PUT',
      pattern: `${uri}/{datatableId}`,
      scopes,
      permission: 'architect:datatable:edit',
      run(call) {
        const owned = estate.tables.get(call.params.datatableId)
        const table = read(owned.table.id, call.object())
        const columns = Object.keys(table.schema.properties ?? {})
        const lost = Object.keys(owned.table.schema.properties ?? {}).filter(
          (name) => !columns.includes(name),
        )
        if (lost.length > 0) throw badRequest(`The columns ${lost.join(', ')} cannot be taken away.`)
        owned.table = table
        return jsonAnswer(200, whole(table))
      },
    },
    {
      method: 'DELETE',
      pattern: `${uri}/{datatableId}`,
      scopes,
      permission: 'architect:datatable:delete',
      run({ params }) {
        estate.tables.remove(params.datatableId)
        return emptyAnswer(204)
      },
    },
    ...datatableRowRoutes(estate),
  ]
}

const whole = (table: OwnedTable['table']): Models.DataTable => ({ ...table, selfUri: `${uri}/${table.id}` })

/** The schema comes only where it is asked for. */
function tableModel(table: OwnedTable['table'], query: URLSearchParams): Models.DataTable {
  const { schema, ...brief } = whole(table)
  return query.getAll('expand').includes('schema') ? { ...brief, schema } : brief
}

function readSchema(schema: JsonObject): Models.JsonSchemaDocument {
  const { required, properties } = schema
  const isKeyed = Array.isArray(required) && required.includes('key')
  if (!isKeyed || typeof properties !== 'object') throw badRequest('The schema must require "key".')
  if (schema.$schema !== 'http://json-schema.org/draft-04/schema#')
    throw badRequest('The schema must be of draft 04.')
  return schema
}
