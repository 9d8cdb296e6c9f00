// The headers of the static host in a real browser: the app runs under them, and a violation cannot go unseen.
import { createServer } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { listenOnLoopback } from '../../sandbox/edge/listen'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'
import { openDesk } from '../support/desk'

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

test('the panel plays under the policy of its host, and a style in HTML, forbidden there, fails the run', async () => {
  const desk = await openDesk(browser, app)
  const panel = await desk.panel()
  const page = await fetch(app.appUrl)
  expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${app.sandboxUrl};`)
  expect(page.headers.get('cache-control')).toBe('no-cache')
  await panel.play('Welcome')
  await panel.shows('completed')
  expect(app.app.violations).toEqual([])

  const told = desk.page.waitForResponse((response) => response.url().endsWith('/csp-violation'))
  await panel.frame
    .locator('body')
    .evaluate((body) => body.insertAdjacentHTML('beforeend', '<i style="color:red">forbidden</i>'))
  await told
  expect(app.app.violations).toEqual([expect.stringContaining('style-src-attr forbids inline')])
  // As seen as any other: without this line, closing the app would fail.
  app.app.violations.length = 0
})

test('nobody but the desktop may embed the app', async () => {
  const stranger = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end(`<iframe src="${app.appUrl}"></iframe>`),
  )
  const port = await listenOnLoopback(stranger, 0)
  const page = await browser.newPage()
  await page.goto(`http://localhost:${port}/`)
  // The browser itself tells the host: no page has loaded that could.
  await expect
    .poll(() => app.app.violations.splice(0), { timeout: 20_000 })
    .toEqual([expect.stringMatching(/^frame-ancestors forbids/)])
  expect(await page.frameLocator('iframe').locator('#app').count()).toBe(0)
  await page.close()
  stranger.close()
})
