// Data tables: the catalogue as rows, brief or whole, paged, behind two permissions.
import type { Models } from 'purecloud-platform-client-v2'
import { beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../sandbox/org/people'
import { type Memory, openMemory } from './sandbox-memory'

const tables = '/api/v2/flows/datatables'
let memory: Memory
let table: Models.DataTable
beforeAll(async () => {
  memory = await openMemory()
  const { body } = await memory.api<Models.DataTablesDomainEntityListing>('GET', `${tables}?expand=schema`)
  table = body.entities![0]!
})

const rows = async (query: string) =>
  (
    await memory.api<{ entities: Record<string, unknown>[]; total: number }>(
      'GET',
      `${tables}/${table.id}/rows${query}`,
    )
  ).body

describe('the table', () => {
  it('is known by its name, and shows its schema where that is asked for', async () => {
    expect(table).toMatchObject({ name: 'Cueline catalogue', schema: { required: ['key'] } })
    expect((await memory.api('GET', `${tables}/${table.id}`)).body).not.toHaveProperty('schema')
    expect((await memory.api('GET', `${tables}/${table.id}?expand=schema`)).body).toEqual(table)
    const other = await memory.api<Models.DataTablesDomainEntityListing>('GET', `${tables}?name=other`)
    expect(other.body.entities).toEqual([])
  })

  it('has a row per prompt and language, each with the columns of the schema', async () => {
    const { entities, total } = await rows('?showbrief=false&pageSize=500')
    expect(entities).toHaveLength(total)
    const columns = Object.keys(table.schema?.properties ?? {}).sort()
    expect(entities.every((row) => Object.keys(row).sort().join() === columns.join())).toBe(true)
    expect(entities.find(({ key }) => key === 'welcome.de')).toEqual({
      key: 'welcome.de',
      prompt: 'welcome',
      language: 'de',
      title: 'Welcome',
      category: 'Greeting',
      pinned: true,
      version: '2',
      text: 'Willkommen bei Northwind Care. Schön, dass Sie anrufen.',
      durationMs: 3551,
    })
    expect(entities.some(({ key }) => String(key).startsWith('faulty'))).toBe(false)
  })

  it('shows only keys unless it is asked for more, and comes in pages', async () => {
    const { entities, total } = await rows('?pageSize=10&pageNumber=2')
    expect(entities).toHaveLength(10)
    expect(entities.every((row) => Object.keys(row).join() === 'key')).toBe(true)
    const all = await rows('?pageSize=500')
    expect(all.entities.slice(10, 20)).toEqual(entities)
    expect(total).toBe(all.entities.length)
  })

  it('gives one row by its key', async () => {
    const path = `${tables}/${table.id}/rows/goodbye.fr`
    expect((await memory.api('GET', `${path}?showbrief=false`)).body).toMatchObject({ prompt: 'goodbye' })
    expect((await memory.api('GET', path)).body).toEqual({ key: 'goodbye.fr' })
    expect((await memory.api('GET', `${path}x`)).status).toBe(404)
  })
})

it('unknown tables and nonsense are refused', async () => {
  expect((await memory.api('GET', `${tables}/nobody/rows`)).status).toBe(404)
  expect((await memory.api('GET', `${tables}/${table.id}/rows?showbrief=maybe`)).status).toBe(400)
})

it('each part needs its own permission', async () => {
  const starter = await memory.as(people.find(({ name }) => name === 'Hana Suzuki')!.id)
  const missing = (permission: string) => ({
    status: 403,
    body: { messageParams: { permissions: `[${permission}]` } },
  })
  expect(await starter('GET', tables)).toMatchObject(missing('architect:datatable:view'))
  expect(await starter('GET', `${tables}/${table.id}/rows`)).toMatchObject(
    missing('architect:datatableRow:view'),
  )
})
