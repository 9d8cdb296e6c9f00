// A prompt on its way into Architect, and a row into the data table: the app's adapters against a real sandbox.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { catalogueTable } from '../../sandbox/org/catalogue-table'
import { systemClock } from '../../sandbox/org/clock'
import { setupClient } from '../../sandbox/org/oauth-clients'
import { adminId, agentId } from '../../sandbox/org/people'
import { signInByCodeInMemory } from '../../sandbox/org/wire'
import type { Sandbox } from '../../sandbox/server'
import { createCatalogueTable } from '../../src/adapters/genesys/catalogue-table'
import { createPlatformClient } from '../../src/adapters/genesys/client'
import { createPromptUploads } from '../../src/adapters/genesys/prompt-uploads'
import type { Answer, Refusal } from '../../src/core/errors'
import { encodeWav } from '../../src/core/wav'
import { watchTraffic, type Traffic } from '../support/sdk-traffic'
import { control, openSandbox } from './sandbox-harness'

// The SDK publishes itself on `window`: in Node the global object stands in for it.
Object.assign(globalThis, { window: globalThis })

let sandbox: Sandbox
let traffic: Traffic
beforeAll(async () => {
  sandbox = await openSandbox()
  traffic = watchTraffic(sandbox.org)
})
beforeEach(() => control(sandbox, 'reset'))
afterAll(async () => {
  await sandbox.close()
  traffic.verify()
})

async function signedIn(userId: string) {
  const settings = { gateway: sandbox.url, environment: null, timeoutMs: 10_000 }
  const client = createPlatformClient(settings, systemClock, (url, init) => fetch(url, init))
  client.setToken(await signInByCodeInMemory(sandbox.org, { clientId: setupClient.id, userId }))
  return client
}
const uploadsOf = async (userId = adminId) =>
  createPromptUploads(await signedIn(userId), (url, init) => fetch(url, init))
const tableOf = async (userId = adminId) => createCatalogueTable(await signedIn(userId), catalogueTable.id)

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.refusal.kind}: ${answer.refusal.message}`)
  return answer.value
}
function refusalOf(answer: Answer<unknown>): Refusal {
  if (answer.ok) throw new Error('This was to be refused.')
  return answer.refusal
}
const sound = (seconds: number) => encodeWav(new Float32Array(16_000 * seconds).fill(0.25), 16_000)

describe('a prompt of Architect', () => {
  it('is created, given a language and a recording, and is transcoded to the length of the file', async () => {
    const uploads = await uploadsOf()
    const name = 'cueline_new_notice'
    expect(valueOf(await uploads.findPrompt(name))).toBeNull()
    const { id } = valueOf(await uploads.createPrompt(name, 'New notice'))
    valueOf(await uploads.addRecording(id, 'en-us', 'Words'))
    expect(valueOf(await uploads.fetchRecording(id, 'en-us'))).toMatchObject({
      uploadStatus: 'created',
      durationMs: null,
    })
    valueOf(await uploads.upload(id, 'en-us', sound(2)))
    expect(valueOf(await uploads.fetchRecording(id, 'en-us'))).toMatchObject({ uploadStatus: 'uploaded' })
    await expect
      .poll(async () => valueOf(await uploads.fetchRecording(id, 'en-us')), { timeout: 6_000 })
      .toEqual({ language: 'en-us', uploadStatus: 'transcoded', durationMs: 2_000 })
    expect(valueOf(await uploads.findPrompt(name.toUpperCase()))).toMatchObject({ id })
  })

  it('is not transcoded where the file is no WAV, or is cut off', async () => {
    const uploads = await uploadsOf()
    const { id } = valueOf(await uploads.createPrompt('cueline_wrong', 'Wrong'))
    const mp3 = new Uint8Array(await readFile('sandbox/cdn/files/en/standard/welcome.mp3'))
    for (const [language, bytes] of [
      ['en', mp3],
      ['de', sound(1).slice(0, 9_000)],
    ] as const) {
      valueOf(await uploads.addRecording(id, language, null))
      valueOf(await uploads.upload(id, language, bytes))
      await expect
        .poll(async () => valueOf(await uploads.fetchRecording(id, language)).uploadStatus, {
          timeout: 6_000,
        })
        .toBe('transcodeFailed')
    }
  })

  it('is refused by name to whoever may not write it, and twice to everybody', async () => {
    const agents = await uploadsOf(agentId)
    expect(refusalOf(await agents.createPrompt('cueline_x', 'X'))).toMatchObject({
      kind: 'forbidden',
      missing: ['architect:userPrompt:add'],
      mayHaveArrived: false,
    })
    const uploads = await uploadsOf()
    expect(refusalOf(await uploads.createPrompt('Cueline_Welcome', 'X')).kind).toBe('conflict')
    expect(refusalOf(await uploads.createPrompt('cueline-x', 'X'))).toMatchObject({ status: 400 })
    const welcome = valueOf(await uploads.findPrompt('cueline_welcome'))
    expect(welcome?.recordings).toContainEqual({
      language: 'de',
      uploadStatus: 'transcoded',
      durationMs: 3551,
    })
    expect(refusalOf(await uploads.addRecording(welcome?.id ?? '', 'de', null)).kind).toBe('conflict')
    expect(refusalOf(await uploads.upload(welcome?.id ?? '', 'it', sound(1))).kind).toBe('not-found')
  })

  it('says so where the storage does not take the file', async () => {
    const uploads = createPromptUploads(
      await signedIn(adminId),
      async () => new Response(null, { status: 403 }),
    )
    const welcome = valueOf(await uploads.findPrompt('cueline_welcome'))
    const refusal = refusalOf(await uploads.upload(welcome?.id ?? '', 'de', sound(1)))
    expect(refusal).toMatchObject({ kind: 'server-error', mayHaveArrived: true })
    expect(refusal.message).toContain('HTTP 403')
  })
})

describe('a row of the data table', () => {
  it('is added, read, changed and removed, with the columns of the schema', async () => {
    const table = await tableOf()
    const columns = valueOf(await table.fetchColumns())
    expect(columns).toContainEqual({ name: 'durationMs', type: 'integer' })
    expect(columns).toContainEqual({ name: 'pinned', type: 'boolean' })
    const row = { key: 'new-notice.en', prompt: 'new-notice', language: 'en', title: 'New', version: '1' }
    valueOf(await table.addRow(row))
    expect(valueOf(await table.fetchRow(row.key))).toEqual(row)
    expect(refusalOf(await table.addRow(row)).kind).toBe('conflict')
    valueOf(await table.writeRow({ ...row, version: '2' }))
    expect(valueOf(await table.fetchRows())).toContainEqual({ ...row, version: '2' })
    valueOf(await table.removeRow(row.key))
    expect(refusalOf(await table.fetchRow(row.key)).kind).toBe('not-found')
  })

  it('is refused by name to whoever may not write it', async () => {
    const table = await tableOf(agentId)
    const row = { key: 'welcome.de', title: 'Mine' }
    expect(refusalOf(await table.writeRow(row)).missing).toEqual(['architect:datatableRow:edit'])
    expect(refusalOf(await table.removeRow(row.key)).missing).toEqual(['architect:datatableRow:delete'])
  })
})
