// Proof in a real browser: the checklist of a call, the records of it over a reload, and a file that the verifier passes.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { verifyExport } from '../../src/core/evidence-verify'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchRealistic, type RealisticBrowser } from '../support/browser'
import { openDesk, type Desk, type Panel } from '../support/desk'

let app: AppUnderTest
let real: RealisticBrowser
let desk: Desk
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

beforeAll(async () => {
  app = await startAppUnderTest(inject('appFolder'))
  real = await launchRealistic()
  const [context] = real.browser.contexts()
  if (!context) throw new Error('The browser has no context')
  desk = await openDesk({ newPage: () => context.newPage() }, app)
})
afterAll(async () => {
  await real?.close()
  await app?.close()
})

async function exportAs(panel: Panel, name: string): Promise<string> {
  const [download] = await Promise.all([
    desk.page.waitForEvent('download'),
    panel.frame.getByRole('button', { name }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  expect(await panel.frame.locator('textarea').inputValue()).toBe(text.replaceAll('\r\n', '\n'))
  return text
}

test('a required prompt is played, its record outlives a reload, and its export is verified', async () => {
  const panel = await desk.newCall({ queue: 'Premium care' })
  const row = panel.frame.locator('[data-required-state]')
  await row.filter({ hasText: /\d+ s left/ }).waitFor()
  await panel.frame.getByRole('button', { name: 'Play Recording notice' }).click()
  await panel.shows('completed')
  await panel.frame.locator('[data-required-state="done"]').waitFor()
  await desk.reload(panel)
  await panel.frame.locator('[data-required-state="done"]').waitFor()

  await panel.frame.getByRole('button', { name: 'Records' }).click()
  await panel.frame.getByText('Completed').waitFor()
  await panel.frame.getByText('Required: played').waitFor()
  for (const name of ['Export as JSON lines', 'Export as CSV']) {
    const { findings, bodies } = verifyExport(await exportAs(panel, name), sha256)
    expect(findings).toEqual([])
    expect(bodies.map(({ kind }) => kind)).toEqual(['playback', 'required'])
    const [playback] = bodies
    if (playback?.kind !== 'playback') throw new Error('the first line is no playback')
    const [heard] = await panel.heard()
    expect(playback.record).toMatchObject({
      conversationId: panel.interactionId,
      organizationId: '7d0f0a4e-5b3c-4f0e-9a51-0b7f3f2f5a10',
      queueId: 'c1e7d3a0-0000-4000-8000-000000000002',
      outcome: 'completed',
      clock: 'panel',
    })
    expect(Math.abs((playback.record.playedMs ?? 0) - (heard?.playedMs ?? 0))).toBeLessThan(250)
  }
})
