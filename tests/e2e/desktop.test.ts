// The sandbox's desktop beside the app: it leaves the app's frame to the app, to the last pixel.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
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

// What lies over a part of the frame makes the browser ask the desktop's page about each press anywhere in it.
test('nothing of the desktop lies over the frame, whichever width it has', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(app.desktopUrl)
  const frame = page.locator('iframe[data-interaction-id]').first()
  await frame.contentFrame().locator('.prompt').first().waitFor()
  for (const width of [280, 360, 480, 640]) {
    await page.getByRole('button', { name: `${width} pixels wide` }).click()
    const found = await frame.evaluate((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect()
      const spread = (from: number, to: number) => [from + 1, (from + to) / 2, to - 1]
      const over = spread(left, right).flatMap((x) =>
        spread(top, bottom).map((y) => document.elementFromPoint(x, y)),
      )
      return {
        width: right - left,
        over: over.filter((top) => top !== element).map((top) => top?.outerHTML),
      }
    })
    // The line on the panel's left is one pixel.
    expect(found).toEqual({ width: width - 1, over: [] })
  }
  await page.close()
})
