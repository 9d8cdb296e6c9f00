// The catalogue's health in a real browser: real files decoded and measured, and a real mp3 on its way into Architect.
import { readFile } from 'node:fs/promises'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { decodeAudio } from '../../sandbox/decode'
import { catalogueTable } from '../../sandbox/org/catalogue-table'
import { adminId, agentId, people } from '../../sandbox/org/people'
import { sniffAudio } from '../../src/core/sniff'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'

let app: AppUnderTest
let browser: Browser
let page: Page
const puts: Request[] = []

beforeAll(async () => {
  app = await startAppUnderTest(inject('appFolder'), (config) => ({
    ...config,
    dataTableId: catalogueTable.id,
    architect: { read: true },
  }))
  // The desktop page signs its agent in, so that the agent gets an admin's rights here.
  const admin = people.find(({ id }) => id === adminId)
  await app.post(`permissions/${agentId}`, { permissions: admin?.permissions })
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 1000, height: 900 } })
  page.on('request', (request) => {
    if (request.method() === 'PUT') puts.push(request)
  })
  await page.goto(app.desktopUrl)
  await page.goto(`${app.appUrl}?view=health`)
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

describe('the matrix', () => {
  test('has every file checked, and shows the faulty ones first, each with its reason', async () => {
    await page.getByRole('button', { name: 'Check all files' }).click()
    await page.locator('[data-health-status="done"]').waitFor()
    const faults = await page.locator('[data-grade="fault"] li').allInnerTexts()
    const reasons = {
      'Faulty missing': 'The file is not there',
      'Faulty truncated': 'breaks off before its end',
      'Faulty mislabelled': 'named mp3, but holds',
      'Faulty html': 'a web page came instead of audio',
      'Faulty codec': 'has a codec that lines do not play',
    }
    expect(faults).toHaveLength(Object.keys(reasons).length)
    const first = await page
      .locator('tbody')
      .evaluateAll((bodies) => bodies.slice(0, 5).map((body) => (body as HTMLElement).dataset.prompt))
    expect(first.every((key) => key?.startsWith('faulty-'))).toBe(true)
    for (const [index, reason] of Object.values(reasons).entries())
      expect(
        faults.filter((text) => text.includes(reason)),
        Object.keys(reasons)[index],
      ).toHaveLength(1)
    const cell = await page.locator('[data-asset="welcome/de/premium/mp3"]').innerText()
    expect(cell).toMatch(/Good\s*3\.9 s\s*−\d\d\.\d LUFS\s*silence \d+ ms\s*\d+ kB/)
    // Architect's recordings are known by the platform's word only.
    expect(await page.locator('[data-asset="welcome/de/standard/architect"]').innerText()).toContain(
      'as Architect says',
    )
  })

  test('answers what would be played for a customer, and why', async () => {
    await page.getByRole('button', { name: 'Dry run' }).click()
    const queue = page.getByLabel('Queue')
    await queue.focus()
    await queue.locator('option', { hasText: 'Premium care' }).waitFor({ state: 'attached' })
    await queue.selectOption({ label: 'Premium care' })
    await page.getByLabel('Prompt (its key)', { exact: true }).fill('terms-of-sale')
    await page.getByLabel("Customer's language").fill('pt_BR')
    await page.getByLabel('Codecs of the line').fill('mp3')
    await page.getByRole('button', { name: 'Show the choice' }).click()
    const said = page.locator('[data-dry-run]')
    const asked = said.locator('[data-choice="terms-of-sale"]')
    await asked.getByText('/en/standard/terms-of-sale.mp3').waitFor()
    const text = await asked.innerText()
    expect(text).toMatch(/This file: .*\.mp3, because no Brazilian Portuguese recording: English instead/)
    expect(text).toContain('Left out: ')
    expect(text).toContain('terms-of-sale.opus, because the line does not play opus')
    // This queue requires another one, and that would be played too.
    const required = await said.locator('[data-choice="recording-notice"]').innerText()
    expect(required).toContain('required within 60 s')
    expect(required).toMatch(/This file: .*\/recording-notice\.mp3/)
  })
})

test('a row of the data table is refused by field, value and rule, then saved with a new version', async () => {
  await page.getByRole('button', { name: 'Data table' }).click()
  await page.getByRole('button', { name: 'Read the table' }).click()
  await page.getByLabel('Change').selectOption('goodbye.de')
  const form = page.locator('[data-row-form]')
  await form.getByLabel('language', { exact: true }).fill('../de')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText('language is "../de": it must be a language tag').waitFor()
  expect(puts).toHaveLength(0)
  await form.getByLabel('language', { exact: true }).fill('de')
  await form.getByLabel('text', { exact: true }).fill('Auf Wiederhören.')
  await form.getByRole('button', { name: 'Save' }).click()
  await page
    .locator('[data-rows]')
    .getByText(/Saved goodbye\.de, version \d+, also in 3 other rows/)
    .waitFor()
  expect(puts).toHaveLength(4)
})

test.each([
  ['opus', 'hold.opus', 'audio/ogg'],
  ['wav', 'hold.wav', 'audio/wav'],
])('%s is converted too', async (format, name, mimeType) => {
  const buffer = await readFile(`sandbox/cdn/files/en/standard/welcome.${format}`)
  const { durationMs } = await decodeAudio(buffer)
  await page.getByRole('button', { name: 'Upload' }).click()
  await page.getByLabel('File').setInputFiles({ name, mimeType, buffer })
  const said = page.locator('[data-upload-stage="ready"]')
  await said.getByText(`As WAV: ${(durationMs / 1000).toFixed(1)} s, 16 kHz`).waitFor()
})

test('an mp3 becomes a WAV in the browser, and a new prompt of Architect of the same length', async () => {
  const mp3 = await readFile('sandbox/cdn/files/fr/standard/hold-notice.mp3')
  const { durationMs } = await decodeAudio(mp3)
  puts.length = 0
  await page.getByRole('button', { name: 'Upload' }).click()
  await page.getByLabel('File').setInputFiles({ name: 'hold.mp3', mimeType: 'audio/mpeg', buffer: mp3 })
  const said = page.locator('[data-upload-stage]')
  // Of this file: what was said of one before may still stand there.
  await said.getByText(`${(durationMs / 1000).toFixed(1)} s, 16 kHz, 16 bit, one channel`).waitFor()
  await page.getByLabel('Prompt (its key in the catalogue)').fill('storm-notice')
  await page.getByLabel('Language', { exact: true }).fill('fr')
  await page.getByLabel('Title, for a new prompt').fill('Storm notice')
  await page.getByRole('button', { name: 'Send to Architect' }).click()
  await page.locator('[data-upload-stage="done"]').waitFor()
  expect(await said.innerText()).toContain(
    `cueline_storm_notice (fr) is ready in Architect: ${(durationMs / 1000).toFixed(1)} s`,
  )
  const [sent] = puts
  const wav = sent?.postDataBuffer() ?? Buffer.alloc(0)
  expect(puts).toHaveLength(1)
  expect(await sent?.headerValue('authorization')).toBeNull()
  expect(sniffAudio(wav)).toMatchObject({ container: 'wav', codec: 'pcm', whole: true })
  expect(Math.abs((await decodeAudio(wav)).durationMs - durationMs)).toBeLessThan(60)
})
