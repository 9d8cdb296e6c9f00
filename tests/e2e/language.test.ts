// The panel in the language of the desktop, in a real browser: from the launch address to the words of a playback.
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'
import { openDesk, type Desk } from '../support/desk'

let app: AppUnderTest
let browser: Browser
let desk: Desk

beforeAll(async () => {
  app = await startAppUnderTest(inject('appFolder'))
  browser = await launchBrowser()
})
afterEach(() => desk.close())
afterAll(async () => {
  await browser.close()
  await app.close()
})

test('a German desktop has a German panel, through the sign-in and to the end of a prompt', async () => {
  await app.set({ desktopLanguage: 'de' })
  desk = await openDesk(browser, app)
  const panel = await desk.newCall({ attributes: { language: 'de' } })
  expect(await panel.frame.locator('html').getAttribute('lang')).toBe('de')
  await panel.play('Welcome')
  await panel.shows('playing')
  await panel.frame.getByText('Der Kunde hört sie jetzt.').waitFor()
  await panel.shows('completed')
  const status = panel.frame.locator('[role=status][data-playback-state]')
  expect(await status.innerText()).toMatch(/Der Kunde hat alle \d+,\d\ss gehört\./)
  await panel.frame.getByRole('button', { name: 'Nachweise' }).click()
  await panel.frame.getByText('Abgeschlossen', { exact: false }).first().waitFor()
})

test('a dictionary that does not arrive: the panel is there, in English, and says so to assistive technology', async () => {
  await app.set({ desktopLanguage: 'fr' })
  desk = await openDesk({ newPage: (options) => browser.newPage(options).then(withoutFrench) }, app)
  const panel = await desk.panel()
  expect(await panel.frame.locator('html').getAttribute('lang')).toBe('en')
  await panel.frame.getByText('Nothing is playing.').waitFor()
})

async function withoutFrench<Page extends Awaited<ReturnType<Browser['newPage']>>>(
  page: Page,
): Promise<Page> {
  await page.route('**/text-fr-*', (route) => route.abort())
  return page
}
