// Architect's user prompts: built from the catalogue, one resource per language, filtered and paged as the SDK asks.
import { readFile } from 'node:fs/promises'
import type { Models } from 'purecloud-platform-client-v2'
import { beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../sandbox/org/people'
import { type Memory, openMemory, origin } from './sandbox-memory'

let memory: Memory
beforeAll(async () => {
  memory = await openMemory()
})

const list = async (query = '') =>
  (await memory.api<Models.PromptEntityListing>('GET', `/api/v2/architect/prompts${query}`)).body
const named = async (name: string, query = ''): Promise<Models.Prompt> => {
  const { entities = [] } = await list(`?pageSize=100&name=${name}${query}`)
  expect(entities).toHaveLength(1)
  return entities[0]!
}

describe('the list of prompts', () => {
  it('has one for each prompt of the catalogue, by a name that Architect allows', async () => {
    const text = await readFile('sandbox/cdn/files/catalogue.json', 'utf8')
    const { prompts } = JSON.parse(text) as { prompts: { key: string }[] }
    const { entities = [], total } = await list('?pageSize=100')
    expect(total).toBe(prompts.length)
    expect(entities.map(({ name }) => name)).toEqual(
      prompts.map(({ key }) => `cueline_${key.replaceAll('-', '_')}`),
    )
    expect(entities.every(({ name }) => /^[A-Za-z_]\w*$/.test(name))).toBe(true)
    expect(new Set(entities.map(({ id }) => id)).size).toBe(prompts.length)
  })

  it('shows words, length and an address of each language', async () => {
    const { resources = [] } = await named('cueline_welcome')
    expect(resources.map(({ language }) => language)).toEqual(['en', 'de', 'es', 'fr'])
    expect(resources[1]).toMatchObject({
      uploadStatus: 'transcoded',
      text: 'Willkommen bei Northwind Care. Schön, dass Sie anrufen.',
      durationSeconds: 3.551,
      mediaUri: `${origin}/cdn/de/standard/welcome.mp3`,
    })
  })

  it.each([
    ['cueline_faulty_truncated', 'transcodeFailed'],
    ['cueline_faulty_missing', 'created'],
  ])('says of %s that it has no audio', async (name, uploadStatus) => {
    const [resource] = (await named(name)).resources ?? []
    expect(resource).toMatchObject({ uploadStatus })
    expect(resource).not.toHaveProperty('mediaUri')
    expect(resource).not.toHaveProperty('durationSeconds')
  })

  it('leaves out what is not wanted', async () => {
    expect(await named('cueline_goodbye', '&includeResources=false')).not.toHaveProperty('resources')
    const { resources = [] } = await named(
      'cueline_goodbye',
      '&includeMediaUris=false&language=de&language=fr',
    )
    expect(resources.map(({ language, mediaUri }) => [language, mediaUri])).toEqual([
      ['de', undefined],
      ['fr', undefined],
    ])
  })

  it('comes in pages and can be searched', async () => {
    const first = await list('?pageSize=3')
    const second = await list('?pageSize=3&pageNumber=2')
    expect([first.entities?.length, first.pageCount, second.pageNumber]).toEqual([3, 5, 2])
    expect(second.entities?.[0]?.name).not.toBe(first.entities?.[0]?.name)
    expect((await list('?name=cueline_w*')).entities?.map(({ name }) => name)).toEqual(['cueline_welcome'])
    expect((await list('?name=cueline_hello')).entities).toEqual([])
    expect((await list('?nameOrDescription=welcome')).entities).toHaveLength(1)
  })

  it('needs the permission, by name', async () => {
    const starter = await memory.as(people.find(({ name }) => name === 'Hana Suzuki')!.id)
    expect(await starter('GET', '/api/v2/architect/prompts')).toMatchObject({
      status: 403,
      body: {
        code: 'missing.any.permissions',
        messageParams: { permissions: '[architect:userPrompt:view]' },
      },
    })
  })
})

it('one prompt and its resources can be read by id', async () => {
  const prompt = await named('cueline_welcome')
  const path = `/api/v2/architect/prompts/${prompt.id}`
  expect((await memory.api('GET', path)).body).toEqual(prompt)
  const { body } = await memory.api<Models.PromptAssetEntityListing>('GET', `${path}/resources`)
  expect(body.entities).toEqual(prompt.resources)
  expect((await memory.api('GET', '/api/v2/architect/prompts/nobody')).status).toBe(404)
})
