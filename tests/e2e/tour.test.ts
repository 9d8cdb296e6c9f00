// The sandbox's tour: there for a first-time visitor, in nobody's way, by keyboard, and gone for good once it was seen.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { findSmallTargets, findViolations } from '../support/audit'
import { launchBrowser } from '../support/browser'

let app: AppUnderTest
let browser: Browser

beforeAll(async () => {
  app = await startAppUnderTest(inject('appFolder'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** A browser of its own; `asPerson` says what a browser says that nobody drives. */
async function visit(asPerson: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  if (asPerson)
    await context.addInitScript(() => Object.defineProperty(navigator, 'webdriver', { get: () => false }))
  const page = await context.newPage()
  await page.goto(app.desktopUrl)
  await page.locator('.interactions button').first().waitFor()
  return page
}
const tourOf = (page: Page) => page.getByRole('region', { name: 'Tour of the sandbox' })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

test('a first-time visitor finds it, goes through it by keyboard, and does not meet it again', async () => {
  const page = await visit(true)
  await tourOf(page).waitFor()
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  expect(await findViolations(page)).toEqual([])
  expect(await findSmallTargets(page)).toEqual([])

  await tourOf(page).getByRole('button', { name: 'Next' }).focus()
  const marked: string[] = []
  for (let step = 1; step <= 5; step += 1) {
    expect(await tourOf(page).innerText()).toContain(`${step} of 5`)
    marked.push(await page.locator('.toured').evaluate((element) => element.className))
    await page.keyboard.press('Enter')
  }
  expect(new Set(marked).size).toBeGreaterThan(3)
  expect(await tourOf(page).isVisible()).toBe(false)
  expect(await page.locator('.toured').count()).toBe(0)
  expect(await focused(page)).toBe('Tour')

  await page.reload()
  await page.locator('.interactions button').first().waitFor()
  expect(await tourOf(page).isVisible()).toBe(false)

  await page.getByRole('button', { name: 'Tour', exact: true }).click()
  expect(await focused(page)).toBe('Next')
  await page.keyboard.press('Escape')
  expect(await tourOf(page).isVisible()).toBe(false)
  await page.context().close()
})

test('it covers nothing: every button beside it is under its own middle', async () => {
  const page = await visit(true)
  await tourOf(page).waitFor()
  const covered = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, iframe')]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        const top = document.elementFromPoint(x + width / 2, y + height / 2)
        return top?.closest('.tour') !== null && element.closest('.tour') === null
      })
      .map((element) => element.textContent),
  )
  expect(covered).toEqual([])
  await page.context().close()
})

test('a program that drives the browser is left alone, and can ask for it', async () => {
  const page = await visit(false)
  expect(await tourOf(page).isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Tour', exact: true }).click()
  await tourOf(page).waitFor()
  await page.context().close()
})
