// What the panel was given to start with, and what it says where that is wrong.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { narrowClient } from '../../sandbox/org/oauth-clients'
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

describe('a launch address that was not filled in', () => {
  test('is told by the names of what it lacks, and the panel works without', async () => {
    const page = await browser.newPage()
    // The desktop page sets the sandbox's own cookie, so that the login needs nobody.
    await page.goto(app.desktopUrl)
    await page.goto(`${app.appUrl}?gcConversationId={{gcConversationId}}&gcHostOrigin={{gcHostOrigin}}`)
    await page.getByText('The launch address lacks gcConversationId, gcHostOrigin').waitFor()
    // Without an interaction in the address the panel finds the agent's call by itself.
    await page.getByRole('button', { name: 'Welcome' }).waitFor()
    await page.close()
  })
})

describe('a configuration that cannot be used', () => {
  test.each([
    [
      'cdn.base',
      { cdn: { base: 'http://cdn.example.org' } },
      /"http:\/\/cdn\.example\.org": it must be an https URL/,
    ],
    ['backend', { backend: 'toString' }, /"toString": it must be one of media-api, secure-flow, ann/],
  ])('is explained by field, value and rule before anybody signs in: %s', async (field, change, rule) => {
    const broken = await startAppUnderTest(inject('appFolder'), (config) => ({ ...config, ...change }))
    const page = await browser.newPage()
    await page.goto(broken.appUrl)
    const complaint = page.getByRole('alert')
    await complaint.getByText(field).waitFor()
    expect(await complaint.innerText()).toMatch(rule)
    await page.close()
    await broken.close()
  })
})

describe('an OAuth client that was given too little', () => {
  test('is told by the scopes it lacks, and what does not work without them', async () => {
    const narrow = await startAppUnderTest(inject('appFolder'), (config) => ({
      ...config,
      oauth: { clientId: narrowClient.id, grant: 'implicit' },
    }))
    const page = await browser.newPage()
    await page.goto(narrow.desktopUrl)
    const panel = page.frameLocator('iframe[data-interaction-id]').first()
    await panel
      .getByText('The scope "conversations" is missing: without it, your calls cannot be read')
      .waitFor()
    await panel.getByText('The scope "notifications" is missing').waitFor()
    expect(await panel.getByText('The scope "user-basic-info"').count()).toBe(0)
    await page.close()
    await narrow.close()
  })
})

describe('a panel whose code does not come', () => {
  test.each([
    ['has gone to the login without it, and says what to do', '', 2],
    ['says what to do, where the login is asked in a frame', null, 1],
  ])('%s', async (_, seen, pageLoads) => {
    const context = await browser.newContext()
    // The tab knows that this login has to be seen.
    if (seen !== null) await context.addInitScript(() => sessionStorage.setItem('cueline.signin.seen', ''))
    const page = await context.newPage()
    await page.goto(app.desktopUrl)
    await page.route(/\/assets\/main-panel-/, (route) => route.abort())
    const loads: string[] = []
    page.on('request', (request) => {
      // The desktop's frames may still be on their way.
      const isOurs = request.isNavigationRequest() && request.frame() === page.mainFrame()
      if (isOurs && request.url().startsWith(app.appUrl)) loads.push(request.url())
    })
    await page.goto(app.appUrl)
    const notice = page.getByRole('alert')
    await notice.waitFor()
    expect(await notice.innerText()).toContain('Reload the panel; if it happens again, tell your admin.')
    expect(loads).toHaveLength(pageLoads)
    await context.close()
  })
})
