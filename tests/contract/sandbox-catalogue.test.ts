// The catalogue of any size: what the sandbox makes up can be read by the app and sounds like a real recording.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/server'
import { readCatalogue } from '../../src/core/catalogue'

let sandbox: Awaited<ReturnType<typeof startSandbox>>
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())

async function fetchSize(catalogueSize: number | null) {
  const settings = { method: 'POST', body: JSON.stringify({ catalogueSize }) }
  expect((await fetch(`${sandbox.url}/sandbox/settings`, settings)).status).toBe(200)
  const json: unknown = await (await fetch(`${sandbox.url}/cdn/catalogue.json`)).json()
  return readCatalogue(json)
}

it('has as many prompts as are wanted, each fit for the app and with a key of its own', async () => {
  for (const size of [0, 1, 10_000]) {
    const { prompts, gaps } = await fetchSize(size)
    expect(gaps).toEqual([])
    expect(prompts).toHaveLength(size)
  }
})

it('is the file as it is, unless somebody wants a size', async () => {
  const { prompts } = await fetchSize(null)
  expect(prompts.map(({ key }) => key)).toContain('faulty-codec')
  expect(prompts.some(({ key }) => /\d{5}$/.test(key))).toBe(false)
})

it('lets a made-up prompt sound like the real one that it was made from', async () => {
  const bytes = async (key: string) => {
    const answer = await fetch(`${sandbox.url}/cdn/de/standard/${key}.mp3`)
    return Buffer.from(await answer.arrayBuffer())
      .toString('hex')
      .slice(0, 64)
  }
  expect(await bytes('welcome-00042')).toBe(await bytes('welcome'))
  expect(await bytes('welcome-00042')).not.toBe(await bytes('goodbye-00042'))
})

it('refuses a size that is none', async () => {
  const settings = { method: 'POST', body: JSON.stringify({ catalogueSize: -1 }) }
  const answer = await fetch(`${sandbox.url}/sandbox/settings`, settings)
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('null or a whole number of prompts up to 50000')
})
