// The login asked in a frame that nobody sees: the panel is loaded once, plays, and nothing of it is left; where it has to be seen, the page goes there.
import type { BrowserContext, Frame } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchRealistic, type RealisticBrowser } from '../support/browser'
import { openDesk } from '../support/desk'
import { watchSecrets } from '../support/secrets'

let app: AppUnderTest
let browser: RealisticBrowser
let context: BrowserContext

beforeAll(async () => {
  // As Chrome and Edge come.
  browser = await launchRealistic({ blocksThirdPartyCookies: false })
  const [own] = browser.browser.contexts()
  if (!own) throw new Error('The browser has no context')
  context = own
})
afterAll(() => browser?.close())
beforeEach(async () => {
  app = await startAppUnderTest(inject('appFolder'))
})
afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close()
  await context.clearCookies()
  await app?.close()
})

/** How deep in the desktop each way to the login began: 0 is the page of a window, 1 a frame in it. */
function watchLogins(of: BrowserContext): readonly number[] {
  const depths: number[] = []
  of.on('request', (request) => {
    if (new URL(request.url()).pathname === '/oauth/authorize') depths.push(depthOf(request.frame()))
  })
  return depths
}

function depthOf(frame: Frame): number {
  const parent = frame.parentFrame()
  return parent === null ? 0 : 1 + depthOf(parent)
}

test.each(['implicit', 'pkce'] as const)(
  '%s: one load, a playback to its end, and no trace',
  async (grant) => {
    await app.set({ grant })
    const secrets = watchSecrets(context)
    const logins = watchLogins(context)
    const desk = await openDesk(context, app)
    const panel = await desk.panel()
    expect(logins).toEqual([2])
    expect(secrets.returns.length).toBeGreaterThan(0)
    await panel.play('Welcome')
    await panel.shows('completed')
    expect(secrets.redeemed() > 0).toBe(grant === 'pkce')
    expect(secrets.known().length).toBeGreaterThan(0)
    expect(await secrets.inSight()).toEqual([])
    expect(await panel.frame.locator('iframe').count()).toBe(0)
  },
)

test('where the login wants to be seen, the page goes there, and from then on in this tab at once', async () => {
  const page = await context.newPage()
  await page.goto(app.desktopUrl)
  await page.goto('about:blank')
  await context.clearCookies()
  const logins = watchLogins(context)
  const choose = () => page.locator('button[name=user]').first().click()
  await page.goto(app.appUrl)
  await choose()
  await page.getByRole('button', { name: 'Welcome' }).waitFor()
  expect(logins).toEqual([1, 0])

  await context.clearCookies()
  await page.goto(app.appUrl)
  await choose()
  await page.getByRole('button', { name: 'Welcome' }).waitFor()
  expect(logins).toEqual([1, 0, 0])
})

test('where the browser keeps cookies from frames of another site, the login is not asked in one', async () => {
  const strict = await launchRealistic({ blocksThirdPartyCookies: true })
  const [own] = strict.browser.contexts()
  if (!own) throw new Error('The browser has no context')
  const logins = watchLogins(own)
  const desk = await openDesk(own, app)
  const panel = await desk.panel()
  expect(logins).toEqual([1])
  expect(
    await panel.frame.locator('body').evaluate(() => sessionStorage.getItem('cueline.signin.seen')),
  ).toBeNull()
  await strict.close()
})
